"""Colours by the reader's wish: system, light or dark, at once and for good."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

LIGHT, DARK = "rgb(251, 252, 248)", "rgb(16, 23, 21)"
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
# Keeps the ground that each frame was painted with, from the very first.
WATCH = """() => {
  window.grounds = [];
  const look = () => {
    if (document.body) window.grounds.push(getComputedStyle(document.documentElement).backgroundColor);
    if (window.grounds.length < 20) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
BLOCKED = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("Access is denied for this document.", "SecurityError"); } });"""


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes windows in a system of the scheme given."""
    contexts = []

    def make(scheme: str) -> Page:
        contexts.append(
            browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
        )
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def choose(page: Page, name: str) -> None:
    """Choose one of the three colours at the foot of the page."""
    page.get_by_role("group", name="Colours").get_by_role("radio", name=name).check()


@pytest.mark.parametrize("system", ("light", "dark"))
def test_each_of_the_three_choices_does_what_it_says(window: Callable[..., Page], server: str, system: str) -> None:
    """Light and dark win over the system, and System gives way to it again, without loading the page anew."""
    page = window(system)
    page.goto(server)
    assert page.evaluate(GROUND) == (DARK if system == "dark" else LIGHT)
    choose(page, "Dark")
    assert page.evaluate(GROUND) == DARK
    choose(page, "Light")
    assert page.evaluate(GROUND) == LIGHT
    choose(page, "System")
    assert page.evaluate(GROUND) == (DARK if system == "dark" else LIGHT)
    page.emulate_media(color_scheme="light" if system == "dark" else "dark")
    assert page.evaluate(GROUND) == (LIGHT if system == "dark" else DARK)


@pytest.mark.parametrize(("system", "choice", "ground"), (("light", "Dark", DARK), ("dark", "Light", LIGHT)))
def test_a_choice_lasts_and_no_other_colour_flashes(
    window: Callable[..., Page], server: str, system: str, choice: str, ground: str
) -> None:
    """On the next page and the next visit the choice holds from the first painted frame: nobody in a dark room is dazzled."""
    page = window(system)
    page.goto(server)
    choose(page, choice)
    page.add_init_script(f"({WATCH})()")
    for address in ("recruiters/push-back/", "glossary/"):
        page.goto(server + address)
        page.wait_for_function("() => window.grounds.length >= 20")
        assert set(page.evaluate("window.grounds")) == {ground}, address
    assert page.get_by_role("group", name="Colours").get_by_role("radio", name=choice).is_checked()
    page.reload()
    assert page.evaluate(GROUND) == ground


def test_a_choice_in_one_window_reaches_the_other(window: Callable[..., Page], server: str) -> None:
    """Two windows of the site agree, so that switching between them does not hurt."""
    one = window("light")
    one.goto(server)
    other = one.context.new_page()
    other.goto(server + "glossary/")
    choose(one, "Dark")
    other.wait_for_function(f"() => {GROUND} === '{DARK}'")


def test_where_storage_is_blocked_the_choice_holds_for_the_page(window: Callable[..., Page], server: str) -> None:
    """A browser that refuses storage still shows the page, and the colours asked for, without an error."""
    page = window("light")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(BLOCKED)
    page.goto(server)
    choose(page, "Dark")
    assert page.evaluate(GROUND) == DARK
    page.goto(server + "glossary/")
    assert page.evaluate(GROUND) == LIGHT
    assert not errors


@pytest.mark.parametrize("kept", ("purple", "", '{"a":1}'))
def test_a_broken_choice_counts_as_none(window: Callable[..., Page], server: str, kept: str) -> None:
    """Whatever else stands under that name on the device, the page follows the system."""
    page = window("dark")
    page.goto(server)
    page.evaluate("(kept) => localStorage.setItem('pushback.scheme', kept)", kept)
    page.reload()
    assert page.evaluate(GROUND) == DARK
    assert page.get_by_role("group", name="Colours").get_by_role("radio", name="System").is_checked()
