"""Your turn: the lesson's own table accepts the reader's words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from readers import STORAGE_BLOCKED, collect_errors, hindrances, kept, shift, walk_to, wider_than_window

LESSON = "recruiters/push-back/"
NAME = "turn.recruiters/push-back"
LONG = "We both want the right person, and I should like to say what worries me about the wait. " * 4


def fields(page: Page) -> Locator:
    """The fields of the lesson that is open, once one has come near them."""
    page.locator("#your-turn").scroll_into_view_if_needed()
    page.locator(".exercise").wait_for()
    return page.locator(".exercise textarea")


def tables_with(server: str, cells: str) -> Callable:
    """Serves the lesson with another table in its exercise: the rows as they are given, in HTML."""

    def answer(route) -> None:
        response = route.fetch()
        before, _, rest = response.text().partition("<h2 id=your-turn>")
        if not rest:
            before, _, rest = response.text().partition('<h2 id="your-turn">')
        text, _, after = rest.partition("<table>")
        body = f'{before}<h2 id="your-turn">{text}<table>{cells}</table>{after.partition("</table>")[2]}'
        route.fulfill(response=response, body=body)

    return answer


def test_every_empty_cell_becomes_a_field_that_grows(page: Page, server: str) -> None:
    """A table that looks like a form and accepts nothing is a promise broken in front of the reader."""
    errors = collect_errors(page)
    page.goto(server + LESSON)
    heads = page.locator("#your-turn ~ .table thead th, .exercise thead th").all_inner_texts()
    all_fields = fields(page)
    assert all_fields.count() >= 3
    names = [field.get_attribute("aria-label") or "" for field in all_fields.all()]
    assert len(set(names)) == len(names)
    assert all(name.split(", ")[-1] == heads[-1] for name in names)
    first = all_fields.first
    low = first.bounding_box()["height"]
    first.fill(LONG)
    assert first.bounding_box()["height"] > low * 2
    assert first.evaluate("field => field.scrollHeight <= field.clientHeight + 1")
    assert errors == []


def test_the_answers_get_two_thirds_of_the_width(page: Page, server: str) -> None:
    """Short questions need little room, and sentences much."""
    page.goto(server + LESSON)
    table, field = page.locator(".exercise table"), fields(page).first
    assert 0.6 <= field.bounding_box()["width"] / table.bounding_box()["width"] <= 0.7


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("columns", [2, 3, 5])
def test_on_a_phone_each_row_is_a_labelled_stack(page: Page, server: str, width: int, columns: int) -> None:
    """Nobody scrolls sideways to write, however many columns an editor made."""
    heads = "".join(f"<th>Column number {number}</th>" for number in range(columns))
    row = "<tr><td>First talk with them</td>" + "<td></td>" * (columns - 1) + "</tr>"
    page.route("**/" + LESSON, tables_with(server, f"<thead><tr>{heads}</tr></thead><tbody>{row}{row}</tbody>"))
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(server + LESSON)
    all_fields = fields(page)
    expect(all_fields).to_have_count(2 * (columns - 1))
    all_fields.last.fill("averylongwordthatnobodywouldeverwriteinonepiece" * 3)
    assert not wider_than_window(page)
    boxes = [field.bounding_box() for field in all_fields.all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width and box["width"] > width * 0.8 for box in boxes)
    assert [box["y"] for box in boxes] == sorted(box["y"] for box in boxes)
    label = page.locator(".exercise td:has(textarea)").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )
    assert ("Column number 1" in label) == (columns > 2)
    assert len({field.get_attribute("aria-label") for field in all_fields.all()}) == 2 * (columns - 1)


def test_nothing_is_kept_unless_one_asks_for_it(page: Page, server: str) -> None:
    """Words about a client are nobody else's business, on a shared computer least of all."""
    page.goto(server + LESSON)
    fields(page).first.fill("Mine")
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    expect(fields(page).first).to_have_value("")
    fields(page).first.fill("Mine, with <b>marks</b>")
    page.get_by_label("Keep my words").check()
    fields(page).last.fill("Also this")
    page.reload()
    expect(fields(page).first).to_have_value("Mine, with <b>marks</b>")
    expect(fields(page).last).to_have_value("Also this")
    expect(page.get_by_label("Keep my words")).to_be_checked()
    page.get_by_label("Keep my words").uncheck()
    assert kept(page, NAME) is None
    page.get_by_label("Keep my words").check()
    page.get_by_role("button", name="Empty it").click()
    assert kept(page, NAME) is None
    expect(fields(page).first).to_be_focused()


