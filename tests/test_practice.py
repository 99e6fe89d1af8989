"""Practice: the moments as drills, in boxes that come back."""

import datetime
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from readers import STORAGE_BLOCKED, collect_errors, hindrances, keep, kept, shift, walk_to, wider_than_window

TODAY = datetime.datetime(2026, 11, 23, 10)
CARD = "stress-test-your-profit-1"
FORMER = "owners/stress-test-your-profit/#1"


def day(ahead: int) -> str:
    """A day so many days from the one on which these tests play."""
    return (TODAY.date() + datetime.timedelta(ahead)).isoformat()


@pytest.fixture
def drill(page: Page, server: str) -> Page:
    """The practice page on a known day."""
    page.clock.set_fixed_time(TODAY)
    page.goto(server + "practice/")
    return page


def begin(page: Page) -> None:
    page.locator(".sitting button:enabled").click()


def phrase_names(page: Page, server: str) -> list[str]:
    """The ids of all phrases, as the phrasebook has them."""
    page.goto(server + "phrasebook/")
    return page.eval_on_selector_all(".phrase", "all => all.map((one) => one.id)")


def rate(page: Page, words: str) -> None:
    page.get_by_role("button", name="Show a strong answer").click()
    page.get_by_role("button", name=words).click()


def test_a_card_hides_the_answer_until_one_has_given_ones_own(drill: Page) -> None:
    """Answering before looking is what makes it stick; an answer in sight would spoil that."""
    begin(drill)
    expect(drill.locator(".stage h2")).to_contain_text("1 of 10 · ")
    expect(drill.locator(".strong-answer:visible")).to_have_count(0)
    drill.get_by_label("Say your answer aloud.").fill("Mine, with <b>marks</b>")
    drill.get_by_role("button", name="Show a strong answer").click()
    expect(drill.locator(".stage .yours")).to_contain_text("Mine, with <b>marks</b>")
    for part in (".strong-answer", ".because", ".from a"):
        expect(drill.locator(".stage " + part)).to_be_visible()
    assert "Mine" not in drill.evaluate("JSON.stringify(localStorage)")


def test_ratings_move_a_card_between_the_boxes_as_the_page_says(page: Page, server: str) -> None:
    """The waits that the page promises are the waits one gets."""
    page.clock.set_fixed_time(TODAY)
    page.goto(server + "practice/")
    rows = page.eval_on_selector_all(
        ".prose tbody tr", "all => all.map((row) => [...row.cells].map((cell) => parseInt(cell.textContent)))"
    )
    waits = dict(rows)
    assert list(waits) == [1, 2, 3, 4, 5]
    names = phrase_names(page, server)[:5]
    for words, leads_to in (
        ("Not yet", lambda box: 1),
        ("Nearly", lambda box: box),
        ("I had it", lambda box: min(box + 1, 5)),
    ):
        keep(
            page,
            server,
            practice={"cards": {name: {"box": box, "due": day(box - 9)} for box, name in enumerate(names, 1)}},
        )
        page.goto(server + "practice/")
        begin(page)
        for _ in names:
            rate(page, words)
        assert kept(page, "practice")["cards"] == {
            name: {"box": leads_to(box), "due": day(waits[leads_to(box)])} for box, name in enumerate(names, 1)
        }, words


def test_a_new_card_starts_in_the_first_box(drill: Page) -> None:
    """One right answer is not five; the first success moves it to the second box."""
    begin(drill)
    rate(drill, "I had it")
    assert list(kept(drill, "practice")["cards"].values()) == [{"box": 2, "due": day(3)}]


