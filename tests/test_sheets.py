"""Tables that compute: the reader's own figures in a lesson's table."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from readers import STORAGE_BLOCKED, collect_errors, hindrances, keep, kept, shift, walk_to, wider_than_window

BAD_YEAR = "owners/stress-test-your-profit/"
CASH = "owners/know-your-cash-weeks/"
DISCOUNT = "owners/price-by-policy/"
SCORE = "recruiters/qualify-every-brief/"
SHEETS = (BAD_YEAR, CASH, DISCOUNT, SCORE)
# What a reader must never meet.
BROKEN = re.compile(r"NaN|undefined|Infinity|null|\{")


def sheet(page: Page) -> Locator:
    """The sheet of the lesson that is open."""
    return page.locator("[data-sheet]")


def fill(page: Page, *typed: str) -> None:
    """Type into the fields from the top; an empty string leaves a field as empty."""
    ready(page)
    fields = sheet(page).get_by_role("textbox").all()
    for field, text in zip(fields, typed, strict=False):
        field.fill(text)
        field.blur()


def ready(page: Page) -> None:
    """Wait for the fields: they come when one gets near the sheet."""
    sheet(page).scroll_into_view_if_needed()
    page.locator(".computes").wait_for()


def rows(table: Locator) -> dict[str, list[str]]:
    """A table's cells by what stands first in their row. A field counts with what is typed in it."""
    found = table.evaluate("""table => [...table.tBodies[0].rows].map((row) =>
        [...row.cells].map((cell) => (cell.querySelector("input")?.value ?? cell.textContent).trim()))""")
    return {first: rest for first, *rest in found}


def said(page: Page) -> str:
    """What the sheet says of the result."""
    return re.sub(r"\s+", " ", sheet(page).get_by_role("status").inner_text())


def test_the_bad_year_comes_out_as_in_the_lesson(page: Page, server: str) -> None:
    """Whoever types the example's figures must see the example's results, or they trust neither."""
    page.goto(server + BAD_YEAR)
    example = rows(page.locator(".strong table"))
    fill(
        page,
        *(example[name][0] for name in ("Permanent gross profit", "Contract gross profit", "Costs", "Reserves today")),
    )
    assert rows(sheet(page).locator("table")) == example
    assert "you lose 580" in said(page) and "last 6 months" in said(page) and "break even at 85 %" in said(page)


def test_cash_weeks_come_out_as_in_the_lesson(page: Page, server: str) -> None:
    """The example's two figures give its other two."""
    page.goto(server + CASH)
    example = rows(page.locator(".prose table").first)
    fill(page, *(example[name][0] for name in ("Cash you can use today", "Paid out in the last 13 weeks")))
    assert rows(sheet(page).locator("table")) == example
    assert "for 6 weeks" in said(page)
    # The lesson's two other cases: invoice 114 paid, and five contractors for four weeks.
    fill(page, "320", "520")
    assert rows(sheet(page).locator("table"))["Cash weeks"] == ["8"]
    fill(page, "200", "650")
    assert rows(sheet(page).locator("table"))["Cash weeks"] == ["4"]


@pytest.mark.parametrize(("column", "asked"), [(0, "17"), (1, "18")])
def test_a_discount_comes_out_as_in_the_lesson(page: Page, server: str, column: int, asked: str) -> None:
    """Both columns of the example: 60,000, twelve placements, from a fee of 20 per cent."""
    page.goto(server + DISCOUNT)
    fill(page, "60,000", "20", asked, "12")
    own = rows(sheet(page).locator("table"))
    example = {name.split(",")[0]: cells[column] for name, cells in rows(page.locator(".strong table").first).items()}
    assert {name: own[name][0] for name in example} == example
    assert f"{20 - int(asked)} points off the fee" in said(page)


