"""Rules on a part's books: how many lessons it has, and the figures that its invented cases share."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from .contract import schema
from .formulas import FormulaError, rounded, work_out
from .project import Project
from .rule import rule
from .source import Page

FoundAt = Iterator[tuple[str, int, int, str]]

_NUMBER_WORDS_TEXT = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_NUMBER_WORDS = _NUMBER_WORDS_TEXT.split()
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_COUNTED = re.compile(
    r"\b(?P<number>\d{1,2}|(?:twenty|thirty|forty|fifty|sixty)(?:-\w+)?|" + "|".join(_NUMBER_WORDS) + r")\s+"
    r"(?:(?:short|key|our|free|small)\s+){0,2}(?P<noun>tips?|imperatives?|lessons?)\b",
    re.I,
)
# Figures written in digits, with a comma or a thin space between thousands: 1,234.5
_FIGURE = re.compile(
    r"(?<![\w.,/#-])[£$€]?(?P<digits>\d{1,3}(?:[,\u2009\u202f]\d{3})+|\d+)(?P<decimals>\.\d+)?(?P<unit>[km]\b)?(?![\w/]*\w)",
    re.I,
)
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    "|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
# Figures that count no money and no people: clock times, days, years, numbers of steps, notes, addresses.
_NO_FIGURE = re.compile(
    rf"\b\d{{1,2}}[:.]\d\d\b(?!\d)(?=\s*(?:[ap]\.?m\b|o'clock|h\b|[-–]))|\b\d{{1,2}}:\d\d\b|\b\d{{1,2}}\s*[ap]\.?m\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{_MONTHS})\b|\b(?:{_MONTHS})\s+\d{{1,2}}\b(?!,\d)|\b(?:19|20)\d\d\b(?![,.]\d)"
    r"|\[\^[^\]]*\]|^[ \t]*\d+[.)][ \t]|\]\([^)]*\)|<https?:[^>]*>|\{[^}]*\}|&#\d+;|^[ \t]*\[\^[^\n]*",
    re.I | re.M,
)
_TAG = re.compile(r"<[^>]*>")
_EXAMPLE = "Worked example"
_FILLED = re.compile(r"^/{3,}[ \t]+filled\b[^\n]*\n(.*?)^/{3,}[ \t]*$", re.M | re.S)


class Books(NamedTuple):
    """The figures of a part: its facts, each lesson's values by the end of its address, and faults of the formulas."""

    facts: dict[str, float]
    values: dict[str, dict[str, float]]
    faults: list[tuple[list, str]]


@rule(
    "page-count",
    on="project",
    fix="set count to the number of lessons that nav gives, or write the number that count says",
)
def count(project: Project) -> FoundAt:
    """A part has as many lessons as the count of its opening page says, and no page speaks of another number of tips,
    imperatives or lessons. The article is exempt."""
    counts: dict[str, list[int]] = {}
    for part in _parts(project):
        wanted = part.values.plain.get("count")
        if not isinstance(wanted, int) or isinstance(wanted, bool):
            continue
        there = len(lessons(project, part))
        counts.setdefault(str(part.values.plain.get("noun")), []).append(wanted)
        if there != wanted:
            line, column = part.values.place(["count"])
            more = "publish, or move in nav, what is missing" if there < wanted else "retire one, or change count"
            yield part.path, line, column, f"count is {wanted}, and nav gives the part {there} lessons; {more}"
    if not counts:
        return
    allowed = {noun: {*numbers, sum(numbers)} for noun, numbers in counts.items()}
    every = [number for numbers in counts.values() for number in numbers]
    allowed["lesson"] = {*every, sum(every)}
    for page in project.pages:
        if page.kind in ("article", "redirect") or page.values.plain.get("own_words") is True:
            continue
        for found in _COUNTED.finditer(_without_quotations(page.text)):
            number, noun = _number(found["number"]), found["noun"].lower().removesuffix("s")
            # One lesson, two tips: small numbers speak of some, not of all.
            if noun in allowed and number > 4 and number not in allowed[noun]:
                there = " or ".join(str(each) for each in sorted(allowed[noun]))
                yield page.path, *page.place.of(found.start()), f"speaks of {found[0]}; count says {there}"


@rule(
    "page-figures",
    on="project",
    fix="correct it, or enter it or its formula under the lesson in books of the part's index.md",
)
def books(project: Project) -> FoundAt:
    """Every figure in a worked example, its drawings and a filled-in exercise is among that lesson's values in the
    books of its part, and every formula there can be worked out."""
    for part in _parts(project):
        told = part.values.plain.get("books")
        if not isinstance(told, dict):
            continue
        kept = read_books(told)
        for path, said in kept.faults:
            yield part.path, *part.values.place(["books", *path]), f"{path[-1]} {said}"
        known = {page.rel.rpartition("/")[2].removesuffix(".md"): page for page in lessons(project, part)}
        for slug in kept.values:
            if slug not in known:
                yield (
                    part.path,
                    *part.values.place(["books", "values", slug]),
                    f"books has values for {slug}, which is no lesson of this part",
                )
        for slug, page in known.items():
            if page.values.plain.get("own_words") is True:
                continue
            values = [*kept.values.get(slug, {}).values(), *kept.facts.values()]
            for line, column, figure, where in _figures(page, project):
                if not any(matches(figure, value) for value in values):
                    yield (
                        page.path,
                        line,
                        column,
                        f"{where} has {figure}, which is not among the values of {slug} in {part.path}",
                    )


