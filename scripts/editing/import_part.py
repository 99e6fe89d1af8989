"""Turns an author's numbered or headed text into drafts of lessons, one an item, with every word kept in order."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import NamedTuple

from checker.project import Project

from . import place, post_file, scaffold
from .files import Changes, EditProblem
from .new import part as part_folder
from .post import Block, bare, escaped, markdown

# A title on a page has at most so many characters (the contract's own limit is read from it by `check`).
_LONGEST_TITLE = 60
# "3. Keep calling", "Tip 3: keep calling", "#3 – keep calling".
_NUMBERED = re.compile(
    r"(?:(?:Tip|Imperative|Rule|Point|Step|No\.?)\s*)?#?(?P<number>\d{1,2})\s*(?:[.):]|\s[–—-])\s+(?=\S)", re.I
)


class Item(NamedTuple):
    """One item of the text: its title, as the author wrote it, and the blocks below it."""

    title: str
    blocks: list[Block]


def take_in(file: Path, part: str, author: str | None, site: Project) -> tuple[list[str], list[str]]:
    """Write a draft for each item of the text in `file` into a part; return their paths below docs, and notes.

    The author's words stand in the drafts in their order and are not held to this site's
    headings and rules of prose (`own_words: true`); what the contract wants and the text
    lacks is left as the mark for something still to be written. Raises EditProblem where
    the text has no items, or a draft would overwrite a page; then nothing is written.
    """
    folder = part_folder(part, site)
    blocks, notes, _ = post_file.taken_apart(file, site)
    before, items = split(blocks)
    if len(items) < 2:
        raise EditProblem(
            f"{file} has no items to make lessons of: begin each with a number, such as “1. ”, or with a heading."
        )
    changes, paths = Changes(), []
    for number, item in enumerate(items, 1):
        rel = f"{folder}/{place.slug(_short(item.title)) or f'item-{number}'}{place.DRAFT}"
        if rel in paths or place.taken(rel, site):
            rel = rel.removesuffix(place.DRAFT) + f"-{number}{place.DRAFT}"
        place.check_name(rel)
        if other := place.taken(rel, site):
            raise EditProblem(
                f"docs/{other} has the name of item {number}, “{item.title}”, already. Nothing was written."
            )
        above = before if number == 1 else []
        changes.write(site.docs / rel, draft(item, above, author or ""))
        paths.append(rel)
    if before:
        notes.append(f"{len(before)} paragraphs stand before the first item; they begin the first draft.")
    changes.make()
    return paths, notes


def split(blocks: list[Block]) -> tuple[list[Block], list[Item]]:
    """What stands before the first item, and the items: by number where the text counts 1, 2, 3, else by heading."""
    blocks = [block for block in blocks if block.how != "break"]
    starts = _counted(blocks) or _headed(blocks)
    if not starts:
        return blocks, []
    ends = [*starts[1:], len(blocks)]
    items = [_item(blocks[start:end]) for start, end in zip(starts, ends, strict=True)]
    return blocks[: starts[0]], items


def draft(item: Item, before: list[Block], author: str) -> str:
    """The text of a lesson's draft that holds an item in its author's words."""
    title = _short(item.title)
    given = {"title": title, "own_words": "true", "author": author, "updated": datetime.date.today().isoformat()}
    head = scaffold.front_matter("lesson", given)
    whole = item.blocks if title == item.title else [Block("text", escaped(item.title)), *item.blocks]
    return f"{head}\n{markdown([*before, *whole])}"


def _counted(blocks: list[Block]) -> list[int]:
    """Where the blocks stand that count 1, 2, 3 … without a gap."""
    starts: list[int] = []
    for at, block in enumerate(blocks):
        if block.level and block.how != "heading":
            continue
        found = _NUMBERED.match(bare(block.inline))
        number = block.number or (int(found["number"]) if found else 0)
        if number == len(starts) + 1:
            starts.append(at)
    return starts if len(starts) > 1 else []


def _headed(blocks: list[Block]) -> list[int]:
    """Where the headings of the level stand that occurs most often."""
    levels = [block.level for block in blocks if block.how == "heading"]
    if not levels:
        return []
    often = max(sorted(set(levels)), key=levels.count)
    return [at for at, block in enumerate(blocks) if block.how == "heading" and block.level == often]


def _item(blocks: list[Block]) -> Item:
    first, rest = blocks[0], blocks[1:]
    if first.how == "item":
        # What stood in the item now stands by itself.
        rest = [
            block._replace(level=block.level - 1) if block.level and block.how != "heading" else block for block in rest
        ]
    inline = _NUMBERED.sub("", first.inline, count=1)
    said = bare(inline)
    if first.how != "heading" and len(said) > _LONGEST_TITLE:
        # A paragraph and not a title: its first sentence names it, and the whole stays in the text.
        sentence = re.match(r".{8,}?[.!?:](?=\s|$)", said)
        if sentence and len(sentence[0]) <= _LONGEST_TITLE:
            return Item(sentence[0].rstrip(".:"), [Block("text", inline), *rest])
    return Item(said.rstrip("."), rest)


def _short(title: str) -> str:
    """A title that a page may have: as written where it is short enough, else the mark for one to be written."""
    return title if len(title) <= _LONGEST_TITLE else scaffold.TO_FILL
