"""A Markdown file with its front matter, and how far it could be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from linkcheck.markdown import Positions as Place
from linkcheck.sources import Source

from .readable import Readable
from .yaml_text import Fault, Values, explained, read

# The way in which MkDocs itself finds front matter (mkdocs/utils/meta.py): what
# it would not find is printed on the page for all to see.
_BLOCK = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.S)
_MORE_FIELDS = re.compile(r"\s*[a-z_]+:(?:[ \t][^\n]*)?\n(?:(?:[a-z_]+:|[ \t]+|- |#)[^\n]*\n|\n)*?-{3}[ \t]*\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class Page(Source):
    """A Markdown source.

    `path` is how it is named to people, `rel` where it stands below docs.
    `faults` are what kept it from being read, as (rule, line, column, message).
    Never raises: what cannot be read is a fault.
    """

    def __init__(self, file: Path, path: str, rel: str) -> None:
        self.file, self.path, self.rel = file, path, rel
        self.draft = rel.endswith(".draft.md")
        self.published = not self.draft
        self.faults: list[tuple[str, int, int, str]] = []
        self.values = Values()
        self.text = self._read()
        self.place = self.positions
        self.front_end = 1
        self.body = self._front_matter()
        # Of a file that could not be read as what it is, nothing more is said:
        # every further rule would only complain about the same thing.
        self.unread = any(
            rule in ("meta-block", "meta-empty") or "UTF" in said
            for rule, _, _, said in self.faults
            if "byte-order" not in said
        )
        self.readable = not self.unread

    @property
    def kind(self) -> str:
        """The kind of page: its template without the ending, or an empty string."""
        template = self.values.plain.get("template")
        return template.removesuffix(".html") if isinstance(template, str) else ""

    def fields(self) -> Iterator[tuple[str, int, int]]:
        """Every text of the front matter, with its place."""
        return ((value, *self.values.place(at)) for at, value in self.values.strings())

    @cached_property
    def markdown(self) -> Readable:
        """The text below the front matter, with offsets of the whole file."""
        return Readable(self.text, self.body)

    def _read(self) -> str:
        try:
            data = self.file.read_bytes()
        except OSError as error:
            self._fault("meta-encoding", 1, 1, f"cannot be read: {error.strerror or error}")
            return ""
        if data.startswith(b"\xef\xbb\xbf"):
            data = data[3:]
            self._fault("meta-encoding", 1, 1, "begins with a byte-order mark; save the file as UTF-8 without one")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8", "replace").replace("\r\n", "\n")
            column = len(before) - before.rfind("\n")
            told = "looks like UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "is not UTF-8"
            self._fault(
                "meta-encoding",
                before.count("\n") + 1,
                column,
                f"{told} (byte 0x{data[error.start]:02x}); save the file as UTF-8",
            )
            text = data.decode("utf-8", "replace")
        if "\r" in text:
            line = re.split("\r\n?|\n", text[: text.index("\r")])
            self._fault(
                "meta-line-ends", len(line), len(line[-1]) + 1, "has Windows line ends; save the file with line ends LF"
            )
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if (odd := _CONTROL.search(text)) and not self.faults:
            line, column = Place(text).of(odd.start())
            self._fault("meta-encoding", line, column, f"holds the control character {ord(odd[0]):#04x}; take it out")
        return text

    def _front_matter(self) -> int:
        """Read the front matter; the offset at which the body begins."""
        text = self.text
        if not text.strip():
            self._fault("meta-empty", 1, 1, "is empty; give it front matter and text, or delete it")
            return 0
        found = _BLOCK.match(text)
        if not found:
            self._unfound(text)
            return 0
        inner, first = found[1], 2
        if found[0].count("\n") == 2:
            first = 1
        self.front_end = self.place.of(found.end() - 1)[0]
        # Fields and a further line of dashes below it: the first such line was one too many.
        if _MORE_FIELDS.match(text, found.end()):
            self._fault(
                "meta-block",
                self.front_end,
                1,
                "ends the front matter here, and fields stand below it; take this line out",
            )
            return found.end()
        # A character that YAML refuses has been named already.
        self.values = read(_CONTROL.sub("\ufffd", inner), first)
        for fault in self.values.faults:
            self._fault(fault.rule, fault.line, fault.column, fault.message)
        return found.end()

    def _unfound(self, text: str) -> None:
        """Say why there is no front matter."""
        lines = text.split("\n")
        opening = re.compile(r"-{3}[ \t]*")
        first = next(number for number, line in enumerate(lines) if line.strip())
        if opening.fullmatch(lines[0]):
            closing = [n for n, line in enumerate(lines[1:], 2) if re.fullmatch(r"(-{3}|\.{3})[ \t]*", line)]
            if closing == [2]:
                self._fault("meta-block", 1, 1, "has empty front matter; fill in its fields")
            elif near := [
                n for n, line in enumerate(lines[1:], 2) if re.fullmatch(r"(?:-{2}|-{4,}|[–—]+)[ \t]*", line)
            ]:
                self._fault(
                    "meta-block",
                    near[0],
                    1,
                    f"would close the front matter with {lines[near[0] - 1].strip()}; write three hyphens, ---",
                )
            elif closing:
                self._fault(
                    "meta-block",
                    closing[0],
                    1,
                    "ends with the closing line of the front matter; put a line end after it and then the text",
                )
            else:
                self._fault(
                    "meta-block", 1, 1, "opens front matter that is never closed; put a line --- after its last field"
                )
        elif opening.fullmatch(lines[first].strip()):
            self._fault(
                "meta-block", first + 1, 1, "has something before its front matter; the very first line must be ---"
            )
        else:
            self._fault(
                "meta-block", 1, 1, "has no front matter; begin the file with a line ---, its fields, and a line ---"
            )

    def _fault(self, rule: str, line: int, column: int, message: str) -> None:
        self.faults.append((rule, line, column, message))


def mapping_in(file: Path) -> tuple[dict[str, Any], yaml.Node | None, Fault | None]:
    """A YAML file of settings, read past tags that only its own program knows.

    Returns the values, the node tree for positions, and what kept it from being read.
    """
    try:
        text = file.read_text("utf-8-sig")
        node = yaml.compose(text, Loader=_Tolerant)
        value = yaml.load(text, Loader=_Tolerant)
    except yaml.YAMLError as error:
        return {}, None, explained(error, text, 1)._replace(rule="meta-settings")
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        return {}, None, Fault("meta-settings", 1, 1, f"cannot be read: {error}")
    if not isinstance(value, dict):
        return {}, None, Fault("meta-settings", 1, 1, "holds no settings; it must be a list of names and values")
    return value, node, None


class _Tolerant(yaml.SafeLoader):
    """Reads any tag: !ENV gives its last value, !!python/name its name."""


def _any_tag(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value or suffix
    if isinstance(node, yaml.SequenceNode):
        values = loader.construct_sequence(node, deep=True)
        return values[-1] if values else None
    return loader.construct_mapping(node, deep=True)


_Tolerant.add_multi_constructor("!", _any_tag)
_Tolerant.add_multi_constructor("tag:yaml.org,2002:python/", _any_tag)
