"""A blog post as a list of blocks, and as Markdown in which every word of it stands."""

from __future__ import annotations

import re
from typing import NamedTuple


class Block(NamedTuple):
    """One block of a post.

    `how` is text, heading, item, term, definition, table, code, html, break or apart
    (what keeps two lists from becoming one). `inline` is its text as inline Markdown;
    of a table, code and html as it is. `level` is a heading's, or how deep an item, or
    a paragraph of one, stands in lists. `number` is a numbered item's. `quoted` says
    that it stands in a quotation.
    """

    how: str
    inline: str = ""
    level: int = 0
    number: int = 0
    quoted: bool = False


# Elements within a line that Markdown has no marks for; they are kept as they are.
KEPT_TAGS = ("del", "ins", "s", "sub", "sup", "mark", "small", "u", "kbd", "q")
# Blocks whose text is not inline Markdown.
AS_WRITTEN = ("code", "html", "table", "break", "apart")
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
    text = re.sub(rf"<br>|</?(?:{'|'.join(KEPT_TAGS)})>", lambda tag: " " if tag[0] == "<br>" else "", text)
    text = re.sub(r"(?<!\\)[*`\[\]]", "", text)
    text = re.sub(r"\\([\\`*_{}\[\]])", r"\1", text)
    return text.replace("&lt;", "<").replace("&amp;", "&")


def markdown(blocks: list[Block]) -> str:
    """Blocks as the text of a page, a blank line between them."""
    lines: list[str] = []
    before: Block | None = None
    for block in _tidied(blocks):
        if before is not None and not _joined(before, block):
            lines.append("> " if before.quoted and block.quoted else "")
            if {before.how, block.how} == {"item", "code"}:
                lines += ["<!-- -->", ""]  # else the code would belong to the list
        lines += [f"> {line}".rstrip() if block.quoted else line for line in _written(block)]
        before = block
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _joined(before: Block, block: Block) -> bool:
    """Whether two blocks stand on lines that follow each other."""
    return (before.how == block.how == "item" and before.quoted == block.quoted) or block.how == "definition"


def _tidied(blocks: list[Block]) -> list[Block]:
    """Without breaks at either end or next to each other, and with headings from the second level on."""
    kept: list[Block] = []
    for block in blocks:
        if block.how == "break" and (not kept or kept[-1].how == "break"):
            continue
        kept.append(block)
    while kept and kept[-1].how == "break":
        kept.pop()
    highest = min((block.level for block in kept if block.how == "heading"), default=2)
    return [
        block._replace(level=min(6, block.level - highest + 2)) if block.how == "heading" else block for block in kept
    ]


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
    if block.how in ("html", "table"):
        return block.inline.split("\n")
    if block.how == "apart":
        return ["<!-- -->"]
    if block.how == "definition":
        return [f":   {_safe(block.inline)}"]
    return [f"{'    ' * block.level}{_safe(block.inline)}"]


def _safe(inline: str) -> str:
    """A paragraph whose beginning no extension takes for a list, a block or a note."""
    found = re.match(r"(\d+)([.)])(\s)", inline)
    if found:
        return f"{found[1]}\\{found[2]}{inline[found.end(2) :]}"
    if (
        inline.startswith(("#", ">"))
        or re.match(r"[-+]\s", inline)
        or re.match(r"-{1,}8<", inline)
        or re.fullmatch(r"[-=]{2,}", inline)
    ):
        return "\\" + inline
    if re.match(r"[:/|~]", inline):
        return f"&#{ord(inline[0])};{inline[1:]}"
    return inline
