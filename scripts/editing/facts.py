"""Finds who wrote a post, when, and how many comments it had."""

from __future__ import annotations

import datetime
import re

from .post import Block, bare

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH = r"Sept\.?|" + "|".join(rf"{month[:3]}(?:{month[3:]})?\.?" for month in _MONTHS)
_WEEKDAY = r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(?:day)?,?\s+)?"
_CLOCK = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?)?"
_DATES = (
    rf"{_WEEKDAY}(?P<month1>{_MONTH})\s+(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year1>\d{{4}}){_CLOCK}",
    rf"{_WEEKDAY}(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_MONTH}),?\s+(?P<year2>\d{{4}}){_CLOCK}",
    r"(?P<year3>\d{4})-(?P<month3>\d\d)-(?P<day3>\d\d)(?:[T ]\d\d:\d\d\S*)?",
)
_DATE = "|".join(_DATES)
_NAME = r"(?P<name>[^\W\d_]\S*(?:\s+\S+){0,4}?)"
_BY = re.compile(rf"(?:(?:Posted|Written|Published)\s+by|Author)\s*:?\s+{_NAME}(?:,?\s+on\s+(?P<on>{_DATE}))?", re.I)
_SHORT_BY = re.compile(rf"By:?\s+{_NAME}(?:,?\s+on\s+(?P<on>{_DATE}))?", re.I)
_WHEN = re.compile(rf"(?:(?:Posted|Published|Date)?\s*:?\s*(?:on\s+)?)(?P<on>{_DATE})", re.I)
_COMMENTS = re.compile(r"(?P<number>\d{1,6}|No)\s+Comments?|Comments?\s*[:(]?\s*(?P<number2>\d{1,6})\)?", re.I)
_PARTED = re.compile(r"\s*\|\s*|\s+[·•–—/-]\s+|\s*<br>\s*")
# What blogs set beside name and day and nobody wrote.
_BUTTON = re.compile(r"Leave a (?:comment|reply)|\d+ min(?:ute)?s? read", re.I)
_TWO_WAYS = re.compile(r"(?:On\s+)?\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", re.I)
_BOOK = re.compile(r"excerpt from (?:my|his|her|the)(?: new| latest)? book,? [‘“\"']([^‘’“”\"]{2,120}?)[’‘”\"']", re.I)
# How far from the beginning and the end of a post its by-line stands.
_NEAR = 6
# A line of facts is short.
_BY_LINE_WORDS = 20


class Facts:
    """What a post says of itself, and what it says in more than one way."""

    def __init__(self) -> None:
        self.author = ""
        self.posted = ""
        self.comments: int | None = None
        self.book = ""
        self.notes: list[str] = []


def taken_out(blocks: list[Block]) -> tuple[list[Block], Facts]:
    """The blocks without those that say only who, when and how many comments; and what they said."""
    facts = Facts()
    kept = []
    full = [block for block in blocks if block.how != "break"]
    near = {id(block) for block in [*full[:_NEAR], *full[-_NEAR - 2 :]]}
    early = {id(block) for block in full[:_NEAR]}
    for block in blocks:
        text = bare(block.inline.replace("<br>", " | ")).strip()
        if id(block) in near and block.how in ("text", "item") and _understood(text, id(block) in early, facts):
            continue
        if not facts.book and (book := _BOOK.search(text)):
            facts.book = book[1]
        kept.append(block)
    return kept, facts


def day(text: str) -> str:
    """A date in a text as year-month-day; empty where there is none."""
    found = re.search(_DATE, text, re.I)
    if not found:
        return ""
    at = next(n for n in "123" if found[f"year{n}"])
    month = found[f"month{at}"]
    number = (
        int(month)
        if month.isdigit()
        else next(n for n, name in enumerate(_MONTHS, 1) if name[:3].lower() == month[:3].lower())
    )
    try:
        return datetime.date(int(found[f"year{at}"]), number, int(found[f"day{at}"])).isoformat()
    except ValueError:
        return ""


def _understood(text: str, early: bool, facts: Facts) -> bool:
    """Whether a line says nothing but facts; then they are noted."""
    pieces = [piece for piece in _PARTED.split(text) if piece]
    found: list[tuple[str, object]] = []
    more: list[str] = []
    for piece in pieces:
        if by := _BY.fullmatch(piece) or (early and _SHORT_BY.fullmatch(piece)):
            if not by[0].lower().startswith(("posted", "written", "published", "author")) and not _is_name(by["name"]):
                return False
            found.append(("author", by["name"].strip(" .,")))
            if by["on"]:
                found.append(("posted", day(by["on"])))
        elif (when := _WHEN.fullmatch(piece)) and day(when["on"]):
            found.append(("posted", day(when["on"])))
        elif said := _COMMENTS.fullmatch(piece):
            number = said["number"] or said["number2"]
            found.append(("comments", int(number) if number.isdigit() else 0))
        elif _BUTTON.fullmatch(piece):
            continue
        elif _TWO_WAYS.fullmatch(piece):
            facts.notes.append(
                f"The date {piece} can be read in two ways; it stays in the text. Say it with --posted YEAR-MONTH-DAY."
            )
            return False
        else:
            more.append(piece)
    is_line = early and len(text.split()) <= _BY_LINE_WORDS and not text.endswith((".", "?", "!", "…"))
    dated = any(name == "posted" for name, _ in found)
    # A line of facts with a name or a category among them: the facts count, and the line stays.
    if is_line and dated and len(more) == 1 and not facts.author and _is_full_name(more[0]):
        found.append(("author", more.pop()))
    if more:
        if found and early and len(text.split()) <= _BY_LINE_WORDS:
            for name, value in found:
                if getattr(facts, name) in ("", None):
                    setattr(facts, name, value)
            facts.notes.append(f"This line says more than who and when, and stays in the text: {text}")
        return False
    for name, value in found:
        if getattr(facts, name) in ("", None):
            setattr(facts, name, value)
        elif getattr(facts, name) != value:
            return False
    return bool(found)


def _is_full_name(words: str) -> bool:
    """Whether words without "by" before them are a person's: two to four, each with a capital letter."""
    return 2 <= len(words.split()) <= 4 and _is_name(words) and not re.search(r"[\d:]", words)


def _is_name(words: str) -> bool:
    return all(
        word[0].isupper() or word in ("van", "von", "de", "der", "la", "le", "bin", "al", "di", "da", "of")
        for word in words.split()
    )
