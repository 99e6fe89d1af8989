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
    runs: dict[tuple[str, ...], str] = {}
    for file in project.sources:
        told = [word for _, word in words.tokens(file.read_text("utf-8", "replace"))]
        for run in _runs([_Word(_bare(word), None, 0) for word in told]):
            runs[tuple(item.word for item in run)] = shown(file)
    sourced = set(runs)
    for page in project.pages:
        if page.kind == "redirect":
            continue
        lines = list(_words(page, names))
        own: dict[tuple[str, ...], str] = {}
        ahead = -1
        for at, run in enumerate(_runs(lines)):
            key = tuple(item.word for item in run)
            if page.kind == "lesson":
                own.setdefault(key, page.path)
            if key in runs and (page.kind == "lesson" or key in sourced):
                # Runs that overlap are one place.
                if at > ahead:
                    line, column = text.place(page, run[0].paragraph, run[0].offset)
                    said = " ".join(item.word for item in run)
                    yield page.path, line, column, f"shares eight words in a row with {runs[key]}: “{said}”"
                ahead = at + RUN
        for key, path in own.items():
            runs.setdefault(key, path)


def _runs(found: list[_Word]) -> Iterator[list[_Word]]:
    for at in range(len(found) - RUN + 1):
        run = found[at : at + RUN]
        # An empty word stands for a name or an end of text: no run goes across it.
        if all(item.word for item in run):
            yield run


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