@pytest.mark.parametrize("job", [1, 2])
def test_a_brief_scores_as_in_the_lesson(page: Page, server: str, job: int) -> None:
    """The scores of job A and of job B give the totals that the lesson names."""
    page.goto(server + SCORE)
    example = rows(page.locator(".strong table"))
    *scores, total = (cells[job - 1][0:2].rstrip(":") for cells in example.values())
    fill(page, *scores)
    assert rows(sheet(page).locator("table"))["Total out of 24"][1] == total
    assert said(page).startswith(f"{total} out of 24.")
    assert ("Ask next about: Pay, Must-haves, Agencies." in said(page)) == (job == 1)
    assert ("whether the post is signed" in said(page)) == (job == 2)


READ = {
    "1,234.5": "1,234.5", "1.234,5": "1,234.5", "1 234,5": "1,234.5", "1\u202f234,5": "1,234.5", "1'234": "1,234",
    "1’234.50": "1,234.5", "1.4 m": "1,400,000", "1.4m": "1,400,000", "1,4 Million": "1,400,000", "20k": "20,000",
    "1,400": "1,400", "1.234.567": "1,234,567", "12,34,567": "1,234,567", "0.125": "0.125", "0,5": "0.5", ".5": "0.5",
    "£ 300": "300", "$1,000": "1,000", "２４０": "240", " 240 ": "240", "007": "7", "12,5": "12.5",
}  # fmt: skip


def test_numbers_are_read_as_people_write_them(page: Page, server: str) -> None:
    """Readers come from everywhere. The field shows how a number was understood, so that a slip is seen."""
    page.goto(server + CASH)
    ready(page)
    field = sheet(page).get_by_role("textbox").first
    understood = {}
    for typed in READ:
        field.fill(typed)
        field.blur()
        understood[typed] = field.input_value()
        assert field.get_attribute("aria-invalid") == "false", typed
    assert understood == READ


UNREAD = {
    "1.234": "1.234 can be read in two ways. Write 1234 or 1.23.",
    "abc": "“abc” is no number", "1,2,3": "is no number", "1.2.3": "is no number", "12 34": "is no number",
    "5 apples": "is no number",
    "1e9": "is no number", "--5": "is no number", "½": "is no number", "NaN": "is no number",
    "Infinity": "is no number", "-5": "without a minus sign", "−5": "without a minus sign",
    "20 %": "not a share in per cent",
    "9" * 40: "is too large", "2000000000000": "is too large", "9" * 400: "is too large",
    "<b>1</b>": "“<b>1</b>” is no number",
}  # fmt: skip


def test_what_cannot_be_read_gets_a_sentence(page: Page, server: str) -> None:
    """A wrong or ambiguous number is named with its row and a way out, and computes nothing."""
    errors = collect_errors(page)
    page.goto(server + CASH)
    fill(page, "", "520")
    field = sheet(page).get_by_role("textbox").first
    for typed, sentence in UNREAD.items():
        field.fill(typed)
        field.blur()
        assert said(page).startswith("Cash you can use today: ") and sentence in said(page), (typed, said(page))
        assert field.input_value() == typed
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(sheet(page).get_by_role("status").inner_text())
        assert rows(sheet(page).locator("table"))["Cash weeks"] == [""]
        assert not BROKEN.search(sheet(page).inner_text().replace(typed, "")), typed
    assert errors == []


def test_shares_and_scores_have_their_limits(page: Page, server: str) -> None:
    """A fee is at most a hundred per cent; a score is 0, 1, 2 or 3."""
    page.goto(server + DISCOUNT)
    fill(page, "60000", "20 %", "101", "20000")
    assert sheet(page).get_by_role("textbox").nth(1).input_value() == "20"
    assert "Fee asked for in per cent: that is too large for this sheet; 100 is the most." in said(page)
    assert "Placements a year at this fee: that is too large" in said(page)
    page.goto(server + SCORE)
    for typed in ("4", "-1", "1.5", "1,5", "x", "3 %"):
        fill(page, typed)
        assert said(page) == "Approved: write 0, 1, 2 or 3."


