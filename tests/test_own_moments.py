"""Moments of the reader's own: found, drilled and printed with the site's, and kept on this device alone."""

import pytest
from playwright.sync_api import Page, expect

from readers import STORAGE_BLOCKED, collect_errors, hindrances, keep, kept, walk_to, wider_than_window

THEY, MINE = "Our <b>board</b> meets in May.", "What could they decide before that?"
ONE = {"id": "own-a1", "speaker": "Candidate", "they_say": THEY, "strong": MINE}


def add(page: Page, they: str = THEY, mine: str = MINE) -> None:
    if not page.locator(".own-form").count():
        page.get_by_role("button", name="Add your own").click()
    page.get_by_label("What they say").fill(they)
    page.get_by_label("What you want to answer").fill(mine)
    page.get_by_role("button", name="Add it").click()


def test_a_moment_is_added_found_and_removed(page: Page, server: str) -> None:
    """Scenarios that people make themselves are those they practise."""
    errors = collect_errors(page)
    page.goto(server + "phrasebook/")
    page.get_by_role("button", name="Add your own").click()
    expect(page.locator(".own-form")).to_contain_text("Kept on this device only")
    expect(page.locator(".own-form")).to_contain_text("Leave out the client’s name")
    add(page)
    mine = page.locator(".own .phrase")
    expect(mine.locator(".they q")).to_have_text(THEY)
    assert kept(page, "own")["moments"][0]["strong"] == MINE
    page.reload()
    page.get_by_label("Find a phrase by its words").fill("board may")
    expect(page.locator(".phrase:visible")).to_have_count(1)
    expect(mine.get_by_role("button", name="Copy")).to_have_accessible_description(THEY)
    mine.get_by_role("button", name="Remove").click()
    expect(page.locator(".own")).to_have_count(0)
    assert kept(page, "own")["moments"] == []
    assert errors == []


def test_it_joins_the_drill_and_the_desk_card(page: Page, server: str) -> None:
    """One's own come first, and hang beside the telephone with the rest."""
    keep(page, server, own={"version": 1, "moments": [ONE]})
    page.goto(server + "practice/")
    page.locator(".sitting button:enabled").click()
    expect(page.locator(".stage h2 q")).to_have_text(THEY)
    page.keyboard.press("Enter")
    expect(page.locator(".stage .strong-answer q")).to_have_text(MINE)
    page.keyboard.press("3")
    assert kept(page, "practice")["cards"]["own-a1"]["box"] == 2
    page.goto(server + "recruiters/desk-card/")
    expect(page.locator(".desk li").last).to_contain_text(MINE)
    assert hindrances(page, ".desk") == []


@pytest.mark.parametrize(
    "odd", ["{", "7", '{"moments":5}', '{"moments":[null,1,{"id":"x"},{"id":"own-1","they_say":{},"strong":7}]}']
)
def test_broken_data_does_no_harm(page: Page, server: str, odd: str) -> None:
    """What is not as it should be is not shown, and one can still add."""
    errors = collect_errors(page)
    keep(page, server, own=odd)
    for address in ("recruiters/desk-card/", "practice/", "phrasebook/"):
        page.goto(server + address)
    add(page)
    expect(page.locator(".own .phrase")).to_have_count(1)
    assert errors == []


def test_with_storage_blocked_it_says_that_nothing_can_be_added(page: Page, server: str) -> None:
    """Nobody types for nothing."""
    page.add_init_script(STORAGE_BLOCKED)
    page.goto(server + "phrasebook/")
    page.get_by_role("button", name="Add your own").click()
    expect(page.locator(".own-form")).to_contain_text("keeps nothing here")
    expect(page.get_by_role("button", name="Add it")).to_be_disabled()


def test_by_keyboard_on_a_phone_and_for_everybody(page: Page, server: str) -> None:
    """The form opens with the focus in it, closes back to its button, and fits 320 px."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(server + "phrasebook/")
    walk_to(page, "[name=own]")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What they say")).to_be_focused()
    assert not wider_than_window(page)
    assert hindrances(page, ".own-form") == []
    add(page)
    assert hindrances(page, ".own-form", ".own") == []
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Add your own")).to_be_focused()
