"""Repairs quotation marks: doubled ones, and those that point the wrong way."""

from __future__ import annotations

import re

# Two marks of one kind in a row, as some writing programs leave them.
_DOUBLED = '\'\'|‘‘|’’|‘’|``|´´|""|““|””|„„|“"|"”'
# Two with nothing beside them quote nothing ("say '' twice") and are left as they are.
_DOUBLED_AT_A_WORD = re.compile(rf"(?<=\S)(?:{_DOUBLED})|(?:{_DOUBLED})(?=\S)")
_SINGLE = "'‘’‛´"
_DOUBLE = '"“”„‟'
# Words that begin with an apostrophe: nothing is quoted there.
_CLIPPED = re.compile(r"(?:tis|twas|em|til|cause|n|\d\ds)\b", re.I)
_CLOSED_SOON = re.compile(r"[^'‘’]{0,40}['‘’](?!\w)")
# Of inline Markdown: addresses, tags and code, in which marks stay as they are.
_KEPT = re.compile(r"\]\([^()\s]*\)|<[^<>]*>|`[^`]*`")
_STANDS_FOR_KEPT = "\ue000"


def repaired(inline: str) -> tuple[str, int]:
    """Inline Markdown with every quotation mark as a typesetter sets it, and how many were wrong.

    Straight marks become curly ones, which is no repair and not counted.
    """
    kept = _KEPT.findall(inline)
    text = _KEPT.sub(_STANDS_FOR_KEPT, inline)
    text, mended = _DOUBLED_AT_A_WORD.subn('"', text)
    out = []
    for at, letter in enumerate(text):
        if letter in _SINGLE or letter in _DOUBLE:
            before = text[at - 1] if at else " "
            after = text[at + 1] if at + 1 < len(text) else " "
            opens = _opens(before, after)
            if letter in _DOUBLE:
                right = "“" if opens else "”"
            else:
                clipped = opens and _CLIPPED.match(text, at + 1) and not _CLOSED_SOON.match(text, at + 1)
                right = "‘" if opens and not clipped else "’"
            mended += letter not in "'\"" and letter != right
            letter = right
        out.append(letter)
    parts = "".join(out).split(_STANDS_FOR_KEPT)
    return "".join(part + (kept[at] if at < len(kept) else "") for at, part in enumerate(parts)), mended


def _opens(before: str, after: str) -> bool:
    """Whether a mark between these two letters begins a quotation."""
    if after.isspace() or after in ".,;:!?)]}…":
        return False
    return before.isspace() or before in "([{*_–—-/" + _SINGLE + _DOUBLE