MEANINGS = [
    (BAD_YEAR, ["", "", "", ""], "Type your figures"),
    (BAD_YEAR, ["1,400", "", "", "290"], "Still to fill in: Contract gross profit, Costs."),
    (BAD_YEAR, ["1400", "600", "900", "290"], "Even the bad year ends at 220, so the reserves stay whole."),
    (BAD_YEAR, ["0", "0", "0", "0"], "Even the bad year ends at 0, so the reserves stay whole."),
    (BAD_YEAR, ["0", "0", "1200", "100"], "The reserves last 1 month:"),
    (BAD_YEAR, ["1000", "0", "501", "1000000"], "would last for more than a hundred years"),
    (BAD_YEAR, ["1e3", "600", "-1", "290"], "Costs: write nought or more"),
    (BAD_YEAR, ["1000000000000"] * 4, "Even the bad year ends at 200,000,000,000"),
    (CASH, ["240", "0"], "Nothing paid out in 13 weeks leaves nothing to divide by."),
    (CASH, ["0", "520"], "for 0 weeks"),
    (CASH, ["40", "520"], "for 1 week, until"),
    (CASH, ["1000000000000", "0.01"], "for more than a hundred years"),
    (DISCOUNT, ["60000", "20", "20", "12"], "Both fees are the same"),
    (DISCOUNT, ["60000", "20", "22", "12"], "a rise, no discount"),
    (DISCOUNT, ["60000", "20", "0", "12"], "20 points off the fee: that is 100 % off"),
    (DISCOUNT, ["60000", "0", "0", "12"], "Both fees are the same"),
    (DISCOUNT, ["0", "20", "19", "0"], "1 point off the fee"),
    (DISCOUNT, ["1000000000000", "100", "0", "10000"], "100 % off"),
    (SCORE, [""] * 8, "Type your figures"),
    (SCORE, ["3"] * 8, "24 out of 24. Nothing is left to ask"),
    (SCORE, ["3"] + [""] * 7, "3 out of 24. 7 rows are empty and count as nought."),
    (SCORE, ["0"] * 8, "0 out of 24. First find out whether the post is signed"),
]


@pytest.mark.parametrize("address", SHEETS)
def test_every_result_is_told_in_a_sentence(page: Page, server: str, address: str) -> None:
    """Empty, nothing, huge and turned round: always a sentence, never a sign that only a programmer reads."""
    errors = collect_errors(page)
    page.goto(server + address)
    for of, typed, sentence in MEANINGS:
        if of == address:
            fill(page, *typed)
            assert sentence in said(page), (typed, said(page))
            assert not BROKEN.search(sheet(page).inner_text()), typed
    assert errors == []


@pytest.mark.parametrize("address", SHEETS)
def test_fields_are_named_by_row_and_column(page: Page, server: str, address: str) -> None:
    """Somebody who hears the page must know which cell they are in."""
    page.goto(server + address)
    ready(page)
    heads = sheet(page).locator("thead th").all_inner_texts()
    names = rows(sheet(page).locator("table")).keys()
    fields = sheet(page).get_by_role("textbox")
    said_names = [field.get_attribute("aria-label") or "" for field in fields.all()]
    assert len(said_names) == {BAD_YEAR: 4, CASH: 2, DISCOUNT: 4, SCORE: 8}[address]
    assert all(name.split(", ")[0] in names and name.split(", ")[1] in heads for name in said_names)
    assert len(set(said_names)) == len(said_names)
    expect(sheet(page).get_by_role("status")).to_have_count(1)


def test_the_result_comes_while_typing_and_by_keyboard(page: Page, server: str) -> None:
    """No press of a button, no mouse: Tab, figures, and the sentence is there after a pause."""
    page.goto(server + CASH)
    walk_to(page, "[data-sheet] input")
    page.keyboard.type("240")
    page.keyboard.press("Tab")
    page.keyboard.type("520")
    expect(sheet(page).get_by_role("status")).to_contain_text("for 6 weeks")
    walk_to(page, "[data-sheet] input[type=checkbox]", 3)
    page.keyboard.press("Space")
    assert kept(page, "sheet.cash-weeks") == {"cash": "240", "paid": "520", "=cash": "240", "=week": "40"}


