"""The strip of a lesson: where am I, and how do I get to the part I want?"""

import pytest
from playwright.sync_api import Page, expect

LESSON = "recruiters/push-back/"
WORDS = ["Say", "Why", "How", "Example", "Do", "Phrases"]


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_the_strip_stays_at_hand_and_leads_to_each_section(page: Page, server: str, width: int) -> None:
    """A lesson is five screens on a phone: without a way to "Do" one scrolls past it. What one jumps to stands in sight, not under the strip."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(server + LESSON)
    links = page.locator(".strip a")
    assert links.all_text_contents() == WORDS
    for link in links.all():
        link.click()
        target = link.get_attribute("href")
        heading, strip = page.locator(target).bounding_box(), page.locator(".strip").bounding_box()
        assert 0 <= heading["y"] < 740, f"{target} is out of sight"
        if width < 1240:
            assert heading["y"] >= strip["y"] + strip["height"] - 1 or strip["y"] > heading["y"], f"{target} is covered"
        expect(link).to_have_attribute("aria-current", "true")
        expect(link).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "height"), [(640, 360), (320, 256)])
def test_a_low_window_keeps_its_lines_for_reading(page: Page, server: str, width: int, height: int) -> None:
    """A phone on its side, or a page at 400 %: what sticks there would leave five lines."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(server + LESSON)
    page.evaluate("scrollTo(0, 4000)")
    expect(page.locator(".strip")).not_to_be_in_viewport()


def test_the_strip_works_without_a_script(browser, server: str) -> None:
    """It is links and styles; only the mark at the section being read needs a script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(server + LESSON)
    page.locator(".strip a", has_text="Do").click()
    expect(page.locator("#your-turn")).to_be_in_viewport()
    expect(page.locator(".strip")).to_be_in_viewport()
    context.close()


def test_no_stroke_is_drawn_where_movement_is_unwanted(page: Page, server: str) -> None:
    """The gesture is a pleasure for some and a sickness for others; the fixture's reader asked for none."""
    page.goto(server + LESSON)
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.locator(".say q").evaluate("q => getComputedStyle(q).animationName") == "none"
