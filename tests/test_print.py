"""On paper: black on white, no furniture, addresses spelt out, nothing cut."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from site_pages import FOR_PAPER, one_of_each, read_pages

# The width of the text on A4 with the margins of print.css, in CSS pixels: (210 − 2 × 18) mm.
PAPER = 658
FURNITURE = (
    ".masthead, .footer, .skip, .beside, .onward, .related, .needs-js, button:not(.option), .hanging, .search, .tip"
)
# Longest lesson allowed on paper: what a person takes to a meeting.
MOST_SHEETS = 9


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Page]:
    """A window as wide as the text on A4, drawn as for paper, of a reader who likes it dark."""
    context = browser.new_context(
        viewport={"width": PAPER, "height": 1000}, color_scheme="dark", reduced_motion="reduce"
    )
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    yield page
    context.close()


def count_sheets(page: Page) -> int:
    """How many sheets the page takes when it is printed."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_no_furniture_is_printed(sheet: Page, server: str, site: Path) -> None:
    """Menus, buttons and lists for the way through cost ink and say nothing on paper."""
    for one in one_of_each(read_pages(site)):
        sheet.goto(server + one.address)
        seen = [
            part.evaluate("(part) => part.outerHTML.slice(0, 80)")
            for part in sheet.locator(FURNITURE).all()
            if part.is_visible()
        ]
        assert not seen, f"/{one.address}: {seen}"


def test_paper_is_white_and_ink_is_black(sheet: Page, server: str, site: Path) -> None:
    """Also for a reader whose screen is dark: no sheet is printed full of ink or in grey that cannot be read."""
    for one in one_of_each(read_pages(site)):
        sheet.goto(server + one.address)
        ground, ink = sheet.evaluate(
            "[document.documentElement, document.body].map((part) => getComputedStyle(part)).map((style, at) => at ? style.color : style.backgroundColor)"
        )
        assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)"), f"/{one.address}"
        dark = sheet.evaluate("""() => [...document.querySelectorAll("body *")].filter((part) => part.checkVisibility()).filter((part) => {
          const parts = getComputedStyle(part).backgroundColor.match(/[\\d.]+/g).map(Number);
          return (parts[3] ?? 1) > 0 && parts[0] + parts[1] + parts[2] < 600;
        }).map((part) => part.outerHTML.slice(0, 80))""")
        assert not dark, f"/{one.address}: dark grounds on paper: {dark[:3]}"


def test_paper_carries_no_advert(sheet: Page, server: str, site: Path) -> None:
    """A lesson that somebody prints has no last page that holds only the card; the Academy's own page spells its address out."""
    for one in one_of_each(read_pages(site)):
        sheet.goto(server + one.address)
        card = sheet.locator(".signup-card")
        if one.kind != "academy":
            assert card.count() == 0 or not card.is_visible(), f"/{one.address}"
            continue
        words = card.inner_text()
        assert "https://academy.example/join/" in words and "utm_" not in words, f"/{one.address}"
        assert not card.locator(".button").is_visible(), f"/{one.address}"


def test_outside_addresses_stand_after_their_links(sheet: Page, server: str) -> None:
    """A source can be looked up from the sheet: each link to another site in the text is followed by its address."""
    for address in ("recruiters/push-back/", "evidence/", "academy/", "article/"):
        sheet.goto(server + address)
        links = sheet.evaluate("""() => [...document.querySelectorAll("main a[href^='http']:not(.button)")].filter((link) => link.checkVisibility())
          .map((link) => [link.getAttribute("href"), getComputedStyle(link, "::after").content])""")
        assert links, address
        for href, after in links:
            assert href in after or "attr(href" in after, f"/{address}: {href} is not spelt out"


def test_nothing_is_cut_off_at_the_edge_of_the_paper(sheet: Page, server: str, site: Path) -> None:
    """Every table, drawing and address fits the width of A4; what sticks out is lost for good."""
    cut = []
    for one in read_pages(site):
        sheet.goto(server + one.address)
        cut += sheet.evaluate(
            """(address) => [...document.querySelectorAll("main, main *")].filter((part) => part.checkVisibility()
            && !part.closest("svg, .unseen") && part.getClientRects().length
            && (part.getBoundingClientRect().right > innerWidth + 1 || part.getBoundingClientRect().left < -1 || (getComputedStyle(part).overflowX !== "visible" && part.scrollWidth > part.clientWidth + 1)))
          .slice(0, 2).map((part) => `/${address}: ${part.outerHTML.slice(0, 80)}`)""",
            one.address,
        )
    assert not cut, "\n".join(cut)


def test_what_belongs_together_stays_on_one_sheet(sheet: Page, server: str) -> None:
    """Headings stay with their text; a moment, a row and the card are not torn in two."""
    sheet.goto(server + "recruiters/push-back/")
    for selector, name, value in (
        ("h2", "breakAfter", "avoid"),
        (".moment", "breakInside", "avoid"),
        (".drawing", "breakInside", "avoid"),
        (".say", "breakInside", "avoid"),
        (".prose li", "breakInside", "avoid"),
    ):
        given = sheet.evaluate(
            "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]", [selector, name]
        )
        assert given == value, f"{selector}: {name} is {given}"


def test_reasons_of_the_check_are_on_the_paper(sheet: Page, server: str) -> None:
    """What opens on the screen is open on paper: nobody can press a sheet."""
    sheet.goto(server + "recruiters/push-back/")
    assert sheet.locator(".check details li").first.is_visible()


def test_a_lesson_takes_as_many_sheets_as_its_words_do(sheet: Page, server: str, site: Path) -> None:
    """No empty sheets, no letters as large as a poster's: about 400 words fill a sheet of A4, and no lesson goes beyond nine."""
    for one in one_of_each(read_pages(site)):
        if one.kind in FOR_PAPER | {"phrasebook", "practice", "note"}:
            continue  # those have tests of their own
        sheet.goto(server + one.address)
        words = len(sheet.locator("main").inner_text().split())
        sheets = count_sheets(sheet)
        assert words / 500 - 1 <= sheets <= words / 180 + 2, f"/{one.address}: {words} words on {sheets} sheets"
        assert one.kind != "lesson" or sheets <= MOST_SHEETS, f"/{one.address}: {sheets} sheets"
