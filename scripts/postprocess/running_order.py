"""The running order of a part as a calendar: one appointment of twenty minutes a week, each with its lesson."""

import datetime
import functools
import uuid
from pathlib import Path
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from postprocess.cache import Cache
from postprocess.pages import Page

NAME = "running-order.ics"
# Nine o'clock by the clock of whoever opens the file (RFC 5545, 3.3.5, form 1).
BEGINS, LASTS = datetime.time(9, 0), datetime.timedelta(minutes=20)
OFFER = (
    '<p class="calendar not-printed"><a href="{name}" download>The {many} weeks as a calendar file</a> '
    '<label class="needs-js">beginning in the week of <input type="date" data-calendar value="{day}"></label></p>'
)


def add_running_orders(site: Path, address: str, pages: list[Page], cache: Cache) -> None:
    """Write a calendar beside each page with a running order, and offer it there."""
    for page in pages:
        rows = page.tree.css(".team-sheet tbody tr")
        if not rows or not page.updated:
            continue
        first = monday_after(datetime.date.fromisoformat(page.updated))
        weeks = []
        for row in rows:
            link, what = row.css_first("a[href]"), row.css_first("p")
            if link is not None:
                lesson = urljoin(address + page.address, link.attributes["href"] or "")
                weeks.append((" ".join(link.text().split()), " ".join(what.text().split()) if what else "", lesson))
        title = page.words(".kicker") or page.text_of("og:site_name")
        made = cache.keep(
            "calendar",
            repr((title, weeks, first)).encode(),
            functools.partial(calendar, title, weeks, first),
            code=True,
        )
        (site / page.folder / NAME).write_bytes(made)
        offer = LexborHTMLParser(OFFER.format(name=NAME, many=len(weeks), day=first.isoformat())).css_first("p")
        page.tree.css_first(".team-sheet .opening").insert_after(offer)
        paper = page.tree.css_first('script[src$="paper.js"]')
        if paper is not None:
            source = (paper.attributes["src"] or "").replace("paper.js", "calendar.js")
            paper.insert_after(LexborHTMLParser(f'<script src="{source}" defer></script>').css_first("script"))


def monday_after(day: datetime.date) -> datetime.date:
    """The Monday of the week after a day."""
    return day + datetime.timedelta(days=7 - day.weekday())


def calendar(title: str, weeks: list[tuple[str, str, str]], first: datetime.date) -> bytes:
    """A calendar with one event a week, from (lesson, what to do, address); the same weeks give the same bytes."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//Pushback//Running order//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", title)
    for number, (lesson, what, address) in enumerate(weeks):
        start = datetime.datetime.combine(first + datetime.timedelta(weeks=number), BEGINS)
        event = Event()
        event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, address)))
        event.add("dtstamp", datetime.datetime.combine(first, datetime.time(), datetime.UTC))
        event.add("dtstart", start)
        event.add("dtend", start + LASTS)
        event.add("summary", f"Week {number + 1}: {lesson}")
        event.add("description", f"{what}\n\n{address}")
        event.add("url", address)
        made.add_component(event)
    return made.to_ical()
