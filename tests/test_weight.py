"""How much a phone must fetch before a page can be read: counted by a browser, as it travels."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from site_pages import FOR_PAPER, SitePage, one_of_each, read_pages
from visits import MOST_SHIFT

# Bytes and requests on first view, from the project's goals. A kilobyte is 1,000 bytes.
TEXTS = 20_000
SCRIPT = 6_000
FACES = 46_000
MOST_FACES = 3
REQUESTS = 8
# Two tools that are more script than text, and may weigh as much altogether.
TOOLS = {"phrasebook": 40_000, "practice": 40_000}
# Long enough for everything that a page fetches by itself after it is drawn.
SETTLED = 600


@dataclass
class Visit:
    """What one first view fetched: bytes by kind of file, as compressed by the server, and where from."""

    page: SitePage
    size: Counter = field(default_factory=Counter)
    count: Counter = field(default_factory=Counter)
    addresses: list[str] = field(default_factory=list)
    shift: float = 0.0

    @property
    def texts(self) -> int:
        """Bytes of HTML, CSS and script."""
        return self.size["Document"] + self.size["Stylesheet"] + self.size["Script"]


def visit(browser: Browser, server: str, page: SitePage) -> Visit:
    """Open a page as a first-time reader on a phone does, and count."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, device_scale_factor=2)
    tab = context.new_page()
    seen = Visit(page)

    def response(event: dict) -> None:
        answer = event["response"]
        if answer["url"].startswith("data:"):
            return  # a picture inside a stylesheet, or the browser's own: nothing is asked of the server
        seen.addresses.append(answer["url"])
        seen.count[event["type"]] += 1
        # What the server sends, compressed as the browser asked for it.
        seen.size[event["type"]] += int(answer["headers"].get("Content-Length", 0))

    network = context.new_cdp_session(tab)
    network.send("Network.enable")
    network.on("Network.responseReceived", response)
    tab.goto(server + page.address, wait_until="load")
    tab.wait_for_timeout(SETTLED)
    seen.shift = tab.evaluate(
        """() => new Promise((done) => new PerformanceObserver((list) =>
            done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))
        ).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done(0), 50))"""
    )
    context.close()
    return seen


@pytest.fixture(scope="module")
def visits(browser: Browser, server: str, site: Path) -> list[Visit]:
    """A first view of one page of every kind."""
    return [visit(browser, server, page) for page in one_of_each(read_pages(site))]


def too_heavy(visits: list[Visit], weigh: Callable[[Visit], int], limit: Callable[[Visit], int]) -> list[str]:
    """A line for every page whose weight is over its limit."""
    return [
        f"/{seen.page.address} ({seen.page.kind}): {weigh(seen):,}, at most {limit(seen):,}"
        for seen in visits
        if weigh(seen) > limit(seen)
    ]


def for_screens(visits: list[Visit]) -> list[Visit]:
    """Without the pages for paper, which one opens at a desk."""
    return [seen for seen in visits if seen.page.kind not in FOR_PAPER]


def test_every_kind_of_page_is_weighed(visits: list[Visit]) -> None:
    """A weight that nobody takes grows; and a server that does not compress would weigh something else."""
    kinds = {seen.page.kind for seen in visits}
    assert {"home", "article", "part", "lesson", "academy", "page", "note", "phrasebook", "practice", "404"} <= kinds
    assert all(0 < seen.size["Document"] < len(seen.page.file.read_bytes()) for seen in visits)


def test_text_styles_and_script_fit_into_twenty_kilobytes(visits: list[Visit]) -> None:
    """In a lift, what comes with the first packets is all there is."""
    assert too_heavy(for_screens(visits), lambda seen: seen.texts, lambda seen: TOOLS.get(seen.page.kind, TEXTS)) == []


def test_no_single_page_is_the_heavy_one(site: Path) -> None:
    """The page of each kind that a browser weighs need not be the longest: this adds up the files of all."""
    heavy = []
    for page in read_pages(site):
        parts = [page.attribute("link[rel=stylesheet]", "href"), page.attribute("script[defer]", "src")]
        files = [page.file, *(page.file.parent / part.removeprefix("/") for part in parts)]
        weight = sum(file.with_name(file.name + ".br").stat().st_size for file in files)
        if page.kind not in FOR_PAPER and weight > TOOLS.get(page.kind, TEXTS):
            heavy.append(f"/{page.address}: {weight:,}")
    assert heavy == []


def test_the_first_view_of_home_and_of_a_lesson_is_light(visits: list[Visit]) -> None:
    """Seventy kilobytes in six requests, all in: what a reader between two calls waits for on a slow line."""
    landing = [seen for seen in visits if seen.page.kind in ("home", "lesson")]
    assert too_heavy(landing, lambda seen: sum(seen.size.values()), lambda seen: 70_000) == []
    assert too_heavy(landing, lambda seen: len(seen.addresses), lambda seen: 6) == []


def test_scripts_stay_small(visits: list[Visit]) -> None:
    """Script is the dearest kind of byte: a cheap phone has to read and run it."""
    reading = [seen for seen in for_screens(visits) if seen.page.kind not in TOOLS]
    assert too_heavy(reading, lambda seen: seen.size["Script"], lambda seen: SCRIPT) == []


def test_faces_stay_small(visits: list[Visit]) -> None:
    """Words wait for nothing, but late faces make them jump."""
    assert too_heavy(visits, lambda seen: seen.size["Font"], lambda seen: FACES) == []
    assert too_heavy(visits, lambda seen: seen.count["Font"], lambda seen: MOST_FACES) == []
    for seen in visits:
        assert len(seen.page.tree.css("link[rel=preload][as=font]")) <= 2, seen.page.address


def test_a_page_asks_rarely_and_only_its_own_host(visits: list[Visit], server: str) -> None:
    """Every request is a wait, and every other host learns who reads what."""
    assert too_heavy(visits, lambda seen: len(seen.addresses), lambda seen: REQUESTS) == []
    assert [address for seen in visits for address in seen.addresses if not address.startswith((server, "data:"))] == []


def test_search_costs_nothing_until_it_is_used(visits: list[Visit]) -> None:
    """Its index is larger than any page."""
    asked = [address for seen in visits for address in seen.addresses if "search" in address]
    assert asked == []


def test_nothing_moves_while_a_page_arrives(visits: list[Visit]) -> None:
    """A line that jumps is read twice."""
    assert [f"/{seen.page.address}: {seen.shift}" for seen in for_screens(visits) if seen.shift > MOST_SHIFT] == []


def test_files_that_browsers_keep_for_a_year_are_named_after_their_content(visits: list[Visit]) -> None:
    """Otherwise readers would see last year's styles."""
    kept = [address for seen in visits for address in seen.addresses if "/assets/" in address]
    assert kept and all(re.search(r"\.[0-9a-f]{8}\.\w+$", address) for address in kept)
