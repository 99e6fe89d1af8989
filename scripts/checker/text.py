"""A page as paragraphs and sentences, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from . import words
from .source import Page
from .words import GONE

_ITEM = re.compile(r"[ \t>\0]*(?:\d+[.)]|[-+]|:)[ \t\0]+(?=\S)")
_RULE = re.compile(r"[ \t|:+=-]+")
# Fields whose values are names, paths or choices, not text to be read as prose.
_NO_PROSE = {
    "template",
    "title",
    "short",
    "noun",
    "related",
    "lesson",
    "begin",
    "part",
    "to",
    "book",
    "author",
    "situation",
    "speaker",
}


class Paragraph(NamedTuple):
    """Text that is read in one go.

    `how` is text, item (of a list or a talk), cell (of a table), or field (of
    the front matter, its path in `section`). `offset` is that of the text's
    beginning in the file.
    """

    how: str
    section: str
    offset: int
    text: str


@lru_cache(maxsize=512)
def paragraphs(page: Page) -> list[Paragraph]:
    """The paragraphs of a page's body; headings, names of speakers and footnotes are none."""
    prose, found = page.markdown.prose, []
    lines, offset = prose.split("\n"), 0
    section, how, start, kept = "", "text", 0, []
    titles = {heading.offset: heading for heading in page.markdown.headings}

    def end() -> None:
        text = "\n".join(kept)
        if words.count(text):
            found.append(Paragraph(how, section, start, text))
        kept.clear()

    for number, line in enumerate(lines):
        follows = lines[number + 1] if number + 1 < len(lines) else ""
        item = _ITEM.match(line)
        if offset in titles:
            end()
            section = titles[offset].title if titles[offset].level == 2 else section
        elif not line.strip(" \t>" + GONE) or (_RULE.fullmatch(line) and not kept):
            end()
        elif line.lstrip(" \0").startswith("|"):
            end()
            if not _RULE.fullmatch(line):
                for cell in re.finditer(r"[^|]+", line):
                    if words.count(cell[0]):
                        found.append(Paragraph("cell", section, offset + cell.start(), cell[0]))
        elif re.match(r":[ \t]+\S", follows) and not kept:
            pass  # the speaker's name
        else:
            if item:
                end()
                how, start = "item", offset + item.end()
                kept.append(line[item.end() :])
            else:
                if not kept:
                    how, start = "text", offset
                kept.append(line)
        offset += len(line) + 1
    end()
    return found


def fields(page: Page) -> Iterator[Paragraph]:
    """The texts of a page's front matter that people read."""
    for path, value in page.values.strings():
        if path[0] in _NO_PROSE or (len(path) > 2 and path[-1] in _NO_PROSE):
            continue
        line, column = page.values.place(path)
        name = ".".join(str(step) for step in path)
        yield Paragraph("field", name, page.place.offset(line, column), value)


def place(page: Page, paragraph: Paragraph, offset: int) -> tuple[int, int]:
    """Line and column of an offset in a paragraph's text.

    A field's text is folded by YAML, so its words are looked for in the file.
    """
    if paragraph.how != "field":
        return page.place.of(paragraph.offset + offset)
    path = [int(step) if step.isdigit() else step for step in paragraph.section.split(".")]
    (line, column), (last, end) = page.values.span(path)
    begin = page.place.offset(line, column)
    written = page.text[begin : page.place.offset(last, end)]
    ahead = [re.escape(word) for word in paragraph.text[offset : offset + 80].split()[:4]]
    if found := re.search(r"\s+".join(ahead), written):
        return page.place.of(begin + found.start())
    return line, column


@lru_cache(maxsize=512)
def sentences(page: Page) -> list[tuple[Paragraph, int, str]]:
    """Every sentence that people read: the paragraph, its offset there, the text. Cells of tables are none."""
    return [
        (paragraph, offset, said)
        for paragraph in [*fields(page), *paragraphs(page)]
        if paragraph.how != "cell"
        for offset, said in words.sentences(paragraph.text)
    ]


def plain(text: str) -> str:
    """A text without the marks of what was taken out, in one line."""
    return " ".join(text.replace(GONE, "").split())


def short(text: str, most: int = 8) -> str:
    """The beginning of a text, for a message."""
    all_ = plain(text).split()
    return " ".join(all_[:most]) + ("…" if len(all_) > most else "")