def test_figures_stay_only_if_asked_and_go_when_told(page: Page, server: str) -> None:
    """They are a firm's secrets. Nothing is written before the tick, and unticking or emptying leaves nothing."""
    there = "localStorage.getItem('pushback.sheet.cash-weeks')"
    tick = page.get_by_label("Keep these figures on this device")
    page.goto(server + CASH)
    fill(page, "240", "520")
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert rows(sheet(page).locator("table"))["Cash weeks"] == [""]
    fill(page, "240", "520")
    tick.check()
    fill(page, "320")
    page.reload()
    expect(tick).to_be_checked()
    assert rows(sheet(page).locator("table"))["Cash weeks"] == ["8"]
    tick.uncheck()
    assert page.evaluate(there) is None
    tick.check()
    page.get_by_role("button", name="Empty it").click()
    assert page.evaluate(there) is None
    expect(tick).not_to_be_checked()
    expect(sheet(page).get_by_role("textbox").first).to_be_focused()
    assert {cell for cells in rows(sheet(page).locator("table")).values() for cell in cells} == {""}


def test_broken_or_older_figures_do_no_harm(page: Page, server: str) -> None:
    """Whatever an older version or a curious hand left there, the sheet can be used."""
    page.goto(server + CASH)
    errors = collect_errors(page)
    for old in (
        "{",
        "7",
        '"x"',
        "null",
        "[1, null, {}]",
        "[]",
        '{"cash":{"toString":1}}',
        '{"__proto__":{"cash":"9"}}',
        '{"cash":7}',
        '["240", "520", "9", "9"]',
        '["x"]',
    ):
        page.evaluate("(old) => localStorage.setItem('pushback.sheet.cash-weeks', old)", old)
        page.reload()
        assert not BROKEN.search(sheet(page).inner_text()), old
        fill(page, "240", "520")
        assert "for 6 weeks" in said(page), old
    assert errors == []


def test_two_tabs_agree(page: Page, server: str) -> None:
    """What is kept in one tab shows in the other; what is erased there is no longer kept here."""
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(server + CASH)
        ready(tab)
    fill(page, "240", "520")
    page.get_by_label("Keep these figures").check()
    expect(other.get_by_role("textbox").first).to_have_value("240")
    other.get_by_label("Keep these figures").uncheck()
    expect(page.get_by_label("Keep these figures")).not_to_be_checked()


def test_with_storage_blocked_it_computes_and_offers_no_tick(page: Page, server: str) -> None:
    """No promise that cannot be held, and no error."""
    errors = collect_errors(page)
    page.add_init_script(STORAGE_BLOCKED)
    page.goto(server + CASH)
    fill(page, "240", "520")
    assert "for 6 weeks" in said(page)
    expect(page.get_by_label("Keep these figures")).to_be_hidden()
    page.get_by_role("button", name="Empty it").click()
    assert errors == []


