"""Rules on what Markdown drops, flattens or joins without a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from . import words
from .project import Project
from .rule import rule
from .source import Page

Found = Iterator[tuple[int, int, str]]
FoundAt = Iterator[tuple[str, int | None, int | None, str]]

_ITEM = re.compile(r"( *)([-*+]|\d{1,3}[.)])[ \t]+\S")
_APART = re.compile(r"[ \t]*$|#{1,6} |[ \t]*/{3,}|[ \t]*\||[ \t]*>|[ \t]*<|[ \t]*:[ \t]|[ \t]*-{1,}8<|\[\^?[^\]]+\]:")
_SEPARATOR = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_UNSEEN = re.compile("[\u00ad\u0085\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]")
_IMAGE = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".heic")
# A page of this site weighs less than this whole; phones pay for every byte.
_HEAVIEST = 400_000


def lines(page: Page) -> Iterator[tuple[int, str]]:
    """The lines of a page's body with their numbers; code and comments blank."""
    first = page.text.count("\n", 0, page.body) + 1
    return enumerate(page.markdown.bare[page.body :].split("\n"), first)


@rule("meta-list-flat", on="page", fix="indent it by four spaces for each level")
def flat_list(page: Page, project: Project) -> Found:
    """An item of a list within a list is indented by four spaces; with fewer it joins the outer list."""
    outer, named = None, None
    for number, line in lines(page):
        item = _ITEM.match(line)
        if item:
            indent = len(item[1])
            if outer is None or not 0 < indent - outer < 4:
                outer, named = indent, None
            elif indent != named:  # its neighbours have the same fault
                named = indent
                yield number, indent + 1, f"this item is indented by {indent}, so it joins the list around it"
        elif line.strip() and not line.startswith(" "):
            outer = None


@rule("meta-list-glued", on="page", fix="put a blank line before the list")
def glued_list(page: Page, project: Project) -> Found:
    """A blank line stands between a paragraph and the list below it; without it the list is part of the paragraph."""
    before = ""  # the paragraph's last line, where one is open
    for number, line in lines(page):
        item = _ITEM.match(line)
        if item and before and not before.startswith("    "):
            bullet = item[2] in "-*+" or item[2][:-1] == "1" or before.rstrip().endswith(":")
            if bullet and len(item[1]) < 4:
                yield number, len(item[1]) + 1, "this list is glued to the line above, so both become one paragraph"
            before = ""
        elif item or _APART.match(line):
            before = ""
            if item:
                before = " " * 4  # what follows goes on with the item
        else:
            before = before if before.startswith("    ") else line


@rule("meta-table-cells", on="page", fix="take the cell out, or add a column to the table's head")
def spare_cells(page: Page, project: Project) -> Found:
    """No row of a table has more cells than its head; the rest would vanish."""
    columns = 0
    rows = list(lines(page))
    for (number, line), (_, below) in zip(rows, [*rows[1:], (0, "")], strict=True):
        if "|" not in line:
            columns = 0
        elif not columns and _SEPARATOR.fullmatch(below) and "-" in below and "|" in below:
            columns = len(_cells(line))
        elif columns and len(_cells(line)) > columns:
            spare = _cells(line)[columns].strip()
            yield number, line.find(spare) + 1, f"the table has {columns} columns, so “{spare}” would vanish"


def _cells(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", re.sub(r"^[ \t]*\||(?<!\\)\|[ \t]*$", "", row))


@rule("meta-invisible", on="page", fix="take it out")
def invisible(page: Page, project: Project) -> Found:
    """No character that cannot be seen, or that turns the direction of the text, stands on a page."""
    for letter in dict.fromkeys(_UNSEEN.findall(page.text)):
        name = unicodedata.name(letter, "a control character").lower()
        yield *page.place.of(page.text.index(letter)), f"holds {name} (U+{ord(letter):04X}), which nobody sees"


@rule(
    "page-empty", on="page", kinds=("article", "note", "page"), fix="write it, or name the file ….draft.md until then"
)
def empty_page(page: Page, project: Project) -> Found:
    """A page has a text of its own; its placeholder is none."""
    if not page.draft and not words.count(page.markdown.prose[page.body :]):
        yield page.front_end + 1, 1, "the page has no text yet"


@rule("asset-words", on="page", fix="say in the square brackets what the picture shows")
def no_words(page: Page, project: Project) -> Found:
    """Every picture says in words what it shows, for those who cannot see it."""
    for opened, closed, _, written in page.markdown.inline:
        if written.how == "image" and not page.text[opened + 1 : closed].strip():
            yield *page.place.of(opened), "this picture has no words"
    for tag in page.markdown.tags:
        if tag[1].lower() == "img" and not re.search(r"\balt\s*=", tag[2], re.I):
            yield *page.place.of(tag.start()), "this picture has no words; add alt"


@rule("asset-picture", on="project", fix="rename the picture, or make it smaller")
def pictures(project: Project) -> FoundAt:
    """A picture below docs/ is named in lower case without spaces, and weighs at most 400 kB."""
    for rel, file in project.files.items():
        if not rel.lower().endswith(_IMAGE):
            continue
        path = f"{project.docs.name}/{rel}"
        if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", file.name):
            better = re.sub(r"[^a-z0-9.]+", "-", file.name.lower())
            yield path, None, None, f"is named so that addresses break; rename it to {better}"
        if (size := file.stat().st_size) > _HEAVIEST:
            weight = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size // 1000} kB"
            yield path, None, None, f"weighs {weight}; make it smaller (1600 pixels wide, 400 kB at most)"
