"""Which stretches of a Markdown text are code or comments, so that nothing in them counts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

_MARK = re.compile(r"\\[\\`<]|`+|<!--")
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})([^\n]*)$", re.M)


def fences(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of fenced code. A fence that is never closed is no fence."""
    lines = list(_FENCE.finditer(text, start))
    unclosed: set[tuple[str, int]] = set()
    at = 0
    while at < len(lines):
        mark, rest = lines[at][1], lines[at][2]
        found = None
        if (mark[0], len(mark)) not in unclosed and not (mark[0] == "`" and "`" in rest):
            for later in range(at + 1, len(lines)):
                if lines[later][1].startswith(mark) and not lines[later][2].strip():
                    found = later
                    break
            else:
                unclosed.add((mark[0], len(mark)))
        if found is not None:
            yield lines[at].start(), lines[found].end()
            at = found
        at += 1


_CONTAINER = re.compile(r" {0,3}(?:[-*+]|\d+[.)]|:|\[\^[^\]\n]+\]:|!!!|\?\?\?\+?|===\+?)(?=[ \t\n]|$)")


def indented(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of code by indentation: behind an empty line, four spaces deep, not below a list, a definition or a note.

    What is indented there belongs to the list; whether something deeper still is code is left open.
    """
    offset, blank, inside, code = start, True, False, None
    for line in text[start:].split("\n"):
        bare = line.strip()
        if bare and line.startswith(("    ", "\t")):
            if code is None and blank and not inside:
                code = offset
        elif bare:
            if code is not None:
                yield code, offset
                code = None
            if blank or _CONTAINER.match(line):
                inside = bool(_CONTAINER.match(line))
        blank, offset = not bare, offset + len(line) + 1
    if code is not None:
        yield code, len(text)


def code_and_comments(text: str) -> list[tuple[int, int]]:
    """Spans of code between backticks and of comments."""
    runs: dict[int, list[int]] = {}
    for run in re.finditer(r"`+", text):
        runs.setdefault(len(run[0]), []).append(run.start())
    ends = [found.start() for found in re.finditer(r"\n[ \t]*\n", text)]
    spans, at = [], 0
    for mark in _MARK.finditer(text):
        if mark.start() < at or mark[0][0] == "\\":
            continue
        if mark[0] == "<!--":
            close = text.find("-->", mark.end())
            if close < 0:
                break
            at = close + 3
        else:
            same = runs.get(len(mark[0]), [])
            after = bisect_left(same, mark.end())
            paragraph = bisect_left(ends, mark.end())
            limit = ends[paragraph] if paragraph < len(ends) else len(text)
            if after == len(same) or same[after] > limit:
                continue
            at = same[after] + len(mark[0])
        spans.append((mark.start(), at))
    return spans