def test_without_a_script_the_table_is_filled_by_hand(browser: Browser, server: str) -> None:
    """The lesson's table stands as it was written, with room in its empty cells and nothing that does not work."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for address in SHEETS:
        page.goto(server + address)
        expect(sheet(page).locator("input, button")).to_have_count(0)
        empty = sheet(page).locator("tbody td:empty")
        assert empty.count() >= 4
        page.emulate_media(media="print")
        assert empty.first.bounding_box()["height"] >= 30
        page.emulate_media(media="screen")
    context.close()


def test_a_table_of_another_shape_is_left_alone(page: Page, server: str) -> None:
    """An editor who adds a row loses the computing, not the table."""
    errors = collect_errors(page)

    def with_a_row_more(route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer,
            body=answer.text().replace("<td>Cash weeks</td>", "<td>New</td><td></td></tr><tr><td>Cash weeks</td>"),
        )

    page.route("**/" + CASH, with_a_row_more)
    page.goto(server + CASH)
    expect(sheet(page).locator("tbody tr")).to_have_count(5)
    expect(sheet(page).locator("input")).to_have_count(0)
    assert errors == []


def with_rows(page: Page, address: str, sheet_of: str, name: str, *labels: str) -> None:
    """Serve the lesson with a sheet of these rows, as an editor would write them, in place of its own."""
    rows_of = "".join(f"<tr><td>{label}</td><td></td><td></td></tr>" for label in labels)

    def answer(route) -> None:
        response = route.fetch()
        text = response.text().replace(f'data-sheet="{sheet_of}"', f'data-sheet="{name}"')
        text = text.replace(f"data-sheet={sheet_of}", f"data-sheet={name}")
        before, mark, after = text.partition(f"data-sheet={name}")
        if not mark:
            before, mark, after = text.partition(f'data-sheet="{name}"')
        start, _, rest = after.partition("<tbody>")
        body = before + mark + start + f"<tbody>{rows_of}</tbody>" + rest.partition("</tbody>")[2]
        route.fulfill(response=response, body=body)

    page.route("**/" + address, answer)


def test_rows_are_known_by_their_words_in_any_order_and_some_may_be_added(page: Page, server: str) -> None:
    """Commission, tax and notice pay decide whether a bad year is survived, and an editor may give them a row."""
    labels = (
        "Contract gross profit", "Permanent gross profit", "Commission in per cent", "Both together", "Fixed costs",
        "Result for the year", "Money in the bank", "Tax owed", "Notice pay",
        "Reserves you may spend", "Months until they end",
    )  # fmt: skip
    with_rows(page, BAD_YEAR, "bad-year", "bad-year", *labels)
    page.goto(server + BAD_YEAR)
    fill(page, "180000", "840000", "15", "747000", "310000", "100000", "60000")
    own = rows(sheet(page).locator("table"))
    assert own["Both together"] == ["867,000", "464,100"]
    assert own["Result for the year"] == ["120,000", "−282,900"]
    assert own["Reserves you may spend"] == ["150,000", "150,000"]
    assert own["Months until they end"] == ["–", "6.4"]
    assert not BROKEN.search(sheet(page).inner_text())


def test_late_payment_shortens_the_cash(page: Page, server: str) -> None:
    """Profit is not cash: twenty days later is money that others hold."""
    with_rows(
        page, CASH, "cash-weeks", "cash-weeks",
        "Cash in the bank", "Tax owed", "Paid out in the last 13 weeks", "Came in in the last 13 weeks",
        "Days later", "Paid out per week", "Cash weeks", "Cash weeks if they pay later",
    )  # fmt: skip
    page.goto(server + CASH)
    fill(page, "278000", "80000", "468000", "455000", "14")
    own = rows(sheet(page).locator("table"))
    assert own["Cash weeks"][0] == "5.5"
    assert own["Cash weeks if they pay later"][0] == "3.6"


def test_figures_pass_from_one_sheet_to_the_next(page: Page, server: str) -> None:
    """One chain, from the bad year to the hire: nobody types a figure twice. Only what is kept is passed."""
    take = page.get_by_role("button", name="Take your figures")
    page.goto(server + BAD_YEAR)
    fill(page, "1400", "600", "1700", "290")
    page.goto(server + CASH)
    ready(page)
    expect(take).to_be_hidden()
    page.goto(server + BAD_YEAR)
    fill(page, "1400", "600", "1700", "290")
    page.get_by_label("Keep these figures").check()
    page.goto(server + CASH)
    ready(page)
    take.click()
    assert sheet(page).get_by_role("textbox").first.input_value() == "290"
    expect(take).to_be_hidden()
    fill(page, "290", "520")
    page.get_by_label("Keep these figures").check()
    # What a discount costs, in weeks of everything: 21,600 at 40 a week.
    page.goto(server + DISCOUNT)
    fill(page, "60000", "20", "17", "12")
    assert "pays 540 weeks of everything" in said(page)
    with_rows(
        page, DISCOUNT, "discount", "hire",
        "Pay a month", "Months until a first fee", "Setting them up", "Cash you can use", "Paid out each week",
        "Cash weeks you want to keep", "The hire costs", "Cash weeks now", "Cash weeks with the hire", "Missing",
    )  # fmt: skip
    page.goto(server + DISCOUNT)
    ready(page)
    take.click()
    own = rows(sheet(page).locator("table"))
    assert own["Cash you can use"][0] == "290" and own["Paid out each week"][0] == "40"
    # The new pay comes off the cash, once: (290 - 90) / 40 weeks, and 6 x 40 + 90 - 290 is missing.
    fill(page, "10", "6", "30", "290", "40", "6")
    own = rows(sheet(page).locator("table"))
    assert own["Cash weeks with the hire"][0] == "5" and own["Missing"][0] == "40"


def test_passed_figures_that_are_broken_are_not_offered(page: Page, server: str) -> None:
    """A curious hand, or an older version, must not put nonsense into a sheet."""
    for odd in ({"=cash": "NaN"}, {"=cash": "-5"}, {"=cash": "1e99"}, {"=cash": {"toString": 1}}, {"cash": "1"}):
        keep(page, server, **{"sheet.bad-year": odd})
        page.goto(server + CASH)
        ready(page)
        expect(page.get_by_role("button", name="Take your figures")).to_be_hidden()


def test_it_prints_the_sheet_alone(page: Page, server: str) -> None:
    """One press gives a page with the title, the figures and what they mean, and nothing else."""
    page.goto(server + BAD_YEAR)
    page.evaluate("window.print = () => { window.printed = true; }")
    fill(page, "1,400", "600", "1,700", "290")
    page.get_by_role("button", name="Print this sheet").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    for there in (page.locator("h1"), sheet(page).locator("table"), sheet(page).get_by_role("status")):
        expect(there).to_be_visible()
    for gone in ("#moments", ".signup-card", ".sheet-tools", ".masthead", ".standfirst"):
        expect(page.locator(gone)).to_be_hidden()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.emulate_media(media="screen")
    expect(page.locator("#moments")).to_be_visible()


@pytest.mark.parametrize("address", SHEETS)
def test_a_sheet_shuts_nobody_out(page: Page, server: str, address: str) -> None:
    """Figures right and wrong pass axe in both schemes; targets are large; nothing moves or sticks out at 320 px."""
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(server + address)
    assert shift(page) == 0
    fill(page, "1", "2", "3", "1")
    assert not wider_than_window(page)
    box = page.locator("[data-sheet] .table, [data-sheet] table").first
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    for target in sheet(page).locator("input:visible, button:visible").all():
        size = target.bounding_box()
        assert size["height"] >= 24 and size["width"] >= 24
    for button in sheet(page).locator("button:visible, label").all():
        assert button.bounding_box()["height"] >= 44
    fill(page, "x", "1.234")
    assert hindrances(page, "[data-sheet]") == []


def test_only_lessons_with_a_sheet_carry_its_script(site: Path) -> None:
    """Nobody pays for a table that is not there, and whoever reads one pays when they come to it."""
    for page in site.glob("*/*/index.html"):
        text = page.read_text("utf-8")
        has = "data-sheet=" in text and page.parent.name != "print"
        assert ("data-sheets=" in text) == has, page
        assert not re.search(r"<(script|link)\b[^>]*\bsheets\.", text), page


def test_the_privacy_page_can_erase_a_sheet(page: Page, server: str) -> None:
    """What a reader let a sheet keep is under the one name that the privacy page erases by."""
    page.goto(server + CASH)
    fill(page, "240", "520")
    page.get_by_label("Keep these figures").check()
    assert json.loads(page.evaluate("JSON.stringify(Object.keys(localStorage))")) == ["pushback.sheet.cash-weeks"]
