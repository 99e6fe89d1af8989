"""Reading on any screen: no sideways scrolling, targets that fingers hit, a page that stands still."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from site_pages import one_of_each, read_pages
from visits import SHIFT, SPILLS, most_shift

# How far the page goes beyond the window, and what sticks out or is cut off: the first few, by their beginnings.
# For each footnote mark the middle of the line of the character before it, and its own.
MARKS = """() => [...document.querySelectorAll(".prose .footnote-ref")].map((mark) => {
    const before = mark.closest("sup").previousSibling, range = document.createRange();
    if (before.nodeType === Node.TEXT_NODE) { range.setStart(before, before.length - 1); range.setEnd(before, before.length); }
    else range.selectNodeContents(before);
    const [last] = [...range.getClientRects()].slice(-1), [own] = mark.getClientRects();
    return [(last.top + last.bottom) / 2, (own.top + own.bottom) / 2];
})"""
# Sets a rule that readers bring along, such as their own letter spacing, past the page's security policy.
ADOPT = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
# The distances that WCAG 1.4.12 wants text to stand.
WIDE_SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }"""


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes windows with the settings given, and closes them at the end."""
    contexts = []

    def make(**settings: object) -> Page:
        contexts.append(browser.new_context(**({"reduced_motion": "reduce", "locale": "en-GB"} | settings)))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def test_no_footnote_mark_begins_a_line(window: Callable[..., Page], server: str, site: Path) -> None:
    """A mark alone at the start of a line seems to belong to what follows."""
    page, found, marks = window(viewport={"width": 320, "height": 640}), [], 0
    for one in read_pages(site):
        if not one.tree.css_first(".prose .footnote-ref"):
            continue
        page.goto(server + one.address)
        for width in (320, 400, 800):
            page.set_viewport_size({"width": width, "height": 640})
            tops = page.evaluate(MARKS)
            marks += len(tops)
            found += [
                f"/{one.address} at {width} px: mark {at + 1}"
                for at, (before, mark) in enumerate(tops)
                if mark > before + 12
            ]
    assert marks > 50
    assert found == []


@pytest.mark.parametrize("faces", ("there", "lost"))
def test_the_masthead_takes_two_rows_on_phones(window: Callable[..., Page], server: str, faces: str) -> None:
    """With our typefaces or the system's, the name and the menu take two rows at most: the lesson begins on the first screen."""
    page = window(viewport={"width": 320, "height": 640})
    if faces == "lost":
        page.route("**/*.woff2", lambda route: route.abort())
    for width in (320, 360, 390):
        page.set_viewport_size({"width": width, "height": 640})
        for address in ("", "recruiters/push-back/", "phrasebook/"):
            page.goto(server + address)
            assert page.locator(".masthead").bounding_box()["height"] <= 95, f"/{address} at {width} px"


def test_nothing_is_lost_with_wider_text_or_letters_twice_as_large(
    window: Callable[..., Page], server: str, site: Path
) -> None:
    """Readers with dyslexia or low vision widen the spacing or double the letters; no word may be cut off or pushed out."""
    page, found = window(viewport={"width": 320, "height": 600}), []
    for one in one_of_each(read_pages(site)):
        page.set_viewport_size({"width": 320, "height": 600})
        page.goto(server + one.address)
        page.evaluate(ADOPT, WIDE_SPACING)
        found += [f"/{one.address} spaced: {spill}" for spill in page.evaluate(SPILLS)]
        page.set_viewport_size({"width": 1280, "height": 800})
        page.evaluate(ADOPT, "html { font-size: 250% !important; }")
        found += [f"/{one.address} doubled: {spill}" for spill in page.evaluate(SPILLS)]
    assert not found, "\n".join(found)


