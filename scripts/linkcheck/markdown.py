"""Where things stand in a Markdown file.

No renderer: only what it takes to say with certainty where a destination, an
id or a word is written. Everything keeps its offset, because what does not
count is overwritten in place and never cut out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from .code_spans import code_and_comments, fences, indented

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_HELD = re.compile(r"<(?:script|style|textarea)\b[^>]*>((?:(?!</(?:script|style|textarea)).)*)", re.I | re.S)
_ATTRIBUTE = re.compile(r"([A-Za-z_:@][\w:.-]*)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)")
AUTOLINK = re.compile(r"<((?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]*)|[^\s<>@/]+@[^\s<>]+)>", re.I)
DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*\n?[ \t]*(<[^>\n]*>|\S+)[^\n]*$", re.M)
_SECOND = re.compile(r"\s?\[([^\]]*)\]")
_PAIR = r"(?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{}]+))"
ATTR_LIST = re.compile(rf"\{{:?[ \t]*({_PAIR}(?:[ \t]+{_PAIR})*)[ \t]*\}}")
SNIPPET = re.compile(r"^[ \t]*-{1,}8<-{1,}[ \t]+[\"']([^\"'\n]+)[\"'][ \t]*$", re.M)


class Written(NamedTuple):
    """Something written at an offset: a destination, an id, a tag."""

    offset: int
    value: str
    how: str  # inline, image, reference, image-reference, definition, autolink, or html:tag:attribute


class Positions:
    """Turns offsets of a text into lines and columns, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a line and a column."""
        return self._starts[line - 1] + column - 1


class Markdown:
    """A Markdown text from `start` on; what stands before is front matter."""

    def __init__(self, text: str, start: int = 0) -> None:
        self.text = text
        self.start = start

    @cached_property
    def bare(self) -> str:
        """The text with front matter, code and comments blanked."""
        text = blanked(self.text, [(0, self.start), *fences(self.text, self.start)])
        text = blanked(text, list(indented(text, self.start)))
        return blanked(text, code_and_comments(text))

    @cached_property
    def tags(self) -> list[re.Match]:
        """Raw HTML tags, in order; none inside a script, a style or a link's destination."""
        held = [found.span(1) for found in _HELD.finditer(self.bare)] + [
            (close, end) for _, close, end, _ in self.inline
        ]
        starts, last, kept = deque(sorted(held)), -1, []
        for tag in _TAG.finditer(self.bare):
            while starts and starts[0][0] <= tag.start():
                last = max(last, starts.popleft()[1])
            if tag.start() >= last:
                kept.append(tag)
        return kept

    @cached_property
    def _brackets(self) -> dict[int, int]:
        """Each closing bracket's offset, with that of its opening one. Paragraphs end all that is open."""
        pairs, open_ = {}, []
        for found in re.finditer(r"\\.|\[|\]|\n[ \t]*\n", self.bare):
            if found[0] == "[":
                open_.append(found.start())
            elif found[0] == "]" and open_:
                pairs[found.start()] = open_.pop()
            elif found[0][0] == "\n":
                open_.clear()
        return pairs

    @cached_property
    def inline(self) -> list[tuple[int, int, int, Written]]:
        """Inline links and images: offsets of `[`, of `]`, of the end, and the destination."""
        found, blocked = [], 0
        for close, open_ in sorted(self._brackets.items()):
            if close < blocked or not self.bare.startswith("](", close):
                continue
            parsed = _destination(self.bare, close + 2)
            if parsed:
                start, value, end = parsed
                how = "image" if open_ and self.bare[open_ - 1] == "!" else "inline"
                found.append((open_, close, end, Written(start, value, how)))
                blocked = end
        return found

    @cached_property
    def definitions(self) -> dict[str, Written]:
        """Reference definitions by their label, in lower case."""
        named: dict[str, Written] = {}
        for found in DEFINITION.finditer(self.bare):
            value = found[2]
            inner = value[1:-1] if value.startswith("<") else value
            offset = found.start(2) + value.startswith("<")
            named.setdefault(found[1].strip().lower(), Written(offset, inner, "definition"))
        return named

    @cached_property
    def references(self) -> list[tuple[int, int, int, str]]:
        """Uses of reference links: offsets of `[`, of `]`, of the end, and the label used."""
        taken = {close for _, close, _, _ in self.inline}
        brackets = sorted((open_, close) for close, open_ in self._brackets.items() if close not in taken)
        found, at = [], 0
        # As Python-Markdown does: first all that have a second bracket, whether or not its label is known …
        for open_, close in brackets:
            second = _SECOND.match(self.bare, close + 1)
            if open_ >= at and second:
                at = second.end()
                label = _label(second[1] or self.bare[open_ + 1 : close])
                if label in self.definitions:
                    found.append((open_, close, at, label))
        used, at = deque((open_, end) for open_, _, end, _ in found), 0
        # … then what is left.
        for open_, close in brackets:
            while used and used[0][1] <= open_:
                used.popleft()
            label = _label(self.bare[open_ + 1 : close])
            if open_ < at or (used and used[0][0] <= open_) or self.bare.startswith(":", close + 1):
                continue
            at = close + 1
            if label in self.definitions:
                found.append((open_, close, at, label))
        return sorted(found)

    @cached_property
    def destinations(self) -> list[Written]:
        """Every destination that is written here, in order, however it is written."""
        found = [written for *_, written in self.inline]
        for open_, _, _, label in self.references:
            how = "image-reference" if open_ and self.bare[open_ - 1] == "!" else "reference"
            found.append(Written(open_, self.definitions[label].value, how))
        for link in AUTOLINK.finditer(self.bare):
            found.append(Written(link.start(1), link[1], "autolink"))
        for tag in self.tags:
            for name, offset, value in attributes(tag):
                found.append(Written(offset, value, f"html:{tag[1].lower()}:{name}"))
        for listed in ATTR_LIST.finditer(self.bare):
            for pair in _ATTRIBUTE.finditer(listed[1]):
                value = pair[2].strip("\"'")
                found.append(Written(listed.start(1) + pair.start(), value, f"html:*:{pair[1].lower()}"))
        return sorted(found)

    @cached_property
    def ids(self) -> list[Written]:
        """Every id that is written out: in raw HTML and in attribute lists."""
        found = [w for w in self.destinations if w.how.endswith(":id")]
        for listed in ATTR_LIST.finditer(self.bare):
            for name in re.finditer(r"(?:^|(?<=[ \t]))#([\w:.-]+)", listed[1]):
                found.append(Written(listed.start(1) + name.start(), name[1], "attr-list"))
        return sorted(found)

    @cached_property
    def snippets(self) -> list[Written]:
        """Files drawn in with --8<--."""
        return [Written(f.start(), f[1], "snippet") for f in SNIPPET.finditer(self.bare)]


