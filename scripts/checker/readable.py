"""A Markdown text as people read it: headings, footnotes, prose."""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from linkcheck.markdown import ATTR_LIST, AUTOLINK, DEFINITION, SNIPPET, Markdown, blanked

from .words import GONE

_NOTE = re.compile(r"^ {0,3}\[\^([^\]\n]+)\]:[^\n]*(?:\n(?:[ \t]+[^\n]*|(?=\n[ \t]{4})))*", re.M)
_NOTE_USED = re.compile(r"\[\^([^\]\n]+)\](?!:)")
_BLOCK_LINE = re.compile(r"^[ \t]*///[^\n]*$", re.M)
_HEADING = re.compile(r"^(#{1,6})[ \t]*([^\n]*?)[ \t]*#*[ \t]*$", re.M)
_EMPHASIS = re.compile(r"\*+|(?<![A-Za-z0-9])_+(?=\S)|(?<=\S)_+(?![A-Za-z0-9])|~~|\\(?=[\\`*_{}\[\]()#+.!|<>~-])")


class Heading(NamedTuple):
    """A heading with the offset of its line and of what follows it."""

    offset: int
    level: int
    title: str
    end: int


class Readable(Markdown):
    """Markdown with what the rules on its words ask for."""

    @cached_property
    def notes(self) -> list[re.Match]:
        """Footnote definitions: group 1 is the name."""
        return list(_NOTE.finditer(self.bare))

    @cached_property
    def notes_used(self) -> list[re.Match]:
        """Places where a footnote is called: group 1 is the name."""
        return list(_NOTE_USED.finditer(self.bare))

    @cached_property
    def headings(self) -> list[Heading]:
        """Headings written with number signs, in order."""
        return [
            Heading(f.start(), len(f[1]), ATTR_LIST.sub("", f[2]).strip(), f.end())
            for f in _HEADING.finditer(self.bare)
        ]

    @cached_property
    def prose(self) -> str:
        """The text as it is read: no markup, no footnotes, no addresses, no drawings."""
        images = [(open_ - 1, end) for open_, _, end, written in self.inline if written.how == "image"]
        links = [(open_, close, end) for open_, close, end, written in self.inline if written.how != "image"]
        gone = [f.span() for f in (*self.notes_used, *self.tags, *ATTR_LIST.finditer(self.bare))]
        for open_, close, end in (*links, *(reference[:3] for reference in self.references)):
            gone += [(open_, open_ + 1), (close, end)]
        spaces = [found.span() for found in self.notes]
        for pattern in (DEFINITION, _BLOCK_LINE, SNIPPET, AUTOLINK):
            spaces += [found.span() for found in pattern.finditer(self.bare)]
        text = blanked(blanked(self.bare, spaces + images), gone, GONE)
        return _EMPHASIS.sub(lambda f: GONE * len(f[0]), text)
