"""Front matter as YAML: values with their places, and YAML's own surprises.

Positions come from PyYAML's node tree. Values are made here and not by the
library, so that what was written is still known: `yes`, `1_000`, a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Deeper than any kind of page needs, and far from where a parser gives up.
_DEEPEST = 20
# A value that opens a quotation mark and does not close it in its line.
_OPEN_QUOTE = re.compile(r"""(\s*(?:- +)*(?:[\w-]+: +)?)("(?:[^"\\]|\\.)*|'(?:[^']|'')*)""")
# White space that only looks like a space.
_ODD_SPACE = re.compile("(?:^|(?<=[:-]))[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_AFTER_FOLD = re.compile(r" *(?:- +)?[\w-]+: +[>|][+-]? +([^#\s].*)")
_AFTER_QUOTE = re.compile(r""" *(?:- +)?[\w-]+: +(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*') *([^#,\s].*)""")
_DASH = re.compile(r"( *)- ")


class Fault(NamedTuple):
    """What is wrong with a text as YAML."""

    rule: str
    line: int
    column: int
    message: str


class Whole(int):
    """A whole number that remembers how it was written."""

    written: str


class Day(str):
    """What YAML takes for a date, as it was written."""


class Values:
    """The values of a front matter, as plain objects and as nodes with places."""

    def __init__(self) -> None:
        self.plain: dict[str, Any] = {}
        self.node: yaml.MappingNode | None = None
        self.faults: list[Fault] = []
        self.first = 1

    def keys(self, path: list) -> Iterator[tuple[str, int, int]]:
        """The keys of the mapping at a path, each with line and column."""
        node = self._node(path)
        if isinstance(node, yaml.MappingNode):
            for key, _ in node.value:
                yield (str(key.value), *self._mark(key.start_mark))

    def place(self, path: list) -> tuple[int, int]:
        """Line and column of the value at a path; of its key where the value is a list, a mapping or empty."""
        if not path:
            return self.first, 1
        parent, node = self._node(path[:-1]), self._node(path)
        if isinstance(parent, yaml.MappingNode) and (not isinstance(node, yaml.ScalarNode) or not node.value):
            for key, _ in parent.value:
                if key.value == path[-1]:
                    return self._mark(key.start_mark)
        return self._mark(node.start_mark) if node else (self.first, 1)

    def last_line(self, path: list) -> int:
        """The last line of the mapping at a path that holds anything."""
        node = self._node(path)
        while isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) and node.value and not node.flow_style:
            node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        mark = node.end_mark
        return self.first + mark.line - (mark.column == 0 and mark.line > node.start_mark.line)

    def span(self, path: list) -> tuple[tuple[int, int], tuple[int, int]]:
        """Where the value at a path begins and ends, as two pairs of line and column."""
        node = self._node(path)
        return self._mark(node.start_mark), self._mark(node.end_mark)

    def strings(self) -> Iterator[tuple[list, str]]:
        """Every text in the values with its path, in order."""
        waiting: list[tuple[list, Any]] = [([], self.plain)]
        while waiting:
            path, value = waiting.pop()
            if isinstance(value, dict):
                waiting += [([*path, key], item) for key, item in reversed(value.items())]
            elif isinstance(value, list):
                waiting += [([*path, at], item) for at, item in reversed(list(enumerate(value)))]
            elif isinstance(value, str) and not isinstance(value, Day):
                yield path, value

    def _node(self, path: list) -> yaml.Node | None:
        node = self.node
        for step in path:
            if isinstance(node, yaml.MappingNode):
                node = next((value for key, value in reversed(node.value) if key.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                return None
        return node

    def _mark(self, mark: yaml.Mark) -> tuple[int, int]:
        return self.first + mark.line, mark.column + 1


def read(text: str, first: int) -> Values:
    """Read the YAML between the lines of dashes; `first` is the file's line on which it begins.

    Never raises: what is wrong is in `faults`, and then the values may be empty.
    """
    values = Values()
    values.first = first
    try:
        fault = _refused(text, first)
        node = None if fault else yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        fault = explained(error, text, first)
    except (RecursionError, ValueError) as error:
        fault = Fault("meta-yaml", first, 1, f"is no YAML that can be read: {error}")
    if fault:
        values.faults.append(fault)
        return values
    if not isinstance(node, yaml.MappingNode):
        values.faults.append(
            Fault("meta-yaml", first, 1, "front matter must be fields, each a name, a colon, a space and a value")
        )
        return values
    values.node = node
    values.plain = _made(node, values)
    values.faults += _cut_off(node, text.split("\n"), first)
    return values


def _cut_off(node: yaml.Node, lines: list[str], first: int) -> Iterator[Fault]:
    """Texts that YAML ends at a number sign, though they go on."""
    if isinstance(node, yaml.ScalarNode):
        mark = node.end_mark
        rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
        if not node.style and node.tag.endswith(":str") and rest.lstrip().startswith("#"):
            said = "loses everything from # on; put the whole value in quotation marks"
            yield Fault("meta-yaml", first + mark.line, mark.column + rest.index("#") + 1, said)
        return
    for item in node.value:
        for inner in item if isinstance(item, tuple) else (item,):
            yield from _cut_off(inner, lines, first)


def _refused(text: str, first: int) -> Fault | None:
    """What YAML allows and front matter does not: anchors, aliases, tags, several documents, great depth."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line, column = first + event.start_mark.line, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return Fault(
                "meta-yaml",
                line,
                column,
                "& and * at a value's beginning have a meaning in YAML; put the value in quotes",
            )
        if getattr(event, "tag", None):
            return Fault(
                "meta-yaml", line, column, "! at a value's beginning has a meaning in YAML; put the value in quotes"
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            return Fault("meta-yaml", line, column, f"is nested more than {_DEEPEST} deep; no page has such a field")
    return None


def explained(error: yaml.YAMLError, text: str, first: int) -> Fault:
    """PyYAML's complaint, as a sentence for somebody who does not know YAML."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    opened = getattr(error, "context_mark", None)
    context, said = str(getattr(error, "context", "")), str(getattr(error, "problem", None) or error).split("\n")[0]
    lines = text.split("\n")
    at, column = (min(mark.line, len(lines) - 1), mark.column) if mark else (0, 0)

    def fault(line: int, column: int, message: str) -> Fault:
        return Fault("meta-yaml", first + line, column + 1, message)

    # The parser often stops long after the line that is wrong: a tab and an open
    # quotation mark or bracket are named where they stand.
    for number, line in enumerate(lines[: at + 1]):
        if re.match(r" *\t", line):
            return fault(number, line.index("\t"), "is indented with a tab; use spaces")
        if quote := _OPEN_QUOTE.fullmatch(line):
            sort = "an apostrophe opens" if quote[2][0] == "'" else "opens"
            said = (
                f"{sort} a quotation that is not closed in its line; close it, or write >- and the text below, indented"
            )
            return fault(number, quote.start(2), said)
        if odd := _ODD_SPACE.search(line):
            said = f"holds a space that YAML does not know (U+{ord(odd[0]):04X}); type a plain one in its place"
            return fault(number, odd.start(), said)
        if after := _AFTER_FOLD.fullmatch(line):
            return fault(number, after.start(1), "has text behind >; write it in the next line, indented by two spaces")
        if after := _AFTER_QUOTE.fullmatch(line):
            said = "goes on behind its closing quotation mark; put the whole value between one pair of them"
            return fault(number, after.start(1), said)
        dash = _DASH.match(lines[number - 1]) if number and ":" not in line else None
        if dash and len(dash[1]) == len(line) - len(line.lstrip()) and re.match(r" *\w", line):
            return fault(number, len(dash[1]), "lacks its dash; begin it with a hyphen and a space, as the line above")
    if "flow" in context and opened:
        return fault(
            opened.line, opened.column, "opens a bracket that is not closed; close it, or put the whole value in quotes"
        )
    if "mapping values are not allowed" in said and ":" in lines[at][:column]:
        return fault(
            at,
            column,
            "has a second colon in one line; put the whole value in quotes, or write >- and the text below, indented",
        )
    if "could not find expected ':'" in said and opened:
        return fault(
            opened.line,
            opened.column,
            "is neither a field nor part of one; write a name, a colon, a space and the value, and indent what goes on",
        )
    if "cannot start any token" in said and lines[at][column : column + 1] == "\t":
        return fault(at, column, "has a tab before its value; use a space")
    if "cannot start any token" in said:
        return fault(
            at,
            column,
            f"begins a value with {lines[at][column : column + 1]!r}, which YAML reserves; put the value in quotes",
        )
    if "expected <block end>" in said or "did not find expected" in said or "mapping values" in said:
        return fault(
            at, column, "does not fit the lines above it; check the indentation, the brackets and the quotation marks"
        )
    return fault(at, column, f"is no YAML that can be read: {said}")


def _made(node: yaml.Node, values: Values) -> Any:
    """The value of a node; duplicate keys are entered as faults."""
    if isinstance(node, yaml.SequenceNode):
        return [_made(item, values) for item in node.value]
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    made: dict[str, Any] = {}
    places: dict[str, int] = {}
    for key, value in node.value:
        line, column = values._mark(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            values.faults.append(Fault("meta-yaml", line, column, "a field's name must be a word"))
            continue
        if key.value in places:
            values.faults.append(
                Fault(
                    "meta-duplicate",
                    line,
                    column,
                    f"field {key.value} stands here a second time; the first is in line {places[key.value]}",
                )
            )
        places.setdefault(key.value, line)
        made[key.value] = _made(value, values)
    return made


def _scalar(node: yaml.ScalarNode) -> Any:
    """A single value as YAML 1.1 reads it, in a form that remembers the text."""
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "timestamp":
        return Day(node.value)
    if kind == "int":
        try:
            number = Whole(yaml.SafeLoader("").construct_yaml_int(node))
        except ValueError:
            return node.value
        number.written = node.value
        return number
    if kind == "float":
        # Only the books of a part take decimals, and only as people write them.
        return float(node.value) if re.fullmatch(r"-?\d+\.\d+", node.value) else float("nan")
    if kind == "bool":
        return node.value.lower() in ("yes", "true", "on")
    return None if kind == "null" else node.value
