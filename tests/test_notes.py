"""The notes for the other chair: neutral, sourced, one side of paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from course import HERE

NOTES = sorted(file.stem for file in (HERE / "docs" / "notes").glob("*.md") if file.stem != "index")


@pytest.mark.parametrize("name", NOTES)
def test_a_note_prints_on_one_side_with_nothing_for_sale(page: Page, server: str, name: str) -> None:
    """A hiring manager gets one sheet: the advice, its sources, and no advertisement."""
    page.goto(f"{server}notes/{name}/")
    expect(page.locator(".signup-card")).to_have_count(0)
    expect(page.locator("main a[href*='utm_']")).to_have_count(0)
    page.emulate_media(media="print")
    for furniture in (".masthead", ".footer", ".paper-tools", ".leads-to", ".skip"):
        expect(page.locator(furniture).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


@pytest.mark.parametrize("name", NOTES)
def test_every_figure_in_a_note_has_its_source(page: Page, server: str, name: str) -> None:
    """Somebody who doubts a number finds who counted it, and on paper the address."""
    page.goto(f"{server}notes/{name}/")
    notes = page.locator(".footnote li")
    figures = page.locator(".prose").evaluate("""prose => { const copy = prose.cloneNode(true);
        copy.querySelector(".footnote")?.remove(); return /\\d+ ?(%|per cent)/.test(copy.textContent); }""")
    assert notes.count() >= 1 or not figures
    for note in notes.all():
        expect(note.locator("a[href*='evidence/#']")).to_have_count(1)
        expect(note.locator("a[href^='http']")).to_have_count(1)
    page.emulate_media(media="print")
    for source in notes.locator("a[href^='http']").all():
        assert "http" in source.evaluate("link => getComputedStyle(link, '::after').content")


def test_the_notes_are_found_from_every_page_through_their_list(page: Page, server: str) -> None:
    """The footer leads to the list, the list to all of them, and each note back to the lesson it goes with."""
    page.goto(server)
    page.locator(".footer").get_by_role("link", name="For the other chair").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("For the other chair")
    linked = page.locator("main a").evaluate_all("all => all.map((link) => link.href)")
    assert sorted(link.rstrip("/").rsplit("/", 1)[1] for link in linked) == NOTES
    for link in linked:
        page.goto(link)
        expect(page.locator(".leads-to a")).to_have_count(1)
        expect(page.get_by_role("link", name="All the notes")).to_be_visible()
