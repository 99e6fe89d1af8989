"""The contract of front matter: JSON Schema, with sentences and places.

The schema is data (scripts/front-matter.schema.json). The library `jsonschema`
judges; here stand the keywords that the project adds, those on which YAML calls
for more care, and what is said about each.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import FormatChecker, ValidationError, validators

from .schema_keywords import base_validator, items
from .source import Page

if TYPE_CHECKING:
    from .project import Project

SCHEMA = Path(__file__).resolve().parent.parent / "front-matter.schema.json"
# Stands in a new page where a value is still to be written.
TO_FILL = "…"
_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "fields of its own",
}
_ONE_OF = {"remember": "point", "related": "path"}
Said = tuple[str, int, int, str]


@cache
def schema() -> dict[str, Any]:
    """The whole schema, what several kinds share put in its place; raises OSError or ValueError where unreadable."""
    told = json.loads(SCHEMA.read_text("utf-8"))
    return {name: _whole(part, told["definitions"]) for name, part in told.items()}


def _whole(part: Any, shared: dict[str, Any]) -> Any:
    """A part of the schema in which each `$ref` has become what it refers to; what stands beside the `$ref` wins."""
    if isinstance(part, list):
        return [_whole(item, shared) for item in part]
    if not isinstance(part, dict):
        return part
    own = {name: _whole(value, shared) for name, value in part.items() if name != "$ref"}
    return _whole(shared[part["$ref"].rpartition("/")[2]], shared) | own if "$ref" in part else own


def templates() -> list[str]:
    """The names that `template` can have, one for each kind of page."""
    return [f"{kind}.html" for kind in schema()["$defs"]]


def fields() -> dict[str, str]:
    """Every field of every kind with its description, first come."""
    found: dict[str, str] = {}
    for kind in schema()["$defs"].values():
        for name, told in kind["properties"].items():
            found.setdefault(name, told.get("description", ""))
    return found


def faults(page: Page, project: Project) -> Iterator[Said]:
    """What a page's front matter breaks, as (rule, line, column, message)."""
    values = page.values
    if values.node is None:
        return
    allowed = templates()
    template = values.plain.get("template")
    if template not in allowed:
        if template is None and "template" not in values.plain:
            yield _missing(page, [], "template", None)
        else:
            line, column = values.place(["template"])
            yield (
                "meta-template",
                line,
                column,
                f"template is {_shown(values, ['template'])}{_meant(str(template), allowed)}",
            )
        return
    kind = schema()["$defs"][page.kind]
    checker = _validator(page, project)(kind, format_checker=FormatChecker(["date"]))
    errors = list(checker.iter_errors(values.plain))
    # A value of the wrong type is one mistake, whatever else it breaks.
    wrong = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    # So is one that nobody has written yet.
    unwritten = {tuple(error.absolute_path) for error in errors if error.instance == TO_FILL}
    for path in sorted(unwritten, key=lambda path: values.place(list(path))):
        yield (
            f"meta-{str(path[0]).replace('_', '-')}",
            *values.place(list(path)),
            f"{_name(list(path))} is still to be written",
        )
    for error in errors:
        if tuple(error.absolute_path) in unwritten:
            continue
        if error.validator == "type" or tuple(error.absolute_path) not in wrong:
            yield from _sentences(page, kind, error)


def _sentences(page: Page, kind: dict, error: ValidationError) -> Iterator[Said]:
    """One validation error as sentences with their places."""
    path, values = list(error.absolute_path), page.values
    field = str(path[0]) if path else ""
    name, limit, wrong = _name(path), error.validator_value, error.instance
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        for key, line, column in values.keys(path):
            if key not in known:
                where = f" of {name}" if path else f" of a page with the template {page.kind}.html"
                yield "meta-unknown", line, column, f"{key} is no field{where}{_meant(key, known)}"
        return
    if error.validator == "required":
        # A misspelt name is one mistake and is named once, as an unknown field.
        strays = [key for key in wrong if key not in error.schema["properties"]]
        for key in limit:
            misspelt = any(difflib.get_close_matches(stray, [key], cutoff=0.7) for stray in strays)
            if key not in wrong and not misspelt and error.message.startswith(f"{key!r}"):
                yield _missing(page, path, key, error.schema["properties"].get(key))
        return
    said = {
        "type": lambda: (
            "is empty" if wrong is None else f"must be {_TYPES.get(limit, limit)}, not {_shown(values, path, limit)}"
        ),
        "enum": lambda: f"is {_shown(values, path)}{_meant(str(wrong), limit)}",
        "const": lambda: f"must be {limit}",
        "minLength": lambda: "is empty" if not wrong.strip() else f"has {len(wrong)} characters, at least {limit}",
        "maxLength": lambda: f"has {len(wrong)} characters, at most {limit}",
        "pattern": lambda: error.schema.get("x-pattern-help", f"does not fit {limit}"),
        "minItems": lambda: f"has {len(wrong)} {items(len(wrong))}, {_bounds(error.schema)}",
        "maxItems": lambda: f"has {len(wrong)} {items(len(wrong))}, {_bounds(error.schema)}",
        "uniqueItems": lambda: "names the same thing twice",
        "minimum": lambda: f"is {wrong}, at least {limit}",
        "maximum": lambda: f"is {wrong}, at most {limit}",
        "format": lambda: f"is {wrong!r}, which is no day in the calendar; write year-month-day, such as 2026-11-23",
    }.get(error.validator, lambda: error.message)()
    line, column = values.place(path)
    yield f"meta-{field.replace('_', '-')}", line, column, f"{name} {said}"


