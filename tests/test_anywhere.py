"""One build, wherever it is put: at a host's root, in a folder of it, or on a disk; under its security policy."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from site_pages import one_of_each, read_pages
from site_server import serving

LESSON = "recruiters/push-back/"
PLACES = ("root", "folder", "disk")
# Fetching a face ahead of its stylesheet is refused on a disk; it then arrives with the stylesheet. So is a request for
# another page, whose words a tool would show: the link to that page stands there instead.
HARMLESS_ON_DISK = re.compile(
    r"^Access to (font|XMLHttpRequest) at|^A preload for .*woff2|^Failed to load resource: net::ERR_FAILED$"
)


@pytest.fixture(scope="session")
def in_a_folder(site: Path) -> Iterator[str]:
    """The address of the same build in a folder that it was not built for."""
    with serving(site, below="/some/course/") as address:
        yield address


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, site: Path) -> str:
    """An address, with a slash at its end, under which the one build can be read."""
    if request.param == "disk":
        return site.as_uri() + "/"
    return request.getfixturevalue("server" if request.param == "root" else "in_a_folder")


def with_index(place: str, path: str) -> str:
    """The address of a page as one opens it: from a disk, with its file's name."""
    return place + path + ("index.html" if place.startswith("file:") and not path.endswith(".html") else "")


def complaints(page: Page) -> list[str]:
    """A list that fills with every error, and every violation of the policy, that the browser reports."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"
    )
    return found


def is_styled(page: Page) -> bool:
    """Whether our own styles and faces have arrived."""
    return page.evaluate(
        """async () => { await document.fonts.ready;
            return getComputedStyle(document.body).getPropertyValue('--paper') !== ''
                && [...document.fonts].some((face) => face.family.includes('Literata') && face.status === 'loaded') }"""
    )


@pytest.mark.parametrize("place", ["folder", "disk"], indirect=True)
def test_every_kind_of_page_works_in_every_place(place: str, site: Path, page: Page) -> None:
    """Styles, faces, pictures and scripts must arrive wherever the owner puts the site, with nothing for the policy to refuse."""
    found = complaints(page)
    for shown in one_of_each(read_pages(site)):
        if shown.kind == "404":
            continue  # shown by a server only; it has tests of its own
        page.goto(with_index(place, shown.address))
        assert is_styled(page), shown.address
        assert page.evaluate("document.documentElement.className") == "js", shown.address
        assert page.evaluate("[...document.images].every((picture) => picture.complete && picture.naturalWidth > 0)"), (
            shown.address
        )
    assert [text for text in found if not (place.startswith("file:") and HARMLESS_ON_DISK.match(text))] == []


def test_a_reader_gets_from_the_home_page_to_a_lesson_and_back(place: str, page: Page) -> None:
    """On a disk there is no server that would turn a folder's address into its page."""
    page.goto(with_index(place, ""))
    page.locator(f"a[href*='{LESSON}']:visible").first.click()
    page.wait_for_url(re.compile(re.escape(place + LESSON)))
    assert page.locator("h1").count() == 1
    page.locator("header.masthead a.name").click()
    page.wait_for_url(re.compile(re.escape(place) + "(index.html)?$"))


def test_the_sign_up_is_reached_from_every_place(place: str, page: Page) -> None:
    """It is what the site is for."""
    page.goto(with_index(place, LESSON))
    addresses = page.locator("a[href*='academy.example/join/?utm']").evaluate_all(
        "links => links.map((link) => link.href)"
    )
    assert addresses and all(address.startswith("https://academy.example/join/?") for address in addresses)


@pytest.mark.parametrize("place", ["root", "folder"], indirect=True)
def test_search_finds_a_lesson_under_the_policy(place: str, page: Page) -> None:
    """Search starts a worker and fetches its index: the two things that a strict policy most easily breaks."""
    found = complaints(page)
    page.goto(place + LESSON)
    page.keyboard.press("/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).fill("counteroffer")
    link = page.locator("dialog a", has_text=re.compile("counteroffer", re.I)).first
    link.wait_for()
    link.click()
    page.wait_for_url(re.compile(re.escape(place) + ".+"))
    assert page.locator("h1").count() == 1
    assert found == []


@pytest.mark.parametrize("path", ["nowhere/", "nowhere", "owners/nowhere/deep/er/", "nowhere.html?from=mail"])
@pytest.mark.parametrize("place", ["root", "folder"], indirect=True)
def test_the_page_for_lost_readers_leads_home_from_any_depth(place: str, path: str, page: Page) -> None:
    """A mistyped address is often deep, and the site may stand in a folder that nobody told the build about."""
    answer = page.goto(place + path)
    assert answer.status == 404
    home = page.get_by_role("main").get_by_role("link").first
    expect(home).to_have_js_property("href", place)
    expect(page.locator("html")).to_have_css("color-scheme", "light dark")  # said by our stylesheet alone
    home.click()
    page.wait_for_url(place)


def test_what_the_policy_refuses_fails_a_test(page: Page, server: str, refused: list[str]) -> None:
    """Every other test that walks through a feature relies on this: a style written into an element must be reported."""
    page.goto(server)
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(50)
    assert any("style-src" in text for text in refused), refused
    refused.clear()


def test_every_address_in_the_policy_is_our_own(site: Path) -> None:
    """The policy is worth what it allows."""
    for page in read_pages(site):
        policy = page.attribute("meta[http-equiv=Content-Security-Policy]", "content")
        assert policy.startswith("default-src 'none'; script-src 'self'"), page.address
        assert not re.search(r"unsafe|https?:|\*", policy), page.address


def test_a_script_that_slips_into_a_page_does_not_run(site: Path, browser: Browser, tmp_path: Path) -> None:
    """This is the attack that the policy is against; the test shows that browsers obey it."""
    html = (site / "about/index.html").read_text("utf-8")
    evil = "<script>document.title = 'taken over'</script><img src=x onerror=\"document.title = 'taken over'\">"
    (tmp_path / "index.html").write_text(html.replace("</main>", evil + "</main>"), "utf-8")
    assert evil in (tmp_path / "index.html").read_text("utf-8")
    with serving(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)
        assert page.title() != "taken over"
        page.close()