def test_a_sitting_has_ten_cards_and_ends_with_what_comes_next(drill: Page) -> None:
    """Ten fit between two calls. At the end one knows when to come back."""
    errors = collect_errors(drill)
    begin(drill)
    for number in range(10):
        expect(drill.locator(".stage h2")).to_contain_text(f"{number + 1} of 10")
        rate(drill, "Not yet" if number else "I had it")
    expect(drill.locator(".stage")).to_contain_text("Not yet: 9 · I had it: 1")
    expect(drill.locator(".stage")).to_contain_text("The next comes back tomorrow.")
    assert hindrances(drill, ".stage") == []
    drill.get_by_role("button", name="Leave the sitting").click()
    expect(drill.locator(".sitting [role=status]")).to_contain_text("not met yet")
    expect(drill.locator(".masthead")).to_be_visible()
    expect(drill.locator("form.sitting button")).to_be_focused()
    assert errors == []


def test_what_is_due_comes_first_and_home_says_how_much(page: Page, server: str) -> None:
    """Phrases that begin to fade are met before new ones. Home counts only phrases that still exist."""
    page.clock.set_fixed_time(TODAY)
    keep(
        page,
        server,
        practice={
            "version": 1,
            "cards": {
                "push-back-2": {"box": 3, "due": day(-5)},
                FORMER: {"box": 1, "due": day(0)},
                "cut-once-1": {"box": 1, "due": day(1)},
                "gone-away-1": {"box": 1, "due": day(-9)},
                "push-back-9": {"box": 1, "due": day(-9)},
            },
        },
    )
    page.goto(server)
    expect(page.locator("[data-due] a")).to_have_text("practise the 2 phrases due today")
    assert shift(page) <= 0.01
    page.locator("[data-due] a").click()
    expect(page.locator(".sitting [role=status]")).to_contain_text("2 due today, ")
    begin(page)
    expect(page.locator(".stage h2")).to_contain_text("Everyone goes through five rounds here.")


def test_one_part_alone_can_be_practised(drill: Page) -> None:
    """A recruiter need not rehearse an owner's talks."""
    drill.get_by_label("Which phrases").select_option("part=recruiters")
    begin(drill)
    drill.get_by_role("button", name="Show a strong answer").click()
    assert "/recruiters/" in drill.locator(".stage .from a").evaluate("link => link.href")


def test_lessons_one_has_done_are_practised_before_the_others(page: Page, server: str) -> None:
    """New phrases come from what one has read."""
    page.clock.set_fixed_time(TODAY)
    keep(page, server, progress={"version": 1, "done": ["recruiters/push-back/"]})
    page.goto(server + "practice/")
    begin(page)
    expect(page.locator(".stage h2")).to_contain_text("Five days in the office")


def test_when_nothing_is_due_it_says_when_and_lets_one_practise_anyway(page: Page, server: str) -> None:
    """Somebody keen is not sent away."""
    page.clock.set_fixed_time(TODAY)
    page.goto(server + "practice/")
    names = phrase_names(page, server)
    keep(page, server, practice={"version": 1, "cards": {name: {"box": 3, "due": day(7)} for name in names}})
    page.goto(server + "practice/")
    expect(page.locator(".sitting [role=status]")).to_have_text(
        "Nothing is due today. The next comes back on 30 November."
    )
    page.get_by_role("button", name="Practise 10 anyway").click()
    expect(page.locator(".stage h2")).to_contain_text("1 of 10")


def test_it_is_played_by_keyboard_alone(drill: Page) -> None:
    """Begin, show, rate: without a mouse, and the focus always stands where the reader reads."""
    walk_to(drill, ".sitting button")
    drill.keyboard.press("Enter")
    expect(drill.locator(".stage h2")).to_be_focused()
    drill.keyboard.press("Enter")
    expect(drill.locator(".stage h2")).to_have_text("A strong answer")
    expect(drill.locator(".stage h2")).to_be_focused()
    drill.keyboard.press("3")
    expect(drill.locator(".stage h2")).to_contain_text("2 of 10")
    drill.keyboard.press("Tab")
    drill.keyboard.type("1 2 3")
    expect(drill.locator("#typed")).to_have_value("1 2 3")
    drill.keyboard.press("Control+Enter")
    expect(drill.locator(".stage h2")).to_have_text("A strong answer")