def read_books(told: dict) -> Books:
    """The figures of books as they stand in front matter, each formula worked out in its order."""
    faults: list[tuple[list, str]] = []
    facts: dict[str, float] = {}
    for name, formula in _mapping(told.get("facts"), ["facts"], faults):
        _enter(facts, name, formula, facts, ["facts", name], faults)
    values: dict[str, dict[str, float]] = {}
    known = dict(facts)
    for slug, own in _mapping(told.get("values"), ["values"], faults):
        values[slug] = {}
        for name, formula in _mapping(own, ["values", slug], faults):
            _enter(values[slug], name, formula, known | values[slug], ["values", slug, name], faults)
        known |= {f"{slug.replace('-', '_')}.{name}": value for name, value in values[slug].items()}
    return Books(facts, values, faults)


def matches(figure: str, value: float) -> bool:
    """Whether a printed figure is a value, rounded to the decimals that are printed; 1.2m and 40k as well."""
    found = _FIGURE.fullmatch(figure)
    if not found:
        return False
    decimals = len(found["decimals"] or ".") - 1
    size = {"k": 1e3, "m": 1e6}.get((found["unit"] or "").lower(), 1)
    printed = float(re.sub(r"\D", "", found["digits"]) + (found["decimals"] or ""))
    return abs(rounded(abs(value) / size, decimals) - printed) < 1e-9


def lessons(project: Project, part: Page) -> list[Page]:
    """The lessons that nav gives a part, in their order; those in its folder where there is no nav."""
    folder = part.rel.rpartition("/")[0]
    order = [path for path, _, _ in project.nav] if project.nav is not None else [page.rel for page in project.pages]
    pages = [project.by_rel[rel] for rel in order if rel in project.by_rel]
    # A page whose kind cannot be read counts as what it probably is: its fault is named there, once.
    others = schema()["$defs"].keys() - {"lesson"}
    return [
        page for page in pages if page.kind not in others and not page.draft and page.rel.rpartition("/")[0] == folder
    ]


def _parts(project: Project) -> list[Page]:
    return [page for page in project.pages if page.kind == "part"]


def _mapping(told: object, path: list, faults: list) -> list[tuple[str, object]]:
    if told is None:
        return []
    if not isinstance(told, dict):
        faults.append((path, "must be names with a number or a formula each"))
        return []
    return [(str(name), value) for name, value in told.items()]


def _enter(
    into: dict[str, float], name: str, formula: object, known: dict[str, float], path: list, faults: list
) -> None:
    try:
        into[name] = work_out(formula, known)
    except FormulaError as error:
        faults.append((path, str(error)))


def _figures(page: Page, project: Project) -> Iterator[tuple[int, int, str, str]]:
    """Each figure that must stand in the books: line, column, the figure, and what it stands in."""
    text = page.text
    spans = [(found.start(1), found.end(1), "the filled-in exercise") for found in _FILLED.finditer(text)]
    headings = [heading for heading in page.markdown.headings if heading.level == 2]
    for at, heading in enumerate(headings):
        if heading.title == _EXAMPLE:
            end = headings[at + 1].offset if at + 1 < len(headings) else len(text)
            spans.append((heading.offset, end, "the worked example"))
    for start, end, where in spans:
        for offset, figure in figures(text[start:end]):
            yield *page.place.of(start + offset), figure, where
    for snippet in page.markdown.snippets:
        for base in project.snippet_folders:
            file = base / snippet.value
            if file.is_file():
                shown = " ; ".join(_shown_text(file.read_text("utf-8", "replace")))
                for _, figure in figures(shown):
                    yield *page.place.of(snippet.offset), figure, f"the drawing {snippet.value}"


def figures(text: str) -> Iterator[tuple[int, str]]:
    """Each figure in digits with its offset, without times, days, years, step numbers, notes and addresses."""
    blank = _NO_FIGURE.sub(lambda found: " " * len(found[0]), text)
    blank = _TAG.sub(lambda found: " " * len(found[0]), blank)
    for found in _FIGURE.finditer(blank):
        yield found.start(), found[0]


def _shown_text(markup: str) -> list[str]:
    """The words of a drawing that readers see or hear."""
    without = re.sub(r"\{#.*?#\}|\{%.*?%\}|<style.*?</style>", " ", markup, flags=re.S)
    return [html.unescape(piece) for piece in re.findall(r">([^<>]+)<", without) if piece.strip()]


def _without_quotations(text: str) -> str:
    """A text in which what stands between double quotation marks is blank: another's words count as they please."""
    return re.sub(r"[\"“][^\"”\n]{0,200}[\"”]", lambda found: " " * len(found[0]), text)


def _number(word: str) -> int:
    word = word.lower()
    if word.isdigit():
        return int(word)
    tens, _, ones = word.partition("-")
    if tens in _TENS or ones:
        return (_TENS.get(tens) or 20) + (_NUMBER_WORDS.index(ones) + 1 if ones in _NUMBER_WORDS else 0)
    return _NUMBER_WORDS.index(word) + 1