def test_search_and_tips_fit_the_smallest_window(window: Callable[..., Page], server: str) -> None:
    """What opens over the page fits into 320 × 256 px too, and can be closed there."""
    page = window(viewport={"width": 320, "height": 256})
    page.goto(server + "recruiters/push-back/")
    page.locator(".footnote-ref").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.locator(".tip").wait_for()
    assert page.evaluate(SPILLS) == []
    page.keyboard.press("/")
    page.get_by_role("searchbox", name="Search this site").fill("client")
    page.locator(".search li").first.wait_for()
    assert page.evaluate(SPILLS) == []
    close = page.get_by_role("button", name="Close")
    assert page.evaluate(
        "(() => { const list = document.querySelector('.search'); return list.scrollWidth <= list.clientWidth; })()"
    )
    close.click()
    assert page.locator("dialog[open]").count() == 0


def test_the_buttons_that_matter_are_44_pixels_high(page: Page, server: str) -> None:
    """Buttons and the links of the masthead are what people press most, and are as high as a fingertip is wide."""
    for address in ("", "recruiters/push-back/", "phrasebook/", "practice/"):
        page.goto(server + address)
        for button in page.locator(":is(button, .button, .masthead a, .check summary):visible").all():
            box = button.bounding_box()
            assert box and box["height"] >= 44, f"/{address}: {button.text_content()} is {box} high"


@pytest.mark.parametrize("width", (360, 1280))
def test_nothing_moves_while_a_page_loads(window: Callable[..., Page], server: str, site: Path, width: int) -> None:
    """Nothing jumps, also where the typefaces come late and progress is drawn: nobody loses the line they were reading, or
    presses what has just moved under their thumb. A late face may move the end of one line.
    """
    page, found = window(viewport={"width": width, "height": 800}), []
    page.route("**/*.woff2", late)
    page.goto(server)
    page.evaluate("""localStorage.setItem("pushback.progress", JSON.stringify({ version: 1,
      done: ["owners/stress-test-your-profit/", "recruiters/control-your-inputs/", "recruiters/push-back/"] }))""")
    for one in one_of_each(read_pages(site)):
        page.goto(server + one.address, wait_until="load")
        moved = page.evaluate(SHIFT)
        if moved > most_shift(one.kind):
            found.append(f"/{one.address}: {moved:.4f}")
    assert not found, "\n".join(found)


def late(route: Route) -> None:
    """Let a file come after everything else."""
    time.sleep(0.15)
    route.continue_()


def test_without_high_colours_everything_can_still_be_told_apart(window: Callable[..., Page], server: str) -> None:
    """With the system's own few colours (forced colours), the place in the list, buttons, the card, the focus and a verdict
    are still marked, by lines and words and not by grounds that such a system takes away.
    """
    page = window(viewport={"width": 1280, "height": 800}, forced_colors="active")
    page.goto(server + "recruiters/push-back/")
    style = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"
    assert "underline" in page.evaluate(style, [".beside .stroke", "textDecorationLine"])
    assert page.evaluate(style, [".signup-card .button", "borderTopStyle"]) == "solid"
    assert page.evaluate(style, [".signup-card", "borderTopStyle"]) == "solid"
    page.locator("[data-check] button").first.click()
    page.locator("[data-check] button").last.click()
    words = page.locator(".verdict:not(:empty) b").all_text_contents()
    assert words and all(word in ("Right.", "Not this one.") for word in words)
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_lines_are_of_a_length_that_eyes_can_follow(page: Page, server: str) -> None:
    """Running text has 50 to 80 characters a line on a desk's screen; longer ones lose the eye on its way back."""
    for address in ("article/", "recruiters/push-back/", "about/"):
        page.goto(server + address)
        lines = page.evaluate("""() => {
          const range = document.createRange();
          return [...document.querySelectorAll(".prose > p")].map((part) => {
            range.selectNodeContents(part);
            const rows = new Set([...range.getClientRects()].map((box) => Math.round(box.bottom / 8))).size;
            return [part.textContent.length, rows];
          }).filter(([, rows]) => rows > 2);
        }""")
        mean = sum(length / (rows - 0.5) for length, rows in lines) / len(lines)
        assert 50 <= mean <= 80, f"/{address}: {mean:.0f} characters a line"