def test_broken_data_costs_a_box_at_most(page: Page, server: str) -> None:
    """Foreign or damaged ratings stop neither the sitting nor the front page."""
    errors = collect_errors(page)
    page.clock.set_fixed_time(TODAY)
    odd_ratings = ("null", '{"box":"x","due":7}', '{"box":99,"due":"2026-99-99"}', '{"box":-3.5,"due":"2020-01-01"}')
    for odd in (
        "{",
        "null",
        "7",
        '{"cards":5}',
        '{"cards":[]}',
        *(f'{{"cards":{{"{CARD}":{rating}}}}}' for rating in odd_ratings),
    ):
        page.goto(server)
        page.evaluate("(text) => localStorage.setItem('pushback.practice', text)", odd)
        page.goto(server + "practice/")
        begin(page)
        rate(page, "I had it")
        assert {"box": 2, "due": day(3)} in kept(page, "practice")["cards"].values(), odd
    page.evaluate("(text) => localStorage.setItem('pushback.practice', text)", f'{{"cards":{{"{CARD}":null}}}}')
    page.goto(server)
    assert errors == []


def test_two_tabs_keep_each_others_ratings_and_newer_data_survives(page: Page, server: str) -> None:
    """A sitting left open in another tab loses nothing of this one."""
    page.clock.set_fixed_time(TODAY)
    keep(
        page,
        server,
        practice={"version": 9, "cards": {"owners/later/#1": {"box": 1, "due": day(9), "new": True}}, "streak": 4},
    )
    page.goto(server + "practice/")
    other = page.context.new_page()
    other.goto(server + "practice/")
    page.get_by_label("Which phrases").select_option("part=owners")
    begin(page)
    other.get_by_label("Which phrases").select_option("part=recruiters")
    begin(other)
    rate(page, "Nearly")
    rate(other, "Nearly")
    data = kept(page, "practice")
    assert len(data["cards"]) == 3
    assert data["version"] == 9 and data["streak"] == 4 and data["cards"]["owners/later/#1"]["new"]


def test_with_storage_blocked_one_can_still_practise(page: Page, server: str) -> None:
    """The drill works; that nothing is kept is said, not hidden."""
    errors = collect_errors(page)
    page.add_init_script(STORAGE_BLOCKED)
    page.goto(server + "practice/")
    expect(page.locator(".sitting [role=status]")).to_contain_text("keeps nothing here")
    begin(page)
    for _ in range(10):
        rate(page, "I had it")
    expect(page.locator(".stage")).to_contain_text("That was the sitting")
    page.get_by_role("button", name=re.compile("more")).click()
    expect(page.locator(".stage h2")).to_contain_text("1 of 10")
    assert errors == []


