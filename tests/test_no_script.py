"""Without JavaScript: everything reads, every link works, nothing dead is shown."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from site_pages import one_of_each, read_pages

# What a script has to bring alive: without one it must not be shown.
# The call on the front page is played by radio buttons and styles alone.
DEAD = "button, input:not(.call input), select, textarea, .needs-js, dialog"
WORDS = """() => document.querySelector("main").innerText.replace(/\\s+/g, "").toLowerCase()"""


@pytest.fixture
def plain(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes windows in which no script runs."""
    contexts = []

    def make(**settings: object) -> Page:
        contexts.append(
            browser.new_context(
                **({"java_script_enabled": False, "viewport": {"width": 1280, "height": 800}} | settings)
            )
        )
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def test_all_of_the_text_is_there(plain: Callable[..., Page], server: str, site: Path) -> None:
    """Every sentence that the page's own text holds is shown without a script too, and disclosures open by themselves.
    Firms that forbid scripts, and browsers on which one failed, still get the whole lesson.
    """
    without = plain()
    for one in one_of_each(read_pages(site)):
        without.goto(server + one.address)
        # Letters only: where elements meet, the file and the screen differ in their spaces.
        shown = without.evaluate(WORDS)
        page_text = one.tree.css_first("main")
        assert page_text is not None
        for part in page_text.css("h1, h2, h3, .prose > p, .standfirst"):
            words = "".join(part.text().split()).lower()
            hidden = part.css_matches(".needs-js *, details *")
            assert hidden or words in shown, f"/{one.address}: not shown without a script: {words[:80]}"


def test_nothing_dead_is_shown(plain: Callable[..., Page], server: str, site: Path) -> None:
    """No button, field or switch that needs a script stands there and does nothing when pressed."""
    page = plain()
    for one in one_of_each(read_pages(site)):
        page.goto(server + one.address)
        seen = [
            part.evaluate("(part) => part.outerHTML.slice(0, 90)")
            for part in page.locator(DEAD).all()
            if part.is_visible()
        ]
        assert not seen, f"/{one.address}: {seen}"


def test_disclosures_open_without_a_script(plain: Callable[..., Page], server: str) -> None:
    """The reasons under the check open at a press: no lesson hides behind a script."""
    page = plain()
    page.goto(server + "recruiters/push-back/")
    page.get_by_text("See the answer and the reasons").click()
    assert page.locator(".check details li").first.is_visible()


def test_dark_follows_the_system(plain: Callable[..., Page], server: str) -> None:
    """Who has set their system to dark is not dazzled because scripts are off."""
    grounds = {}
    for scheme in ("light", "dark"):
        page = plain(color_scheme=scheme)
        page.goto(server)
        grounds[scheme] = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert grounds == {"light": "rgb(251, 252, 248)", "dark": "rgb(16, 23, 21)"}


def test_no_page_scrolls_sideways_without_a_script_either(plain: Callable[..., Page], server: str, site: Path) -> None:
    """Tables, which a script would make scroll by themselves, fit a small phone without it too."""
    page, found = plain(viewport={"width": 320, "height": 600}), []
    for one in one_of_each(read_pages(site)):
        page.goto(server + one.address)
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if beyond > 0:
            found.append(f"/{one.address}: {beyond} px too wide")
    assert not found, "\n".join(found)


def test_every_link_leads_somewhere(site: Path) -> None:
    """Each link inside the site leads to a page that is there, and each fragment to a place on it."""
    pages = {one.address: one for one in read_pages(site)}
    places = {address: {node.attributes.get("id") for node in one.tree.css("[id]")} for address, one in pages.items()}
    broken = []
    for address, one in pages.items():
        for link in one.tree.css("a[href]"):
            href = link.attributes["href"] or ""
            parts = urlsplit(urljoin("https://here.example/" + address, href))
            if parts.hostname != "here.example" or parts.scheme not in ("http", "https"):
                continue
            target, fragment = unquote(parts.path)[1:], unquote(parts.fragment)
            if target not in pages and not (site / target).is_file() and not (site / target / "index.html").is_file():
                broken.append(f"/{address} → {href}: no such page")
            elif fragment and target in places and fragment not in places[target]:
                broken.append(f"/{address} → {href}: no such place on that page")
    assert not broken, "\n".join(broken)
