"""Counts the habits of the lessons' prose, so that nobody sees a machine behind it. A report: never a fault.

Each count has a ceiling or a range, none is a target. The lines are places to read again, not a verdict.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from checker import words
from checker.files import ROOT
from checker.project import Project
from checker.source import Page

SYMPATHY = re.compile(
    r"[^.?!:]*\b(?:thank(?:s| you)|glad(?:ly)?|sorry|happy to|i hear|i understand|i know|i can see|i see why|i'd love"
    r"|i'd (?:\w+ )?(?:dislike|hate|ask|feel|want|worry|like)|i hope|i don't want to|me too|as well|to me too|no wonder"
    r"|you're right|you want|you'd like|of course|fair|well done|nothing's wrong|maybe|some will|yes\b(?!,? but)"
    r"|(?:that|it)(?:'s| is| feels| sounds| must be) (?:\w+ ){0,3}(?:hard|kind|reasonable|natural|miserable|slower"
    r"|gentler|compliment|tight|big)|deserves?|may be (?:the|right))\b",
    re.I,
)
# What gives away a closing contrast: the first and the second, "No problem" guards …, asked so … asked otherwise.
ANTITHESIS = re.compile(
    r"\b(?:first|habit|either way|both|the same|one|round the back|in the end|an exception)\b.{5,200}?"
    r"\b(?:the second|second time|but|only|other|the sum|through the front|here|two different|a trade)\b"
    r"|^[\"“][^\"”\n]+[\"”] (?:is|guards|asks|keeps|costs|gives|protects|sounds|ends|leaves)\b"
    r"|\b(asked|said|told|walk|follow|without|with)\b[^.]*\. \1\b"
    r"|\b(?:isn't|wasn't|is not) [^.]{2,60}[;,.] (?:it's|it is)\b",
    re.I | re.S,
)
REFUSAL = re.compile(
    r"\b(?:sa(?:id|ys) no|refus\w+|declin\w+|turn(?:s|ed) (?:\w+ )?down|h[ua]ngs? up|rang off|walk(?:s|ed) away"
    r"|went elsewhere|stay(?:s|ed) (?:a )?no|won't sign|didn't (?:sign|call|answer|come)|never (?:called|answered|came)"
    r"|chose (?:another|the other)|lost the (?:job|client|brief|order))\b|(?:^|[\"“:] *)No[.,!](?: |$)",
    re.I | re.M,
)
FORMULA = re.compile(r"\w+(?:, (?:and|but|yet|so) (?:it|that|nothing|nobody)\b)", re.I)
CONTRAST = re.compile(
    r"\b(?:isn't|is not|aren't|are not|wasn't) [^.,;]{1,40}[;,.] (?:it's|it is|they're|they are)\b", re.I
)
NOTICE = re.compile(r"\b(?:invented|made up|fictitious|an illustration)\b", re.I)
ADVISER = re.compile(r"\brules? differ|\bask (?:an?|your) (?:adviser|advisor|lawyer)", re.I)
LAW = re.compile(r"^/{3,} +law\b", re.M)


class Hit(NamedTuple):
    """One place: the page, its line, and the words there."""

    page: Page
    line: int
    words: str


class Pattern(NamedTuple):
    """A habit: what it is called, how much of it there may be, where it shows, and of how many."""

    name: str
    limit: str
    hits: Callable[[list[Page]], Iterator[Hit]]
    of: Callable[[list[Page]], int]


def moments(lessons: list[Page]) -> Iterator[tuple[Page, int, dict[str, Any]]]:
    """Every moment with its page and its number there."""
    for page in lessons:
        listed = page.values.plain.get("moments")
        for number, moment in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(moment, dict):
                yield page, number, moment


def strings(lessons: list[Page], field: str) -> Iterator[tuple[Page, int, str]]:
    """One field of every moment, with its line."""
    for page, number, moment in moments(lessons):
        if isinstance(moment.get(field), str):
            yield page, page.values.place(["moments", number, field])[0], moment[field]


def field_like(field: str, test: Callable[[str], object]) -> Callable[[list[Page]], Iterator[Hit]]:
    """The places at which a field of a moment passes a test."""
    return lambda lessons: (Hit(page, line, text) for page, line, text in strings(lessons, field) if test(text))


def longer(lessons: list[Page]) -> Iterator[Hit]:
    """Strong lines that have more words than the weak one beside them."""
    for page, number, moment in moments(lessons):
        weak, strong = str(moment.get("weak", "")), str(moment.get("strong", ""))
        if words.count(strong) > words.count(weak):
            yield Hit(page, page.values.place(["moments", number, "strong"])[0], strong)


def options(page: Page) -> list[dict[str, Any]]:
    """The options of a lesson's check."""
    check = page.values.plain.get("check")
    listed = check.get("options") if isinstance(check, dict) else None
    return [option for option in listed or [] if isinstance(option, dict)]


def right_is_longest(lessons: list[Page]) -> Iterator[Hit]:
    """Checks whose right option has more characters than every other."""
    for page in lessons:
        lengths = {number: len(str(option.get("text", ""))) for number, option in enumerate(options(page))}
        right = [number for number, option in enumerate(options(page)) if option.get("right") is True]
        if len(right) == 1 and all(lengths[right[0]] > size for number, size in lengths.items() if number != right[0]):
            place = page.values.place(["check", "options", right[0], "text"])
            yield Hit(page, place[0], str(options(page)[right[0]]["text"]))


