"""Takes a post apart that was saved as plain text."""

from __future__ import annotations

import re

from .post import Block, escaped

_BREAK = re.compile(r"[ \t]*(?:[*\-_=~•·#][ \t]*){3,}")
_ITEM = re.compile(r"([ \t]*)(?:([-*•–])|(\d{1,3})[.)])[ \t]+(?=\S)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*")
# Lines that editors break by themselves are hardly longer than this.
_WRAPPED_AT = 100
# Markup that people write in plain text: links, addresses, bold, emphasis.
_MARKUP = re.compile(
    r"\[(?P<said>[^\]\[\n]+)\]\((?P<to>https?://[^\s()]+)\)"
    r"|<?(?P<bare>https?://[^\s<>\"“”‘’]*[^\s<>\"“”‘’.,;:!?)'*\]])>?"
    r"|\*\*(?P<bold>[^\s*](?:[^*]*[^\s*])?)\*\*"
    r"|(?<![\w*])\*(?P<star>[^\s*](?:[^*]*[^\s*])?)\*(?![\w*])"
    r"|(?<!\w)_(?P<under>[^\s_](?:[^_]*[^\s_])?)_(?!\w)"
)


def blocks(text: str) -> tuple[list[Block], str]:
    """The blocks of a plain text, and a sentence on how its lines were read."""
    lines = [line.replace("\u00a0", " ").expandtabs(4).rstrip() for line in text.split("\n")]
    wrapped = _is_wrapped(lines)
    found: list[Block] = []
    kept: list[str] = []

    def end() -> None:
        if kept:
            found.append(Block("text", inline(" ".join(kept))))
        kept.clear()

    at = 0
    while at < len(lines):
        line = lines[at]
        follows = lines[at + 1] if at + 1 < len(lines) else ""
        item, heading = _ITEM.match(line), _HEADING.fullmatch(line)
        if not line.strip():
            end()
        elif _is_underline(line, follows) and not kept:
            found.append(Block("heading", inline(line.strip()), 1 if "=" in follows else 2))
            at += 1
        elif _BREAK.fullmatch(line):
            end()
            found.append(Block("break"))
        elif heading:
            end()
            found.append(Block("heading", inline(heading[2]), len(heading[1])))
        elif item:
            end()
            found.append(Block("item", inline(line[item.end() :]), min(3, len(item[1]) // 2), int(item[3] or 0)))
        elif line.startswith(" ") and found and found[-1].how == "item" and not kept and lines[at - 1].strip():
            found[-1] = found[-1]._replace(inline=f"{found[-1].inline} {inline(line.strip())}")
        elif wrapped:
            kept.append(line.strip())
        else:
            found.append(Block("text", inline(line.strip())))
        at += 1
    end()
    return _with_numbers_as_words(
        found
    ), "lines joined into paragraphs, which blank lines part" if wrapped else "each line taken for a paragraph"


def _with_numbers_as_words(blocks: list[Block]) -> list[Block]:
    """Numbers that do not count from one are words and no list: a list would count anew."""
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


def inline(text: str) -> str:
    """A plain text as inline Markdown: links and emphasis kept, everything else shown as it is."""
    parts, at = [], 0
    for found in _MARKUP.finditer(text):
        parts.append(escaped(text[at : found.start()]))
        if found["said"]:
            parts.append(f"[{inline(found['said'])}]({found['to']})")
        elif found["bare"]:
            parts.append(f"<{found['bare']}>")
        elif found["bold"]:
            parts.append(f"**{inline(found['bold'])}**")
        else:
            parts.append(f"*{inline(found['star'] or found['under'])}*")
        at = found.end()
    return "".join([*parts, escaped(text[at:])])


def _is_wrapped(lines: list[str]) -> bool:
    """Whether an editor broke the lines, so that blank lines part the paragraphs."""
    inner = [line for line, after in zip(lines, lines[1:], strict=False) if line.strip() and after.strip()]
    inner = [line for line in inner if not (_BREAK.fullmatch(line) or _ITEM.match(line))]
    blank = any(not line.strip() for line in lines[1:-1])
    if not blank or not inner or max(len(line) for line in lines if not _BREAK.fullmatch(line)) > _WRAPPED_AT:
        return False
    # Where most lines that are followed by another end in the middle of a sentence, they were broken.
    return sum(not line.rstrip("\"'”’)").endswith((".", "!", "?", ":")) for line in inner) * 2 > len(inner)


def _is_underline(line: str, follows: str) -> bool:
    """Whether the next line underlines this one, which makes it a heading."""
    rule = follows.strip()
    return (
        bool(re.fullmatch(r"=+|-+", rule))
        and len(rule) >= 3
        and len(line) <= 70
        and abs(len(rule) - len(line.strip())) <= 2
        and not _BREAK.fullmatch(line)
    )
