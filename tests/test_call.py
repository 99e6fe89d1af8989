"""The call on the front page: three replies, what each of them gets, and a pause."""

import pytest
from playwright.sync_api import Browser, Page, expect

from readers import hindrances, shift, walk_to, wider_than_window


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reply_gets_its_answer_and_then_a_pause(browser: Browser, server: str, scripts: bool) -> None:
    """The first thing one meets is a choice with a consequence, also where no script runs."""
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(server)
    call = page.locator(".call")
    replies = call.get_by_role("radio")
    expect(replies).to_have_count(3)
    for part in (".then", ".pause"):
        expect(call.locator(f"{part}:visible")).to_have_count(0)
    for at in range(3):
        replies.nth(at).check()
        expect(call.locator(".then:visible")).to_have_count(1)
        expect(call.locator(".then").nth(at)).to_be_visible()
        expect(call.locator(".pause")).to_be_visible()
    context.close()


def test_it_is_played_by_keyboard_and_stands_in_the_order_one_reads(page: Page, server: str) -> None:
    """An answer above its reply, or far below, would be missed by whoever hears the page."""
    page.goto(server)
    walk_to(page, ".call input")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    follows = "answer => answer.previousElementSibling.previousElementSibling.checked"
    assert page.locator(".call .then:visible").evaluate(follows)
    assert page.locator(".call fieldset").evaluate("set => set.lastElementChild.matches('.pause')")


def test_it_fits_a_phone_and_shuts_nobody_out(page: Page, server: str) -> None:
    """Unanswered and answered, in both schemes, at 320 px, and on paper with everything in it."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(server)
    assert shift(page) == 0
    assert hindrances(page, ".call") == []
    page.locator(".call label").nth(2).click()
    assert not wider_than_window(page)
    assert hindrances(page, ".call") == []
    for label in page.locator(".call label").all():
        assert label.bounding_box()["height"] >= 44
    page.emulate_media(media="print")
    expect(page.locator(".call .then:visible")).to_have_count(3)
