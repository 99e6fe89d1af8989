"""One page of every kind, seen on a phone and at a desk: it fits, stands still, works, and shuts nobody out."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from site_pages import FOR_PAPER, one_of_each, read_pages
from visits import DESK, MOST_SHIFT, PHONE, Visit, Visitor, said


@pytest.fixture(scope="module")
def visits(browser: Browser, server: str, site: Path) -> list[Visit]:
    """A visit to one page of every kind in each of the two windows, by a reader who has asked for stillness."""
    context = browser.new_context(locale="en-GB")
    visitor = Visitor(context.new_page(), server)
    pages = one_of_each(read_pages(site))
    found = [visitor.see(one, window, "light", "dark") for window in (PHONE, DESK) for one in pages]
    context.close()
    return found


def test_every_kind_is_visited(visits: list[Visit]) -> None:
    """What nobody looks at breaks unseen."""
    kinds = {seen.page.kind for seen in visits}
    assert kinds >= {"home", "article", "part", "lesson", "academy", "page", "note", "phrasebook", "practice", "404"}
    assert kinds >= FOR_PAPER
    assert all(seen.opened for seen in visits if seen.page.kind in ("lesson",))


def test_nothing_fails_and_nobody_else_is_asked(visits: list[Visit]) -> None:
    """Every page loads without an error in the console, and nobody but this site learns that it was read."""
    assert said(visits, "errors") == []
    assert said(visits, "foreign") == []


def test_styles_faces_scripts_and_pictures_arrive(visits: list[Visit]) -> None:
    """A page without its styles can be read; one would not come back to it."""
    assert said(visits, "lacking") == []


def test_no_page_scrolls_sideways_and_no_word_is_cut(visits: list[Visit]) -> None:
    """Every page fits a window of 320 × 256 px, which is a small phone and also a desk's window at 400 %: whoever enlarges
    text that far would otherwise push every line to and fro.
    """
    assert said(visits, "spills") == []


def test_every_target_is_large_enough_for_a_finger(visits: list[Visit]) -> None:
    """Whatever can be pressed is at least 24 px high and wide, unless it is a link in a line of text: trembling hands and
    thumbs on a train would press its neighbour.
    """
    assert said(visits, "small") == []


def test_nothing_moves_for_whoever_wants_stillness(visits: list[Visit]) -> None:
    """No animation, transition or gliding scroll where the reader has asked for stillness: it makes some people ill."""
    assert [seen.page.address for seen in visits if seen.moving] == []


def test_the_page_stands_still_while_it_loads(visits: list[Visit]) -> None:
    """Nobody loses the line they were reading, or presses what has just moved."""
    moved = [seen for seen in visits if seen.shift > MOST_SHIFT]
    assert [f"/{seen.page.address} at {seen.width} px: {seen.shift}" for seen in moved] == []


def test_no_kind_of_page_has_a_fault_that_axe_knows(visits: list[Visit]) -> None:
    """WCAG 2.2 AA as far as a machine can tell, and text at 7:1, on phones and desks, light and dark, with every answer,
    reason and verdict open. Otherwise people who see little, listen, or steer by keyboard would meet a wall.
    """
    assert said(visits, "axe") == []