def _label(text: str) -> str:
    """A label as Python-Markdown compares it."""
    return re.sub(r"\s+", " ", text.lower())


def attributes(tag: re.Match) -> Iterator[tuple[str, int, str]]:
    """The attributes of a raw HTML tag: name in lower case, offset of the value, value."""
    for found in _ATTRIBUTE.finditer(tag[2]):
        quoted = found[2][0] in "\"'"
        yield found[1].lower(), tag.start(2) + found.start(2) + quoted, found[2][1:-1] if quoted else found[2]


def blanked(text: str, spans: list[tuple[int, int]], by: str = " ") -> str:
    """The text with these spans overwritten, line ends kept."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        start = max(start, at)
        parts += [text[at:start], re.sub(r"[^\n]", by, text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def _destination(text: str, at: int) -> tuple[int, str, int] | None:
    """A link's destination from behind its parenthesis: offset, value, offset behind the closing one."""
    while at < len(text) and text[at] in " \t\n":
        at += 1
    if text.startswith("<", at):
        close = text.find(">", at)
        if close < 0 or "\n" in text[at:close]:
            return None
        start, value, at = at + 1, text[at + 1 : close], close + 1
    else:
        start, depth = at, 0
        # No address is longer or deeper (CommonMark allows 32), and a text full of "](" stays linear.
        for at in range(start, min(len(text), start + 4096)):
            letter = text[at]
            if letter == "(":
                depth += 1
                if depth > 32:
                    return None
            elif letter == ")":
                depth -= 1
                if depth < 0:
                    break
            elif letter == "\n" or (letter in " \t" and re.match(r"[ \t]+[\"'(]", text[at : at + 40])):
                break
        value = text[start:at].rstrip()
    rest = re.compile(r"\s*(?:\"[^\"]*\"|'[^']*')?\s*\)").match(text, at)
    return (start, value, rest.end()) if rest else None
