"""Progress on the reader's own device, on the site served below a sub-path."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from checker.project import Project
from readers import STORAGE_BLOCKED, collect_errors, hindrances, keep, kept, shift, walk_to
from site_server import serving

LESSON = "owners/stress-test-your-profit/"
THIRD = "owners/cut-once/"


@pytest.fixture(scope="module")
def below(site: Path) -> Iterator[str]:
    """The site below a path, as code hosts publish it."""
    with serving(site, below="/course/") as address:
        yield address


@pytest.fixture(scope="module")
def total(course: Path) -> dict[str, int]:
    """How many lessons each part has."""
    site = Project(course / "docs")
    lessons = [path for path, _, _ in site.nav if path in site.by_rel and site.by_rel[path].kind == "lesson"]
    return {part: sum(path.startswith(f"{part}/") for path in lessons) for part in ("owners", "recruiters")}


def did_this(page: Page):
    """The button that marks a lesson."""
    return page.get_by_role("button", name="I did this")


def test_a_marked_lesson_stays_marked_and_is_ticked_in_every_list(
    page: Page, below: str, total: dict[str, int]
) -> None:
    """Readers who come back see what they have done. Otherwise they start from nothing each time."""
    errors = collect_errors(page)
    page.goto(below + LESSON)
    expect(did_this(page)).to_have_attribute("aria-pressed", "false")
    did_this(page).click()
    expect(did_this(page)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".progress [role=status]")).to_have_text(
        f"Marked. 1 of {total['owners']} done. Continue with 2: Know how many weeks your cash lasts"
    )
    for address in (LESSON, "", "owners/"):
        page.goto(below + address)
        ticked = page.locator(".toc [data-lesson]", has=page.locator(".done-mark"))
        expect(ticked).to_have_count(1)
        expect(ticked).to_have_attribute("data-lesson", LESSON)
        expect(ticked.locator(".done-mark")).to_have_text("Done")
    assert errors == []


def test_what_is_kept_is_an_address_below_the_site_and_nothing_more(page: Page, below: str) -> None:
    """Neither a new order of the lessons nor a move of the site loses a mark, and no date is kept that nobody needs."""
    page.goto(below + LESSON)
    did_this(page).click()
    assert kept(page, "progress") == {"version": 1, "done": [LESSON]}
    assert page.evaluate("Object.keys(localStorage)") == ["pushback.progress"]


def test_home_and_part_say_how_much_is_done_and_where_to_go_on(page: Page, below: str, total: dict[str, int]) -> None:
    """Whoever comes back is one press from the next lesson."""
    keep(
        page,
        below,
        progress={"version": 1, "done": [LESSON, THIRD, "recruiters/push-back/", "owners/know-your-cash-weeks/"]},
    )
    page.goto(below)
    expect(page.locator("#begin")).to_have_text("Continue with lesson 4")
    expect(page.locator("[data-next]")).to_have_text("Next: Lead in the open. ")
    expect(page.locator("[data-tally]")).to_have_text(
        [
            f"3 of {total['owners']} done. Continue with lesson 4",
            f"1 of {total['recruiters']} done. Continue with lesson 4",
        ]
    )
    assert shift(page) <= 0.01
    page.goto(below + "owners/")
    expect(page.locator("[data-tally]")).to_have_text(f"3 of {total['owners']} done. Continue with lesson 4")
    assert shift(page) <= 0.01
    page.locator("[data-tally] a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lead in the open")


def test_home_goes_on_in_the_other_part_once_one_is_done(page: Page, below: str, total: dict[str, int]) -> None:
    """A finished part does not end in a button that leads nowhere."""
    page.goto(below + "owners/")
    done = page.eval_on_selector_all(".toc [data-lesson]", "all => all.map((one) => one.dataset.lesson)")
    keep(page, below, progress={"version": 1, "done": done})
    page.goto(below)
    expect(page.locator("[data-tally]").first).to_have_text(f"All {total['owners']} done.")
    expect(page.locator("#begin")).to_have_text("Continue with lesson 1")
    assert "/course/recruiters/" in page.locator("#begin").evaluate("link => link.href")


def test_a_mark_can_be_taken_away(page: Page, below: str) -> None:
    """A slip of the thumb can be undone."""
    page.goto(below + LESSON)
    did_this(page).click()
    did_this(page).click()
    expect(page.locator(".progress [role=status]")).to_have_text("Mark taken away. ")
    expect(page.locator(".done-mark")).to_have_count(0)
    assert kept(page, "progress")["done"] == []


def test_broken_data_neither_stops_the_page_nor_the_next_mark(page: Page, below: str) -> None:
    """Half-written or foreign data must not take the lesson away."""
    errors = collect_errors(page)
    page.goto(below + LESSON)
    for odd in ("", "{", "null", "7", '"x"', "[]", '{"done":5}', '{"done":[1,null,{},"gone/away/"]}', '{"done":null}'):
        page.evaluate("(text) => localStorage.setItem('pushback.progress', text)", odd)
        page.reload()
        expect(did_this(page)).to_have_attribute("aria-pressed", "false")
        did_this(page).click()
        expect(page.locator(".done-mark"), odd).to_have_count(1)
        page.goto(below + LESSON)
        expect(did_this(page), odd).to_have_attribute("aria-pressed", "true")
    assert errors == []


def test_older_data_is_read_and_newer_data_is_not_lost(page: Page, below: str) -> None:
    """A map of addresses, as older data has it, still counts; what a newer script added is still there afterwards."""
    keep(page, below, progress={"done": {LESSON: "2025-01-01"}})
    page.goto(below + "owners/")
    expect(page.locator(".done-mark")).to_have_count(1)
    keep(page, below, progress={"version": 9, "done": [LESSON, {"new": "form"}], "goal": "one a week"})
    page.goto(below + THIRD)
    did_this(page).click()
    assert kept(page, "progress") == {"version": 9, "done": [LESSON, {"new": "form"}, THIRD], "goal": "one a week"}


def test_two_tabs_keep_each_others_marks(page: Page, below: str) -> None:
    """Lessons open side by side do not overwrite each other, and each shows what the other did."""
    page.goto(below + LESSON)
    other = page.context.new_page()
    other.goto(below + THIRD)
    did_this(page).click()
    expect(other.locator(".done-mark")).to_have_count(1)
    did_this(other).click()
    expect(page.locator(".done-mark")).to_have_count(2)
    assert kept(page, "progress")["done"] == [LESSON, THIRD]


def test_with_storage_blocked_nothing_is_offered_and_nothing_breaks(page: Page, below: str) -> None:
    """Readers in strict browsers get the lesson without a button that could not keep its promise."""
    errors = collect_errors(page)
    page.add_init_script(STORAGE_BLOCKED)
    for address in (LESSON, "", "owners/", "about/"):
        page.goto(below + address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("button", name="I did this")).to_have_count(0)
        expect(page.locator(".done-mark")).to_have_count(0)
    expect(page.locator("#device-data")).to_have_text("This browser allows no storage here, so nothing is kept.")
    assert errors == []


def test_without_a_script_no_control_of_progress_is_shown(browser: Browser, below: str) -> None:
    """No button stands there dead, and the first lesson is still one press away."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(below + LESSON)
    expect(page.locator("[data-progress]")).to_be_hidden()
    page.goto(below)
    page.locator("#begin").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()


