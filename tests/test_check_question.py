"""The question at the end of a lesson."""

from pathlib import Path

import yaml
from playwright.sync_api import Browser, Page, expect

from readers import collect_errors, curly, hindrances, walk_to

LESSON = "recruiters/push-back/"


def question(course: Path) -> list[dict]:
    """The options as the lesson's front matter has them."""
    source = (course / "docs" / "recruiters" / "push-back.md").read_text("utf-8")
    return yaml.safe_load(source.split("---\n")[1])["check"]["options"]


def test_an_option_answers_at_once_with_a_word_and_its_reason(page: Page, server: str, course: Path) -> None:
    """Each answer teaches. A mark by colour alone would tell some readers nothing."""
    errors = collect_errors(page)
    page.goto(server + LESSON)
    for item, option in zip(page.locator(".check .options > li").all(), question(course), strict=True):
        item.get_by_role("button").click()
        word = "Right." if option.get("right") else "Not this one."
        expect(item.locator(".verdict")).to_have_text(f"{word} {curly(option['why'])}")
    assert errors == []


def test_the_answer_is_announced(page: Page, server: str) -> None:
    """Screen readers speak a live region only if it stood there before its words came."""
    page.goto(server + LESSON)
    verdicts = page.locator(".check .verdict")
    for verdict in verdicts.all():
        expect(verdict).to_have_attribute("role", "status")
        expect(verdict).to_be_empty()
    verdicts.first.evaluate("verdict => { window.told = verdict; }")
    page.locator(".check button").first.click()
    assert page.evaluate("window.told.isConnected && window.told.textContent.length > 20")


def test_it_is_answered_by_keyboard(page: Page, server: str) -> None:
    """Tab and Enter are enough."""
    page.goto(server + LESSON)
    walk_to(page, ".check button")
    page.keyboard.press("Enter")
    expect(page.locator(".check .verdict").first).not_to_be_empty()


def test_without_a_script_the_reasons_stand_in_a_disclosure(browser: Browser, server: str, course: Path) -> None:
    """Nobody loses the explanations, and no option looks like a button that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + LESSON)
    expect(page.locator(".check").get_by_role("button")).to_have_count(0)
    page.get_by_text("See the answer and the reasons").click()
    expect(page.locator(".check details li")).to_have_count(len(question(course)))
    expect(page.locator(".check details li").last).to_be_visible()
    context.close()


def test_paper_has_the_reasons_too(page: Page, server: str) -> None:
    """A printed lesson cannot be pressed, so it carries the reasons."""
    page.goto(server + LESSON)
    page.emulate_media(media="print")
    expect(page.locator(".check details li").first).to_be_visible()


def test_the_answered_check_shuts_nobody_out(page: Page, server: str) -> None:
    """Right and wrong both pass axe, in both schemes."""
    page.goto(server + LESSON)
    for button in page.locator(".check button").all():
        button.click()
    assert hindrances(page, ".check") == []


def test_the_right_answer_is_green_while_one_points_at_it(page: Page, server: str) -> None:
    """One always points at what one has just pressed, and a finger leaves its hover behind."""
    page.goto(server + LESSON)
    right, wrong = page.locator(".check [data-right] button"), page.locator(".check li:not([data-right]) button").first
    border = "button => getComputedStyle(button).borderTopColor"
    green = page.locator(".check .options").evaluate(
        "list => { list.style.color = 'var(--done)'; const color = getComputedStyle(list).color; list.style.color = ''; return color; }"
    )
    for button in (right, wrong):
        button.click()
        button.hover()
        assert (button.evaluate(border) == green) == (button is right)