def _missing(page: Page, path: list, key: str, told: dict | None) -> Said:
    line, column = (page.values.last_line(path), 1) if path else (page.front_end, 1)
    where = f" from {_name(path)}" if path else ""
    why = f": {told['description'].split('. ')[0].rstrip('.')}" if told and told.get("description") else ""
    return "meta-missing", line, column, f"{key} is missing{where}{why}"


def _name(path: list) -> str:
    """What a person would call the value at a path: `strong of moment 2`."""
    parts: list[str] = []
    for at, step in enumerate(path):
        if isinstance(step, int):
            parts[-1] = f"{_ONE_OF.get(str(path[at - 1]), str(path[at - 1]).removesuffix('s'))} {step + 1}"
        else:
            parts.append(str(step))
    if len(parts) > 1 and parts[0] == "check":
        parts = parts[1:]
    return " of ".join(reversed(parts)) or "the front matter"


def _bounds(told: dict) -> str:
    low, high = told.get("minItems", 0), told.get("maxItems")
    return f"exactly {low}" if low == high else f"from {low} to {high}"


def _shown(values: Any, path: list, wanted: str = "string") -> str:
    """A value as it is written, and what YAML takes it for where that surprises."""
    node = values._node(path)
    written = node.value if node is not None and isinstance(node.value, str) else None
    if written is None:
        return "a list" if type(node).__name__.startswith("Seq") else "fields of its own"
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "null":
        return "empty"
    taken = {"bool": "true or false", "int": "a number", "float": "a number", "timestamp": "a date"}.get(kind)
    if wanted == "integer" and kind in ("int", "float"):
        return f"`{written}`; write it in plain digits"
    if wanted != "string" or not taken:
        return f"`{written}`"
    return f"`{written}`, which YAML takes for {taken}; put it in quotes to mean the text"


def _meant(word: str, known: list[str]) -> str:
    """A suggestion, or what there is to choose from."""
    close = difflib.get_close_matches(word, known, 1, 0.6)
    if close:
        return f"; did you mean {close[0]}?"
    return f"; it must be one of: {', '.join(known)}"


def _validator(page: Page, project: Project) -> type:
    """A validator that also knows the other pages."""
    met: set[tuple[str, str]] = set()

    def unique(_: Any, wanted: bool, value: Any, told: dict) -> Iterator[ValidationError]:
        if isinstance(value, str) and wanted:
            name = _field_of(told, page.kind)
            same = project.same(value, name)
            # Within a page only the second of two is at fault.
            first = (name, value) not in met
            met.add((name, value))
            others = [(other, path) for other, path in same if other is not page or not first]
            if others:
                other, path = others[0]
                yield ValidationError(
                    f"is also that of {other.path}:{other.values.place(path)[0]}; no two pages may share it"
                )

    def exists(_: Any, kind: str | bool, value: Any, told: dict) -> Iterator[ValidationError]:
        if not isinstance(value, str) or not re.search(told.get("pattern", ""), value):
            return
        target = project.by_rel.get(value)
        if target is None:
            draft = value.removesuffix(".md") + ".draft.md"
            if draft in project.by_rel:
                yield ValidationError(f"names {value}, which is still a draft")
            else:
                yield ValidationError(f"names {value}, which is not there{_close(value, list(project.by_rel))}")
        elif isinstance(kind, str) and target.kind in schema()["$defs"] and target.kind != kind:
            yield ValidationError(f"names {value}, which is a {target.kind}, not a {kind}")

    def not_itself(_: Any, wanted: bool, value: Any, told: dict) -> Iterator[ValidationError]:
        for at, item in enumerate(value if wanted and isinstance(value, list) else []):
            if item == page.rel:
                yield ValidationError("names the page itself", path=[at])

    return validators.extend(base_validator(), {"x-unique": unique, "x-exists": exists, "x-not-itself": not_itself})


def _close(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, 1, 0.6)
    return f"; did you mean {close[0]}?" if close else ""


def _field_of(told: dict, kind: str) -> str:
    """The name of the field that a part of the schema describes, also of one within a list."""
    waiting = list(schema()["$defs"][kind]["properties"].items())
    for name, described in waiting:
        if described is told:
            return name
        waiting += [*described.get("properties", {}).items(), *described.get("items", {}).get("properties", {}).items()]
    raise KeyError(told.get("description"))
