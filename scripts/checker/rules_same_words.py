"""The rule against saying the same thing twice in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from . import text, words
from .project import Project, shown
from .rule import rule
from .source import Page

RUN = 8
_NO_LETTER = re.compile(r"[^\w%-]")


class _Word(NamedTuple):
    word: str
    paragraph: text.Paragraph | None
    offset: int


@rule("prose-same-words", on="project", fix="say it in other words, or link to the place where it is said already")
def same_words(project: Project) -> Iterator[tuple[str, int, int, str]]:
    """No eight words in a row are shared between two lessons, or between a page and a text named by --source.
    Names, titles and the legal note do not count."""
    names = _names(project)
    runs: dict[str, str] = {}
    for file in project.sources:
        found = [_bare(word) for _, word in words.tokens(file.read_text("utf-8", "replace"))]
        runs |= {run: shown(file) for _, run in _runs(found)}
    sourced = set(runs)
    for page in project.pages:
        if page.kind == "redirect" or (page.kind != "lesson" and not sourced):
            continue
        written = list(_words(page, names))
        own: dict[str, str] = {}
        ahead = -1
        for at, run in _runs([item.word for item in written]):
            if page.kind == "lesson":
                own[run] = page.path
            if run in runs and (page.kind == "lesson" or run in sourced):
                # Runs that overlap are one place.
                if at > ahead:
                    line, column = text.place(page, written[at].paragraph, written[at].offset)
                    yield page.path, line, column, f"shares eight words in a row with {runs[run]}: “{run}”"
                ahead = at + RUN
        runs = own | runs


def _runs(found: list[str]) -> Iterator[tuple[int, str]]:
    """Every eight words in a row. An empty word stands for a name or an end of text: no run goes across it."""
    since = 0
    for at, word in enumerate(found):
        if not word:
            since = at + 1
        elif at - since >= RUN - 1:
            yield at - RUN + 1, " ".join(found[at - RUN + 1 : at + 1])


def _bare(word: str) -> str:
    return _NO_LETTER.sub("", word.lower())


def _words(page: Page, names: re.Pattern | None) -> Iterator[_Word]:
    """Every word of a page's prose, names and the legal note replaced by breaks."""
    for paragraph in [*text.fields(page), *text.paragraphs(page)]:
        for start, said in words.sentences(paragraph.text):
            if _legal(said):
                yield _Word("", None, 0)
                continue
            taken = [found.span() for found in names.finditer(said)] if names else []
            for offset, word in words.tokens(said):
                in_name = any(a <= offset < b for a, b in taken)
                yield _Word("" if in_name else _bare(word), paragraph, start + offset)
        yield _Word("", None, 0)


def _legal(said: str) -> bool:
    """Whether a sentence is the standard note that rules differ and an adviser should be asked."""
    return bool(re.search(r"\b(?:rules?|law|laws)\b.*\bdiffers?\b|\badvi[sc]er\b|\blawyer\b", said, re.I | re.S))


def _names(project: Project) -> re.Pattern | None:
    """Titles of pages and the names that the settings hold."""
    academy = project.setting("extra", "academy", default={})
    told = [page.values.plain.get("title") for page in project.pages]
    told += [academy.get(key) for key in ("name", "operator", "label")] if isinstance(academy, dict) else []
    told += [project.setting("site_name"), "Greg Savage"]
    kept = sorted(
        {" ".join(name.split()) for name in told if isinstance(name, str) and " " in name.strip()},
        key=len,
        reverse=True,
    )
    return re.compile("|".join(r"[\s\0]+".join(map(re.escape, name.split())) for name in kept), re.I) if kept else None
