"""Search from the first letter on: nothing typed is lost, nothing focused goes away, and the lesson on a subject comes first."""

import time

import pytest
from playwright.sync_api import Page, Route, expect


def late(route: Route) -> None:
    """Let search's script come as late as on a slow line."""
    time.sleep(0.5)
    route.continue_()


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_letters_typed_right_after_the_key_are_kept(page: Page, server: str, keys: str) -> None:
    """Who knows the key types on at once; on a slow line the script comes half a second later."""
    page.route("**/search*.js", late)
    page.goto(server + "about/")
    page.keyboard.press(keys)
    page.keyboard.type("counteroffer")
    expect(page.locator(".search li").first).to_be_visible()
    assert page.locator("#search-words").input_value() == "counteroffer"


def test_a_result_says_what_it_is_and_the_lesson_comes_first(page: Page, server: str) -> None:
    """A lesson, a phrase and a word of the glossary under one title are three different presses."""
    page.goto(server)
    page.keyboard.press("/")
    page.keyboard.type("ghosting")
    first = page.locator(".search li").first
    expect(first.locator("i")).to_have_text("Imperative 5")
    page.locator("#search-words").fill("counteroffer")
    expect(page.locator(".search li").first.locator("b")).to_have_text("Settle the counteroffer before the offer")


def test_the_focus_is_never_lost_when_results_are_drawn_again(page: Page, server: str) -> None:
    """An answer that comes twice must not take the list from under the fingers of whoever walks it with the arrow keys."""
    page.goto(server)
    page.keyboard.press("/")
    page.keyboard.type("client")
    expect(page.locator(".search li").nth(2)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.href")
    for _ in range(5):
        page.evaluate("document.getElementById('search-words').dispatchEvent(new Event('input'))")
        page.wait_for_timeout(80)
        assert page.evaluate("document.activeElement.href") == chosen
    page.evaluate("document.getElementById('search-words').value = 'xylophone'")
    page.evaluate("document.getElementById('search-words').dispatchEvent(new Event('input'))")
    expect(page.locator("#search-words")).to_be_focused()
