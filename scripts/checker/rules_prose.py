"""Rules on how a page reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from . import text, words
from .phrases import EMPTY, TONE, listed
from .project import Project
from .rule import rule
from .source import Page

Found = Iterator[tuple[int, int, str]]

# Limits of the brief: a reader between two calls.
LONGEST_SENTENCE = 30
LONGEST_MEAN = 17
LONGEST_STEP = 30
SECTION_WORDS = {
    "The moment": (70, 110),
    "The idea": (120, 190),
    "Worked example": (150, 320),
    "Your turn": (80, 150),
}
BODY_WORDS = (500, 900)
STEPS = (3, 5)
_FIGURE = re.compile(r"\d[\d.,]*[\s\0]*(?:%|per[\s\0]?cent\b)|[$€£¥₹₩]|%|\b(?:USD|EUR|GBP|AUD|NZD|SGD)\b")
_ILLUSTRATION = re.compile(r"\b(?:illustrat\w+|invented)\b", re.I)


@rule("prose-sentence", on="page", fix="split it")
def long_sentence(page: Page, project: Project) -> Found:
    """No sentence has more than 30 words. Footnotes, addresses, drawings, names and titles do not count."""
    for paragraph, offset, said in text.sentences(page):
        number = words.count(said)
        if number > LONGEST_SENTENCE:
            yield (
                *text.place(page, paragraph, offset),
                f"sentence of {number} words, at most {LONGEST_SENTENCE}: “{text.short(said)}”",
            )


@rule("prose-mean", on="page", kinds=("lesson",), fix="split the longest; two thoughts are two sentences")
def mean_sentence(page: Page, project: Project) -> Found:
    """The sentences of a lesson have at most 17 words on average."""
    numbers = [words.count(said) for _, _, said in text.sentences(page)]
    numbers = [number for number in numbers if number > 2]
    if numbers and sum(numbers) / len(numbers) > LONGEST_MEAN:
        mean = sum(numbers) / len(numbers)
        yield (
            page.front_end + 1,
            1,
            f"sentences have {mean:.1f} words on average, at most {LONGEST_MEAN}; split the longest",
        )


@rule("prose-section-words", on="page", kinds=("lesson",), fix="cut or write until the number fits")
def section_words(page: Page, project: Project) -> Found:
    """Each of a lesson's five sections has its fewest and most words, and the body 500 to 900 in all."""
    total: dict[str, int] = {}
    for paragraph in text.paragraphs(page):
        total[paragraph.section] = total.get(paragraph.section, 0) + words.count(paragraph.text)
    for heading in page.markdown.headings:
        if heading.level == 2 and heading.title in SECTION_WORDS:
            low, high = SECTION_WORDS[heading.title]
            number = total.get(heading.title, 0)
            if not low <= number <= high:
                yield *page.place.of(heading.offset), f"{heading.title} has {number} words, {_bound(number, low, high)}"
    number = sum(total.values())
    if not BODY_WORDS[0] <= number <= BODY_WORDS[1]:
        yield page.front_end + 1, 1, f"the text has {number} words, {_bound(number, *BODY_WORDS)}"


@rule("prose-steps", on="page", kinds=("lesson",), fix="join or split steps; put reasons into The idea")
def steps(page: Page, project: Project) -> Found:
    """How to do it has 3 to 5 numbered steps, each of at most 30 words."""
    heading = next((h for h in page.markdown.headings if h.title == "How to do it"), None)
    if heading is None:
        return
    number = 0
    for paragraph in text.paragraphs(page):
        line = page.text[page.text.rfind("\n", 0, paragraph.offset) + 1 : paragraph.offset]
        if paragraph.section == heading.title and re.match(r"\d+[.)]", line):
            number += 1
            if words.count(paragraph.text) > LONGEST_STEP:
                said = f"step {number} has {words.count(paragraph.text)} words, at most {LONGEST_STEP}"
                yield *page.place.of(paragraph.offset), said
    if not STEPS[0] <= number <= STEPS[1]:
        yield *page.place.of(heading.offset), f"How to do it has {number} numbered steps, {_bound(number, *STEPS)}"


@rule(
    "prose-done-when", on="page", kinds=("lesson",), fix="write **Now** (5 minutes), **This week.** and **Done when**"
)
def done_when(page: Page, project: Project) -> Found:
    """Your turn holds **Now**, **This week** and “Done when”, so that a reader knows when it is done."""
    heading = next((h for h in page.markdown.headings if h.title == "Your turn"), None)
    if heading is None:
        return
    told = " ".join(text.plain(p.text) for p in text.paragraphs(page) if p.section == heading.title)
    for wanted in ("Now", "This week", "Done when"):
        if not re.search(rf"\b{wanted}\b", told):
            yield *page.place.of(heading.offset), f"Your turn does not say “{wanted}”"


