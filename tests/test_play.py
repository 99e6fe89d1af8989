"""Playing a part in a worked example, and a lesson's moments one at a time for a meeting."""

import pytest
from playwright.sync_api import Browser, Page, expect

from readers import collect_errors, hindrances, walk_to, wider_than_window

LESSON = "recruiters/push-back/"
SHOWN = "all => all.filter((one) => one.checkVisibility()).map((one) => one.textContent.split(',')[0].trim())"


def speakers(page: Page) -> list[str]:
    """Who speaks in the strong version, line by line, as far as one sees it."""
    return page.eval_on_selector_all(".strong dt:not(.yours)", SHOWN)


def test_one_answers_before_one_sees_the_next_line(page: Page, server: str) -> None:
    """Saying it oneself first is what makes it stick; the answer in sight would spoil that."""
    errors = collect_errors(page)
    page.goto(server + LESSON)
    whole = speakers(page)
    page.get_by_role("button", name="Play your part").click()
    page.locator("#play-words").wait_for()
    seen = speakers(page)
    assert "You" not in seen and seen == whole[: whole.index("You")]
    answers = whole.count("You")
    for number in range(answers):
        page.locator("#play-words").fill(f"Mine <b>{number}</b>")
        page.get_by_role("button", name="Show the next line").click()
        assert speakers(page).count("You") == number + 1
        expect(page.locator("dd.yours").nth(number)).to_have_text(f"Mine <b>{number}</b>")
    assert speakers(page) == whole
    expect(page.get_by_role("button", name="Show the next line")).to_have_count(0)
    page.get_by_role("button", name="Play it again").click()
    assert "You" not in speakers(page)
    page.get_by_role("button", name="Read it as a text").click()
    assert speakers(page) == whole
    expect(page.locator(".yours")).to_have_count(0)
    expect(page.get_by_role("button", name="Play your part")).to_be_focused()
    assert page.evaluate("localStorage.length") == 0
    assert errors == []


def test_a_talk_of_two_others_lets_one_be_either(page: Page, server: str) -> None:
    """Owners' examples have names on both sides."""

    def renamed(route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("<dt>You</dt>", "<dt>Amara, owner</dt>"))

    page.route("**/" + LESSON, renamed)
    page.goto(server + LESSON)
    whole = speakers(page)
    page.get_by_role("button", name="Play Amara’s part").click()
    page.locator("#play-words").wait_for()
    assert "Amara" not in speakers(page) and speakers(page) == whole[: whole.index("Amara")]
    expect(page.get_by_role("button", name="Play ")).to_have_count(0)


def test_it_is_played_by_keyboard(page: Page, server: str) -> None:
    """The focus stands on the line that has just come."""
    page.goto(server + LESSON)
    walk_to(page, ".strong .way-in button", 200)
    page.keyboard.press("Enter")
    expect(page.locator(".strong dt").first).to_be_focused()
    walk_to(page, "#play-words", 5)
    page.keyboard.type("Mine")
    page.keyboard.press("Control+Enter")
    assert page.evaluate("document.activeElement.textContent.startsWith('You')")
    walk_to(page, "#play-words", 5)
    page.keyboard.press("Escape")
    expect(page.locator("#play-words")).to_have_count(0)


def test_its_scripts_come_when_they_are_asked_for(page: Page, server: str) -> None:
    """Who only reads pays nothing for them."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server + LESSON)
    assert not [one for one in asked if "/play." in one or "/meeting." in one]
    page.get_by_role("button", name="Play your part").click()
    page.get_by_role("button", name="Show the next line").wait_for()
    assert [one for one in asked if "/play." in one]


def test_the_moments_stand_one_at_a_time_and_large(page: Page, server: str) -> None:
    """In a meeting nobody reads a list; the answer comes when somebody asks."""
    errors = collect_errors(page)
    page.goto(server + LESSON)
    moments = page.locator(".moments .moment")
    first, last = moments.first.locator(".they q").text_content(), moments.last.locator(".they q").text_content()
    page.get_by_role("button", name="Show them one at a time").click()
    room = page.get_by_role("dialog")
    expect(room.locator("h2 q")).to_have_text(first)
    expect(room).to_have_accessible_name(f"{moments.first.locator('.they b').text_content()} says {first}")
    expect(room.locator(".strong-answer")).to_have_count(0)
    for _ in range(2 * moments.count() - 1):
        page.keyboard.press("ArrowRight")
    expect(room.locator("h2 q")).to_have_text(last)
    expect(room.locator(".strong-answer")).to_be_visible()
    page.keyboard.press("PageUp")
    expect(room.locator(".strong-answer")).to_have_count(0)
    assert room.locator("h2 q").evaluate("q => parseFloat(getComputedStyle(q).fontSize)") > 40, "as large as a slide"
    page.keyboard.press("Escape")
    expect(room).to_have_count(0)
    expect(page.get_by_role("button", name="Show them one at a time")).to_be_focused()
    assert errors == []


def test_a_finger_leads_through_the_moments(browser: Browser, server: str) -> None:
    """On a tablet that goes round the table there is no keyboard."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(server + LESSON)
    page.get_by_role("button", name="Show them one at a time").tap()
    page.get_by_role("dialog").wait_for()
    swipe = """(dialog, [from, to]) => {
        const touch = (x) => [new Touch({ identifier: 1, target: dialog, clientX: x, clientY: 300 })];
        dialog.dispatchEvent(new TouchEvent("touchstart", { touches: touch(from), changedTouches: touch(from) }));
        dialog.dispatchEvent(new TouchEvent("touchend", { touches: [], changedTouches: touch(to) }));
    }"""
    room = page.get_by_role("dialog")
    room.evaluate(swipe, [300, 60])
    expect(room.locator(".strong-answer")).to_be_visible()
    room.evaluate(swipe, [60, 300])
    expect(room.locator(".strong-answer")).to_have_count(0)
    page.get_by_role("button", name="Close").tap()
    expect(room).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_both_fit_and_shut_nobody_out(page: Page, server: str, width: int) -> None:
    """In each state, in both schemes."""
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(server + LESSON)
    page.get_by_role("button", name="Play your part").click()
    page.locator("#play-words").fill("Mine")
    page.get_by_role("button", name="Show the next line").click()
    assert hindrances(page, ".strong") == []
    assert not wider_than_window(page)
    page.get_by_role("button", name="Show them one at a time").click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("ArrowRight")
    assert hindrances(page, ".meeting") == []
    page.locator(".meeting .strong-answer").wait_for()
    assert not page.locator(".meeting").evaluate("room => room.scrollWidth > room.clientWidth")