def verdicts(lessons: list[Page]) -> Iterator[Hit]:
    """Verdicts on an option that follow the formula "Polite, and it …"."""
    for page in lessons:
        for number, option in enumerate(options(page)):
            if FORMULA.match(str(option.get("why", ""))):
                yield Hit(page, page.values.place(["check", "options", number, "why"])[0], option["why"])


def section(page: Page, title: str) -> tuple[int, str]:
    """Where a section begins, and its text."""
    headings = [heading for heading in page.markdown.headings if heading.level == 2]
    for at, heading in enumerate(headings):
        if heading.title == title:
            end = headings[at + 1].offset if at + 1 < len(headings) else len(page.text)
            return heading.offset, page.text[heading.offset : end]
    return 0, ""


def closing_antithesis(lessons: list[Page]) -> Iterator[Hit]:
    """Worked examples whose last paragraph sets one thing against another."""
    for page in lessons:
        start, text = section(page, "Worked example")
        last = re.split(r"\n[ \t]*\n|^/{3,}.*$", text.rstrip(), flags=re.M)[-1].strip()
        if last and ANTITHESIS.search(last):
            yield Hit(page, page.place.of(start + text.rindex(last))[0], last)


def in_text(pattern: re.Pattern, title: str = "") -> Callable[[list[Page]], Iterator[Hit]]:
    """Where a pattern stands in the lessons' bodies, or in one section of each."""

    def hits(lessons: list[Page]) -> Iterator[Hit]:
        for page in lessons:
            start, text = section(page, title) if title else (page.body, page.text[page.body :])
            for found in pattern.finditer(text):
                line = page.place.of(start + found.start())[0]
                yield Hit(page, line, page.text.split("\n")[line - 1].strip())

    return hits


def once_a_page(hits: Callable[[list[Page]], Iterator[Hit]]) -> Callable[[list[Page]], Iterator[Hit]]:
    """The first place on each page."""
    return lambda lessons: iter({hit.page.rel: hit for hit in reversed(list(hits(lessons)))}.values())


def pages(lessons: list[Page]) -> int:
    """How many lessons there are."""
    return len(lessons)


def all_moments(lessons: list[Page]) -> int:
    """How many moments there are."""
    return sum(1 for _ in moments(lessons))


def all_options(lessons: list[Page]) -> int:
    """How many options there are in all checks."""
    return sum(len(options(page)) for page in lessons)


PATTERNS = [
    Pattern(
        "strong lines that end in a question mark",
        "at most half",
        field_like("strong", lambda text: text.rstrip(' "”’').endswith("?")),
        all_moments,
    ),
    Pattern("strong lines longer than the weak one", "some weak ones are longer", longer, all_moments),
    Pattern(
        "strong lines that open with sympathy", "at most a third", field_like("strong", SYMPATHY.match), all_moments
    ),
    Pattern(
        "`why` that begins with “It”",
        "at most a quarter",
        field_like("why", re.compile(r"It\b").match),
        all_moments,
    ),
    Pattern("checks whose right option is the longest", "3 to 10 of 25", right_is_longest, pages),
    Pattern("verdicts by the formula “Polite, and it …”", "rare", verdicts, all_options),
    Pattern("worked examples that may end in antithesis", "at most three", closing_antithesis, pages),
    Pattern("“X isn't Y, it's Z”", "rare", in_text(CONTRAST), pages),
    Pattern("notices that something is invented", "none: the template says it", once_a_page(in_text(NOTICE)), pages),
    Pattern("lessons with a law box", "at most six", once_a_page(in_text(LAW)), pages),
    Pattern("“rules differ, ask an adviser”", "in law boxes only", in_text(ADVISER), pages),
    Pattern(
        "lessons that name Savage", "only where it stands on him", once_a_page(in_text(re.compile("Savage"))), pages
    ),
    Pattern(
        "worked examples with a refusal (read whether it stays)",
        "at least eight",
        once_a_page(in_text(REFUSAL, "Worked example")),
        pages,
    ),
]


def report(lessons: list[Page], only: str = "") -> Iterator[str]:
    """The lines of the report on some lessons; `only` picks patterns by a word of their name."""
    for field in ("strong", "weak"):
        counts = [words.count(text) for _, _, text in strings(lessons, field)]
        if counts and only in f"mean words of {field} lines":
            yield f"mean words of {field} lines: {mean(counts):.1f}" + (" (at most 18)" if field == "strong" else "")
    for pattern in PATTERNS:
        if only not in pattern.name:
            continue
        hits = list(pattern.hits(lessons))
        yield f"\n{pattern.name}: {len(hits)} of {pattern.of(lessons)} ({pattern.limit})"
        for hit in hits:
            text = " ".join(hit.words.split())
            yield f"  {hit.page.path}:{hit.line}  {text if len(text) <= 90 else text[:89] + '…'}"


def main(arguments: list[str] | None = None) -> int:
    """Print the report; return 0."""
    parser = argparse.ArgumentParser(prog="run.py patterns", description=__doc__.split("\n\n")[0])
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help=argparse.SUPPRESS)
    parser.add_argument("--only", default="", metavar="WORD", help="only the counts whose name has this word")
    parser.add_argument("--part", default="", metavar="PART", help="only the lessons of one folder, such as owners")
    choice = parser.parse_args(arguments)
    lessons = [
        page
        for page in Project(choice.docs).pages
        if page.kind == "lesson" and not page.draft and page.values.plain.get("own_words") is not True
        if page.rel.startswith(choice.part)
    ]
    print(f"{len(lessons)} lessons. Places to read again; ceilings and ranges, never targets.\n")
    print("\n".join(report(lessons, choice.only)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