@rule("prose-now-minutes", on="page", kinds=("lesson",), fix="make the two figures the same")
def now_minutes(page: Page, project: Project) -> Found:
    """The minutes that Your turn names behind **Now** are those of the field now_minutes."""
    told = re.compile(r"\*\*Now\*\*[\s\0]*\((?:about |at most )?(\w+) minutes?\)").search(page.markdown.bare)
    field = page.values.plain.get("now_minutes")
    if any(name == "meta-now-minutes" for name, *_ in project.contract(page)):
        return
    if told and isinstance(field, int) and told[1].isdigit() and int(told[1]) != field:
        yield *page.place.of(told.start(1)), f"says {told[1]} minutes, but now_minutes is {field}"


@cache
def _pattern(which: str) -> re.Pattern:
    # Typographic apostrophes are written plainly before the search; white space may be a line end.
    entries = [
        re.escape(entry).replace(r"\ \*", r"[\s\0]+\w+").replace(r"\*", r"\w*").replace(r"\ ", r"[\s\0]+")
        for entry in sorted(listed(which), key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(entries)})(?![\w-])", re.I)


def _named(page: Page, project: Project, which: str, what: str) -> Found:
    titles = _titles(page)
    for paragraph in [*text.fields(page), *text.paragraphs(page)]:
        for found in _pattern(which).finditer(paragraph.text.replace("’", "'")):
            if paragraph.how == "field" or not any(a <= paragraph.offset + found.start() < b for a, b in titles):
                yield *text.place(page, paragraph, found.start()), f"{what} “{text.plain(found[0])}”; say it plainly"


def _titles(page: Page) -> list[tuple[int, int]]:
    """Spans of the texts of links that lead elsewhere: titles of others' posts, which are as they are."""
    return [(open_, close) for open_, close, _, to in page.markdown.inline if re.match(r"[a-z]+:", to.value, re.I)]


@rule("prose-phrase", on="page", fix="say it plainly")
def empty_phrase(page: Page, project: Project) -> Found:
    """No empty phrase, such as “at the end of the day” or “studies show”. Titles of others' posts do not count."""
    return _named(page, project, EMPTY, "empty phrase")


@rule("prose-tone", on="page", fix="use the everyday word: meet, win back, busy, very good")
def tone(page: Page, project: Project) -> Found:
    """No swearing, no word of war, no guru, no promise of income. Titles of others' posts do not count."""
    return _named(page, project, TONE, "unkind to somebody, or a promise that nobody can keep:")


@rule("prose-dash", on="page", fix="write a comma or a full stop, or an en dash with spaces around it")
def em_dash(page: Page, project: Project) -> Found:
    """No em dash: a comma, a full stop or an en dash with spaces does."""
    for paragraph in [*text.fields(page), *text.paragraphs(page)]:
        for found in re.finditer("—", paragraph.text):
            yield (
                *text.place(page, paragraph, found.start()),
                "em dash; write a comma, a full stop, or an en dash with spaces",
            )


@rule(
    "prose-figure",
    on="page",
    kinds=("lesson", "article", "part", "home", "academy", "note"),
    fix="cite its source in a footnote, or call it an illustration",
)
def figure_without_source(page: Page, project: Project) -> Found:
    """A per cent sign or a currency in running text has a footnote in its paragraph, its section says that it is
    an illustration, or the books of its part hold it."""
    body = page.markdown.prose
    notes = [found.start() for found in page.markdown.notes_used]
    all_ = text.paragraphs(page)
    marked = {p.section for p in all_ if _ILLUSTRATION.search(p.text)}
    part = project.by_rel.get(page.rel.rpartition("/")[0] + "/index.md")
    if page.kind == "lesson" and part and isinstance(part.values.plain.get("books"), dict):
        # The rule page-figures holds each figure of these two against the books.
        marked |= {"Worked example", "Your turn"}
    for paragraph in all_:
        end = paragraph.offset + len(paragraph.text)
        if paragraph.section in marked or any(paragraph.offset <= note <= end + 1 for note in notes):
            continue
        if found := _FIGURE.search(body, paragraph.offset, end):
            yield (
                *page.place.of(found.start()),
                f"figure “{text.plain(found[0])}” without a footnote; cite its source, or call it an illustration",
            )


def _bound(number: int, low: int, high: int) -> str:
    return f"at least {low}" if number < low else f"at most {high}"
