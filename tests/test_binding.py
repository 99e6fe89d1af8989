"""Parts for print and running orders: both are made from the built pages of their lessons."""

import datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page

from postprocess.binding import bind
from postprocess.pages import Page as BuiltPage
from postprocess.running_order import monday_after
from site_pages import read_pages

LESSON = """<!doctype html><html><head><meta charset="utf-8"></head><body><article data-lesson="owners/{name}/">
<header class="opening"><h1>The {name}</h1></header><div class="prose"><h2 id="idea">Idea</h2>
<p><a href="#idea">here</a> <a href="../{other}/#idea">there</a> <a href="../../about/">out</a></p>
<svg aria-labelledby="t"><title id="t">Drawn</title><use href="#t"/></svg>
<section class="check" aria-labelledby="check" data-check><h2 id="check">Check</h2>
<ol class="options"><li data-right>A</li></ol>
<details><summary>See</summary><ol><li><b>Right.</b> Because.</li></ol></details></section>
<details class="filled"><summary>Filled in</summary><p>Thus.</p></details><button>Press</button></div>
</article></body></html>"""
PRINT = """<!doctype html><html><head><meta charset="utf-8"></head><body><nav class="contents"><ol>
<li><a href="../one/">One</a></li><li><a href="../two/">Two</a></li></ol></nav><div data-bind></div></body></html>"""


@pytest.fixture
def bound(tmp_path: Path) -> BuiltPage:
    """A part of two lessons, bound."""
    pages = {}
    texts = {
        "one": LESSON.format(name="one", other="two"),
        "two": LESSON.format(name="two", other="one"),
        "print": PRINT,
    }
    for name, text in texts.items():
        file = tmp_path / "owners" / name / "index.html"
        file.parent.mkdir(parents=True)
        file.write_text(text, "utf-8")
        pages[f"owners/{name}/"] = BuiltPage(tmp_path, file)
    bind(pages["owners/print/"], pages.get)
    return pages["owners/print/"]


def test_every_lesson_stands_in_the_part_one_level_down(bound: BuiltPage) -> None:
    """The part is one document: its lessons are chapters of it."""
    assert [node.text() for node in bound.tree.css(".bound h2")] == ["The one", "The two"]
    assert [node.text() for node in bound.tree.css(".bound h3")] == ["Idea", "Check"] * 2


def test_ids_and_links_turn_to_the_page(bound: BuiltPage) -> None:
    """Two lessons have two first notes: each mark must find its own, and a link to the other lesson its copy here."""
    ids = [node.attributes["id"] for node in bound.tree.css("[id]")]
    assert len(ids) == len(set(ids))
    links = [node.attributes["href"] for node in bound.tree.css(".bound a[href]")]
    assert links[:4] == ["#one-idea", "#two-idea", "../../about/", "#one-answer"]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert (
        bound.attribute(".bound svg", "aria-labelledby") == "one-t"
        and bound.attribute(".bound use", "href") == "#one-t"
    )


def test_what_needs_a_press_is_open_and_answers_stand_at_the_end(bound: BuiltPage) -> None:
    """Nobody can press a sheet of paper, and nobody should see the answer beside the question."""
    assert not bound.tree.css("details, summary, .bound button, [data-right]")
    assert bound.words(".bound .filled") == "Filled inThus."
    assert [node.text() for node in bound.tree.css(".answers li")] == ["A. Right. Because."] * 2


def test_a_running_order_is_a_calendar_with_one_lesson_a_week(site: Path) -> None:
    """Whoever runs the lessons with a team puts them into the diary once."""
    for one in [one for one in read_pages(site) if one.kind == "team-sheet"]:
        events = Calendar.from_ical((one.file.parent / "running-order.ics").read_bytes()).walk("VEVENT")
        assert len(events) == len(one.tree.css("tbody tr")) > 1
        days = [event.decoded("dtstart") for event in events]
        assert all(later - day == datetime.timedelta(weeks=1) for day, later in zip(days, days[1:], strict=False))
        assert days[0].weekday() == 0 and len({str(event["uid"]) for event in events}) == len(events)
        assert all(
            event.decoded("dtend") - event.decoded("dtstart") == datetime.timedelta(minutes=20) for event in events
        )
        assert str(events[0]["summary"]).endswith(one.text("tbody a"))


def test_the_calendar_begins_in_the_week_that_one_chooses(page: Page, server: str, site: Path) -> None:
    """A calendar whose weeks are over is of no use to a team that begins next month."""
    one = next(one for one in read_pages(site) if one.kind == "team-sheet")
    page.goto(server + one.address)
    page.get_by_label("beginning in the week of").fill("2031-05-08")
    page.wait_for_function("() => document.querySelector('.calendar a').href.startsWith('blob:')")
    with page.expect_download() as download:
        page.locator(".calendar a").click()
    events = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    assert events[0].decoded("dtstart").date() == datetime.date(2031, 5, 5)
    assert download.value.suggested_filename == "running-order.ics"


@pytest.mark.parametrize(("day", "monday"), [("2026-11-22", "2026-11-23"), ("2026-11-23", "2026-11-30")])
def test_the_first_week_is_the_one_after_the_last_change(day: str, monday: str) -> None:
    """The same sources give the same calendar on every day."""
    assert monday_after(datetime.date.fromisoformat(day)).isoformat() == monday