def test_two_tabs_agree(page: Page, server: str) -> None:
    """What one writes in one tab is not overwritten by an older one."""
    page.goto(server + LESSON)
    other = page.context.new_page()
    other.goto(server + LESSON)
    expect(fields(other)).to_have_count(fields(page).count())
    fields(page).first.fill("Here")
    page.get_by_label("Keep my words").check()
    expect(fields(other).first).to_have_value("Here")


def test_it_is_copied_and_shared_as_a_note(page: Page, server: str) -> None:
    """What one wrote leaves the page as something a colleague can read, without the rows that are empty."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("navigator.share = async (data) => { window.shared = data; };")
    page.goto(server + LESSON)
    all_fields = fields(page)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".exercise [role=status]")).to_have_text("Nothing is written yet.")
    all_fields.first.fill("  You want people who stay. ")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".exercise [role=status]")).to_have_text("Copied as a note.")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0] == page.get_by_role("heading", level=1).inner_text()
    assert lines[2].endswith("You want people who stay.")
    assert lines[3:] == ["", server + LESSON]
    page.get_by_role("button", name="Share").click()
    assert page.evaluate("window.shared.text").split("\n") == lines


def test_a_device_without_a_share_sheet_gets_no_dead_button(page: Page, server: str) -> None:
    """A button that can do nothing is worse than none."""
    page.add_init_script("delete Navigator.prototype.share; delete navigator.share;")
    page.goto(server + LESSON)
    fields(page)
    expect(page.get_by_role("button", name="Share")).to_have_count(0)


def test_it_prints_alone_and_as_one_sheet(page: Page, server: str) -> None:
    """One takes the answers to the call, not the lesson."""
    page.add_init_script("window.print = () => {};")
    page.goto(server + LESSON)
    fields(page).first.fill(LONG)
    page.get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".exercise table")).to_be_visible()
    for part in (".exercise .tools", ".moments", ".check", "#the-idea"):
        expect(page.locator(part)).to_be_hidden()
    field = page.locator(".exercise textarea").first
    assert field.evaluate("field => field.scrollHeight <= field.clientHeight + 2")


def test_by_keyboard_and_without_movement(page: Page, server: str) -> None:
    """Tab reaches each field in the order of reading, and nothing jumps when they come."""
    page.goto(server + LESSON)
    walk_to(page, ".exercise textarea", 200)
    page.keyboard.type("Typed")
    expect(fields(page).first).to_have_value("Typed")
    page.keyboard.press("Tab")
    expect(fields(page).nth(1)).to_be_focused()
    assert shift(page) <= 0.01


def test_with_storage_blocked_one_writes_and_copies(page: Page, server: str) -> None:
    """No tick that could not keep its promise, and no error."""
    errors = collect_errors(page)
    page.add_init_script(STORAGE_BLOCKED)
    page.goto(server + LESSON)
    fields(page).first.fill("Mine")
    expect(page.get_by_label("Keep my words")).to_have_count(0)
    assert errors == []


def test_broken_data_does_no_harm(page: Page, server: str) -> None:
    """Whatever a curious hand left there, the fields can be used."""
    page.goto(server + LESSON)
    errors = collect_errors(page)
    for old in ("{", "7", '"x"', "null", "[1]", '{"toString":1}', '{"__proto__":{"x":1}}'):
        page.evaluate("([name, old]) => localStorage.setItem('pushback.' + name, old)", [NAME, old])
        page.reload()
        expect(fields(page).first).to_have_value("")
    assert errors == []


def test_without_a_script_the_ruled_table_stays(browser: Browser, server: str) -> None:
    """It is filled by hand, on paper."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + LESSON)
    expect(page.locator("#your-turn ~ table td:empty, #your-turn ~ .table td:empty").first).to_be_visible()
    expect(page.locator("textarea")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_it_shuts_nobody_out(page: Page, server: str, width: int) -> None:
    """Empty and filled, in both schemes."""
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(server + LESSON)
    all_fields = fields(page)
    assert hindrances(page, ".exercise") == []
    all_fields.first.fill(LONG)
    page.get_by_label("Keep my words").check()
    assert hindrances(page, ".exercise") == []