def test_the_button_is_reached_and_pressed_by_keyboard(page: Page, below: str) -> None:
    """Nobody needs a mouse to keep track."""
    page.goto(below + LESSON)
    walk_to(page, ".progress button")
    page.keyboard.press("Space")
    expect(did_this(page)).to_have_attribute("aria-pressed", "true")


def test_everything_kept_can_be_saved_erased_and_loaded_again(page: Page, below: str, tmp_path: Path) -> None:
    """A new phone or a cleared browser does not cost the reader their progress, and erasing leaves nothing."""
    keep(
        page,
        below,
        progress={"version": 1, "done": [LESSON, THIRD]},
        practice={"version": 1, "cards": {LESSON + "#1": {"box": 2, "due": "2026-12-01"}}},
    )
    page.goto(below + "about/#on-this-device")
    expect(page.locator("#device-data li")).to_have_text(["2 lessons marked as done", "ratings of 1 phrase"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "pushback.json"
    download.value.save_as(file)

    page.get_by_role("button", name="Erase all of it").click()
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.get_by_role("button", name="Yes, erase it").click()
    expect(page.locator("#device-data li")).to_have_text("Nothing.")
    assert page.evaluate("localStorage.length") == 0

    # On the other device another lesson was marked, and the same phrase came on further.
    keep(
        page,
        below,
        progress={"version": 1, "done": [THIRD, "recruiters/push-back/"]},
        practice={"version": 1, "cards": {LESSON + "#1": {"box": 3, "due": "2026-12-09"}}},
    )
    page.goto(below + "about/")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Load from a file").click()
    chooser.value.set_files(file)
    expect(page.locator("#device-data [role=status]")).to_contain_text("Loaded, and added to what was here.")
    assert kept(page, "progress")["done"] == [LESSON, THIRD, "recruiters/push-back/"]
    assert kept(page, "practice")["cards"][LESSON + "#1"] == {"box": 3, "due": "2026-12-09"}


def test_a_file_that_is_not_ours_changes_nothing_and_says_so(page: Page, below: str, tmp_path: Path) -> None:
    """A wrong file cannot spoil what is kept."""
    keep(page, below, progress={"version": 1, "done": [LESSON]})
    page.goto(below + "about/")
    status = page.locator("#device-data [role=status]")
    for content in (
        "",
        "{",
        "[]",
        "null",
        '{"site":"pushback"}',
        '{"site":"pushback","kept":{"else":"x"}}',
        '{"site":"other","kept":{"scheme":"dark"}}',
        '{"site":"pushback","kept":{"scheme":"<b>dark</b>"}}',
        '{"site":"pushback","kept":{"pushback.progress":"{\\"done\\":7}"}}',
        '{"site":"pushback","kept":{"pushback.progress":7}}',
        '{"site":"pushback","kept":{"pushback.practice":"{\\"cards\\":{\\"x\\":{\\"box\\":{\\"toString\\":1},\\"due\\":\\"2026-11-25\\"}}}"}}',
        '{"site":"pushback","kept":{"pushback.practice":"{\\"cards\\":{\\"__proto__\\":{\\"box\\":1,\\"due\\":\\"2026-11-25\\"}}}"}}',
        '{"site":"pushback","kept":{"__proto__":"{}","pushback.scheme":"dark"}}',
        '{"site":"pushback","kept":{"pushback.own":"{\\"moments\\":[{\\"id\\":1}]}"}}',
        '{"site":"pushback","kept":{"pushback.turn.x":"{\\"a\\":[1]}"}}',
        '{"site":"pushback","kept":{"pushback.scheme":"dark"}}' + " " * 10_000_000,
    ):
        file = tmp_path / "other.json"
        file.write_text(content, "utf-8")
        status.evaluate("status => status.replaceChildren()")
        page.locator("#device-data input").set_input_files(file)
        expect(status, content).to_contain_text("Nothing was changed.")
        assert page.evaluate("({ ...localStorage })") == {
            "pushback.progress": json.dumps({"version": 1, "done": [LESSON]})
        }


def test_progress_shuts_nobody_out(page: Page, below: str) -> None:
    """Every state passes axe in both schemes: marked, counted, shown, about to be erased."""
    keep(page, below, progress={"version": 1, "done": [LESSON]})
    for address, parts in ((LESSON, (".progress", ".beside")), ("", (".hero", ".parts")), ("owners/", (".columns",))):
        page.goto(below + address)
        expect(page.locator(".done-mark")).to_have_count(1)
        assert hindrances(page, *parts) == []
    page.goto(below + "about/")
    page.locator("#device-data summary").click()
    page.get_by_role("button", name="Erase all of it").click()
    assert hindrances(page, "#device-data") == []