def test_without_a_script_it_leads_to_the_phrasebook(browser: Browser, server: str) -> None:
    """No form that does nothing; the phrases can be read and answered aloud there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "practice/")
    expect(page.locator(".sitting")).to_be_hidden()
    page.locator(".no-script-only a").click()
    expect(page.locator(".phrase").first).to_be_visible()
    context.close()


def test_one_drills_what_one_sees_in_the_phrasebook(page: Page, server: str) -> None:
    """Before a call about the fee one practises the lines on the fee, where one has just found them."""
    errors = collect_errors(page)
    page.goto(server + "phrasebook/")
    page.get_by_role("link", name="The fee").click()
    seen = page.eval_on_selector_all(
        ".phrase:not([hidden])", "all => all.map((one) => one.querySelector('.they q').textContent)"
    )
    page.get_by_role("button", name="Practise").click()
    asked = []
    for _ in seen[:10]:
        asked.append(page.locator(".stage h2 q").text_content())
        rate(page, "Nearly")
    assert sorted(asked) == sorted(seen)
    page.get_by_role("button", name="Leave the sitting").click()
    expect(page.get_by_role("button", name="Practise")).to_be_focused()
    assert page.locator(".phrase:not([hidden])").count() == len(seen)
    assert errors == []


@pytest.mark.parametrize(
    "choice", ["situation=fee", "speaker=candidate", "lesson=owners/cut-once/", "phrase=cut-once-2"]
)
def test_an_address_begins_with_its_choice_made(page: Page, server: str, choice: str) -> None:
    """A link in a lesson or a diary leads straight to the lines for that call."""
    page.goto(server + "practice/?" + choice)
    expect(page.locator("form.sitting button")).to_contain_text("Begin with")
    assert page.get_by_label("Which phrases").input_value() == choice


def test_the_parts_take_turns(drill: Page) -> None:
    """A newcomer's first ten are not all an owner's."""
    begin(drill)
    parts = []
    for _ in range(6):
        drill.get_by_role("button", name="Show a strong answer").click()
        parts.append(drill.locator(".stage .from a").evaluate("link => link.pathname.split('/').at(-3)"))
        drill.keyboard.press("1")
    assert set(parts) == {"owners", "recruiters"} and all(a != b for a, b in zip(parts, parts[1:], strict=False))


def test_in_a_sitting_there_is_only_the_card_and_ratings_are_at_the_thumb(browser: Browser, server: str) -> None:
    """On a phone nothing has to be scrolled to, and ten ticks say how far one is."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(server + "practice/")
    page.locator(".sitting button:enabled").tap()
    for part in (".masthead", ".footer", ".opening", "form.sitting", "main > .prose"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".ticks i")).to_have_count(10)
    page.get_by_role("button", name="Show a strong answer").tap()
    for button in page.locator(".ratings button").all():
        expect(button).to_be_in_viewport(ratio=1)
        assert button.bounding_box()["y"] > 740 / 2
    page.locator(".ratings button").nth(2).tap()
    expect(page.locator(".ticks .had")).to_have_count(1)
    page.get_by_role("button", name="Stop here").tap()
    page.get_by_role("button", name="Leave the sitting").tap()
    expect(page.locator(".masthead")).to_be_visible()
    context.close()


def test_after_the_second_sitting_the_file_is_offered_once(page: Page, server: str) -> None:
    """Whoever comes back has something to lose; whoever was told once is not told again."""
    page.goto(server + "practice/")
    offered = []
    for _ in range(3):
        page.locator(".sitting button:enabled").click()
        rate(page, "Not yet")
        page.get_by_role("button", name="Stop here").click()
        offered.append(page.locator(".stage .offer").count())
        if offered[-1]:
            with page.expect_download() as download:
                page.get_by_role("button", name="Save them to a file").click()
            assert download.value.suggested_filename == "pushback.json"
        page.get_by_role("button", name="Leave the sitting").click()
    assert offered == [0, 1, 0]


def test_where_the_phrases_do_not_come_it_says_so(page: Page, server: str) -> None:
    """A line that breaks leaves a way on, not a button that does nothing."""
    page.route("**/phrasebook/", lambda route: route.abort())
    page.goto(server + "practice/")
    expect(page.locator("form.sitting")).to_contain_text("could not be fetched")
    expect(page.locator("form.sitting a")).to_be_visible()


def test_it_fits_a_phone_stays_still_and_shuts_nobody_out(page: Page, server: str) -> None:
    """At 320 px, by touch, in every state and both schemes."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(server + "practice/")
    assert shift(page) == 0
    expect(page.locator("form.sitting button")).to_be_enabled()
    assert hindrances(page, ".sitting") == []
    begin(page)
    assert hindrances(page, ".stage") == []
    page.get_by_role("button", name="Show a strong answer").click()
    assert not wider_than_window(page)
    assert hindrances(page, ".stage") == []
    for button in page.locator(".stage button").all():
        box = button.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44
