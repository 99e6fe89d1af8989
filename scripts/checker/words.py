"""Words and sentences, counted in one way everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Markup is replaced by this character where it may stand inside a word, so
# that every position in the text stays true. See markdown.py.
GONE = "\0"

_TOKEN = re.compile(r"\S+")
# A full stop after one of these ends no sentence.
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|no|mr|mrs|ms|dr|st|fig|cf|a\.m|p\.m)|\b[A-Z])\.$", re.I)
_END = re.compile(r"[.?!…]+[\"”’')\]*_\0]*(?=[\s\0]+[\"“‘'(\[*_\0]*[A-Z0-9])")


def tokens(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Each word with its offset: a run without white space that holds a letter or a digit."""
    for found in _TOKEN.finditer(text):
        word = found[0].replace(GONE, "")
        if _is_word(word):
            yield start + found.start(), word


def count(text: str) -> int:
    """How many words a text has."""
    return sum(map(_is_word, text.replace(GONE, "").split()))


def _is_word(run: str) -> bool:
    return run.isalnum() or any(map(str.isalnum, run))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence of one paragraph with its offset."""
    start = 0
    for end in _END.finditer(text):
        # No abbreviation is longer than these few letters.
        if _SHORT.search(text[max(start, end.start() - 8) : end.start() + 1]):
            continue
        yield _trimmed(start, text[start : end.end()])
        start = end.end()
    if text[start:].strip():
        yield _trimmed(start, text[start:])


def _trimmed(start: int, said: str) -> tuple[int, str]:
    bare = said.lstrip(" \t\n" + GONE)
    return start + len(said) - len(bare), bare.rstrip()
