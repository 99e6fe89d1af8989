"""A blog post as a list of blocks, and as Markdown in which every word of it stands."""

from __future__ import annotations

import re
from typing import NamedTuple


class Block(NamedTuple):
    """One block of a post.

    `how` is text, heading, item, quote, code or break. `inline` is its text as
    inline Markdown (for code, as it is). `level` is a heading's, or how deep an
    item stands from 0. `number` is a numbered item's.
    """

    how: str
    inline: str = ""
    level: int = 0
    number: int = 0


# What Markdown, or one of the extensions that the site uses, would take for markup.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<]")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def escaped(text: str) -> str:
    """Plain text as inline Markdown that shows exactly this text."""
    text = _ENTITY.sub("&amp;", text)
    return _SPECIAL.sub(lambda mark: "&lt;" if mark[0] == "<" else "\\" + mark[0], text)


def bare(inline: str) -> str:
    """Inline Markdown made by this module, without its marks: the words that a reader sees."""
    text = re.sub(r"(?<!\\)\]\((?:<[^>]*>|[^()\s]*)\)", "]", inline)
    text = re.sub(r"<((?:https?|mailto):[^>]*)>", r"\1", text)
    text = re.sub(r"<br>", " ", text)
    text = re.sub(r"(?<!\\)[*`\[\]]", "", text)
    text = re.sub(r"\\([\\`*_{}\[\]])", r"\1", text)
    return text.replace("&lt;", "<").replace("&amp;", "&")


def markdown(blocks: list[Block]) -> str:
    """Blocks as the text of a page, a blank line between them."""
    lines: list[str] = []
    before: Block | None = None
    for block in _tidied(blocks):
        joined = before is not None and before.how == block.how == "item"
        if lines and not joined:
            lines.append("")
            if before is not None and {before.how, block.how} == {"item", "code"}:
                lines += ["<!-- -->", ""]  # else the code would belong to the list
        lines += _written(block)
        before = block
    return "\n".join(lines) + "\n"


def _tidied(blocks: list[Block]) -> list[Block]:
    """Without breaks at either end or next to each other, and with headings from the second level on.

    Numbers that do not count from one are words and no list: a list would count anew.
    """
    blocks = _with_numbers_as_words(blocks)
    kept: list[Block] = []
    for block in blocks:
        if block.how == "break" and (not kept or kept[-1].how == "break"):
            continue
        kept.append(block)
    while kept and kept[-1].how == "break":
        kept.pop()
    highest = min((block.level for block in kept if block.how == "heading"), default=2)
    return [block._replace(level=min(6, block.level - highest + 2)) if block.how == "heading" else block for block in kept]


def _with_numbers_as_words(blocks: list[Block]) -> list[Block]:
    kept, at = list(blocks), 0
    while at < len(kept):
        run = 0
        while at + run < len(kept) and kept[at + run].number and not kept[at + run].level:
            run += 1
        if run and (run == 1 or [block.number for block in kept[at : at + run]] != list(range(1, run + 1))):
            for block_at in range(at, at + run):
                block = kept[block_at]
                kept[block_at] = Block("text", f"{block.number}. {block.inline}")
        at += max(run, 1)
    return kept


def _written(block: Block) -> list[str]:
    if block.how == "break":
        return ["* * *"]
    if block.how == "heading":
        return [f"{'#' * block.level} {block.inline}"]
    if block.how == "code":
        return [f"    {line}" for line in block.inline.split("\n")]
    if block.how == "item":
        mark = f"{block.number}." if block.number else "-"
        return [f"{'    ' * block.level}{mark} {_safe(block.inline)}"]
    if block.how == "quote":
        return [f"> {_safe(block.inline)}"]
    return [_safe(block.inline)]


def _safe(inline: str) -> str:
    """A paragraph whose beginning no extension takes for a list, a block or a note."""
    found = re.match(r"(\d+)([.)])(\s)", inline)
    if found:
        return f"{found[1]}\\{found[2]}{inline[found.end(2):]}"
    if inline.startswith(("#", ">")) or re.match(r"[-+]\s", inline) or re.match(r"-{1,}8<", inline) or re.fullmatch(r"[-=]{2,}", inline):
        return "\\" + inline
    if re.match(r"[:/|~]", inline):
        return f"&#{ord(inline[0])};{inline[1:]}"
    return inline
