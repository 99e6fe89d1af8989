"""Footnotes and trade words, explained where they are met: by pointer, finger and keys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

NOTE = ".footnote-ref"
WORD = ".prose a[href*='glossary/#']"
LESSON = "owners/stress-test-your-profit/"


@pytest.fixture
def lesson(page: Page, server: str) -> Page:
    """A lesson with footnotes and trade words."""
    page.goto(server + LESSON)
    return page


@pytest.fixture
def touched(browser: Browser, server: str) -> Iterator[Page]:
    """The same lesson on a phone that is touched."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(server + LESSON)
    yield page
    context.close()


def test_a_note_shows_under_the_pointer_and_goes_with_it(lesson: Page) -> None:
    """The source of a figure can be read without losing the sentence; moving into the tip keeps it, moving away closes it."""
    lesson.locator(NOTE).first.hover()
    tip = lesson.locator(".tip")
    tip.wait_for()
    assert "1991" in (tip.text_content() or "")
    assert tip.locator(".footnote-backref").count() == 0
    tip.hover()
    lesson.wait_for_timeout(350)
    assert tip.count() == 1, "the tip must stay while the pointer is on it (WCAG 1.4.13)"
    lesson.mouse.move(5, 5)
    tip.wait_for(state="detached")


def test_a_link_inside_a_note_can_be_pressed(lesson: Page, server: str) -> None:
    """The tip's own links work: the pointer reaches them before the tip goes."""
    lesson.locator(NOTE).first.hover()
    lesson.locator(".tip a", has_text="Our note on it").click()
    lesson.wait_for_url(server + "evidence/#f2")


def test_a_trade_word_is_explained_from_the_glossary(lesson: Page) -> None:
    """A newcomer reads what a word means in place, in the words of the glossary, which has one home."""
    lesson.locator(WORD).first.hover()
    tip = lesson.locator(".tip")
    tip.wait_for()
    words = tip.text_content() or ""
    assert words.startswith("Gross profit") and "Income less the direct cost" in words


def test_a_tip_comes_with_the_focus_and_goes_at_escape(lesson: Page) -> None:
    """By keyboard the tip shows on arrival, is told to screen readers as the link's description, and Escape closes it
    without moving the focus.
    """
    link = lesson.locator(NOTE).first
    link.focus()
    lesson.keyboard.press("Shift+Tab")
    lesson.keyboard.press("Tab")
    tip = lesson.locator("#tip[role=tooltip]")
    tip.wait_for()
    assert link.get_attribute("aria-describedby") == "tip"
    lesson.keyboard.press("Escape")
    tip.wait_for(state="detached")
    assert link.evaluate("(link) => link === document.activeElement")
    assert link.get_attribute("aria-describedby") is None


def test_a_tip_never_covers_where_the_focus_goes_next(lesson: Page) -> None:
    """The tip is gone the moment the focus moves on, so that it cannot lie over the next link."""
    lesson.locator(NOTE).first.focus()
    lesson.keyboard.press("Shift+Tab")
    lesson.keyboard.press("Tab")
    lesson.locator(".tip").wait_for()
    lesson.keyboard.press("Tab")
    assert lesson.locator(".tip:has-text('1991')").count() == 0


def test_a_first_touch_shows_the_tip_and_a_second_follows_the_link(touched: Page) -> None:
    """On a phone, where nothing hovers, the first tap shows the note in place and the second one goes to it."""
    link = touched.locator(NOTE).first
    link.tap()
    tip = touched.locator(".tip")
    tip.wait_for()
    assert "#" not in touched.url
    box = tip.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360, "the tip fits the phone"
    link.tap()
    touched.wait_for_url("**/#fn:f2")


def test_a_touch_elsewhere_closes_the_tip(touched: Page) -> None:
    """A tap beside the tip takes it away, as people expect."""
    touched.locator(NOTE).first.tap()
    tip = touched.locator(".tip")
    tip.wait_for()
    touched.touchscreen.tap(180, 10)
    tip.wait_for(state="detached")


def test_a_glossary_that_cannot_be_fetched_leaves_the_link(lesson: Page, server: str) -> None:
    """Offline nothing breaks: no tip, no error, and the link still leads to the glossary."""
    errors: list[str] = []
    lesson.on("pageerror", lambda error: errors.append(str(error)))
    lesson.route("**/glossary/", lambda route: route.abort())
    link = lesson.locator(WORD).first
    link.hover()
    lesson.wait_for_timeout(100)
    assert lesson.locator(".tip").count() == 0
    lesson.unroute("**/glossary/")
    link.click()
    lesson.wait_for_url(server + "glossary/#gross-profit")
    assert not errors
