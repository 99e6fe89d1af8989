"""What a new page holds: every field with its description, and the headings with what belongs under each.

All of it comes from the contract of front matter and from the limits that the
checker applies, so that a new page never asks for something else than `check` does.
"""

from __future__ import annotations

import textwrap
from typing import Any

from checker.contract import TO_FILL, schema
from checker.rules_body import HEADINGS
from checker.rules_prose import BODY_WORDS, LONGEST_STEP, SECTION_WORDS, STEPS

_WIDTH = 100
# Texts longer than this are written below their field's name, where a colon breaks nothing.
_SHORT_TEXT = 60
# Fields of a lesson that is its author's own text.
_ONLY_OWN_WORDS = ("own_words", "author")
_LISTS = {"outcomes": 3, "moments": 1, "options": 3, "remember": 1, "related": 0}


def page(kind: str, title: str, updated: str) -> str:
    """The text of a new page of a kind, with its title and the day filled in."""
    return f"{front_matter(kind, {'title': title, 'updated': updated})}\n{body(kind)}\n"


def front_matter(kind: str, given: dict[str, str]) -> str:
    """Every field of a kind of page with its description, those in `given` filled in.

    What only an author's own text has is left out unless it is given.
    """
    lines = ["---"]
    for name, field in schema()["$defs"][kind]["properties"].items():
        if name in given or name not in _ONLY_OWN_WORDS:
            lines += _field(name, field, "", given.get(name))
    return "\n".join([*lines, "---", ""])


def fields(name: str, told: dict[str, Any], indent: str = "") -> list[str]:
    """One field as the lines of a page, description above."""
    return _field(name, told, indent, None)


def body(kind: str) -> str:
    """What stands below the front matter of a new page."""
    if kind != "lesson":
        return "<!-- The text. Leave a blank line between paragraphs; begin a heading with ## -->\n"
    parts = [
        f"<!-- {BODY_WORDS[0]} to {BODY_WORDS[1]} words in all. What stands between these marks is not shown; delete it when done. -->\n"
    ]
    for heading in HEADINGS:
        low, high = SECTION_WORDS.get(heading, (0, 0))
        limit = f"{low} to {high} words. " if high else ""
        parts.append(f"## {heading}\n\n{_BELONGS[heading].replace('LIMIT', limit)}\n")
    return "\n".join(parts)


_BELONGS = {
    "The moment": "<!-- LIMITA scene one recognises, with a named person and what it costs them. -->",
    "The idea": "<!-- LIMITOne idea, its reason, and its limit: when not to do this. -->",
    "How to do it": f"<!-- {STEPS[0]} to {STEPS[1]} numbered steps, each of at most {LONGEST_STEP} words, that one could follow tomorrow. -->\n\n1. {TO_FILL}\n2. {TO_FILL}\n3. {TO_FILL}",
    "Worked example": (
        "<!-- LIMITThe same talk or sum twice: first as habit has it, then as it helps. Every figure stands in the books of the part. -->\n\n"
        f"/// weak | What habit says\nClient\n:   {TO_FILL}\n\nYou\n:   {TO_FILL}\n///\n\n"
        f"/// strong | What helps\nClient\n:   {TO_FILL}\n\nYou\n:   {TO_FILL}\n///\n\n"
        "<!-- Where it helps, one or two sentences on what the difference was worth. -->"
    ),
    "Your turn": (
        "<!-- LIMITThe reader ends with something to hold: a filled table, a list, a booked call. -->\n\n"
        f"**Now** (5 minutes). {TO_FILL}\n\n| What | Mine |\n|---|---|\n|   |   |\n|   |   |\n\n/// filled | Filled in\n| What | Theirs |\n|---|---|\n| {TO_FILL} | {TO_FILL} |\n///\n\n**This week.** {TO_FILL} **Done when** {TO_FILL}"
    ),
}


def _field(name: str, told: dict[str, Any], indent: str, value: str | None) -> list[str]:
    comment = [f"{indent}# {line}" for line in textwrap.wrap(_explained(told), _WIDTH - len(indent) - 2)]
    if told.get("type") == "array":
        return comment + _items(name, told, indent)
    if told.get("type") == "object":
        return [*comment, f"{indent}{name}:", *_members(told, indent + "  ")]
    if "const" in told:
        return [*comment, f"{indent}{name}: {str(told['const']).replace('True', 'true')}"]
    if name == "right":
        return [*comment, f"{indent}{name}: false"]
    if told.get("type") == "boolean" and value:
        return [*comment, f"{indent}{name}: {value}"]
    if (
        value is None
        and told.get("type") == "string"
        and told.get("maxLength", 999) > _SHORT_TEXT
        and "pattern" not in _only_path(told)
    ):
        return [*comment, f"{indent}{name}: >-", f"{indent}  {TO_FILL}"]
    return [*comment, f"{indent}{name}: {quoted(value) if value else TO_FILL}"]


def _only_path(told: dict[str, Any]) -> dict[str, Any]:
    """The field where it is a path or a date, which fit in one line; else nothing."""
    return {"pattern": True} if "x-exists" in told or told.get("format") == "date" else {}


def _items(name: str, told: dict[str, Any], indent: str) -> list[str]:
    inner, number = told["items"], _LISTS.get(name, told.get("minItems", 1))
    if not number:
        return [f"{indent}{name}: []", *([f"{indent}#  - {inner['x-example']}"] if "x-example" in inner else [])]
    lines = [f"{indent}{name}:"]
    for at in range(number):
        if inner.get("type") == "object":
            members = _members(inner, indent + "    ", described=at == 0)
            first = next(n for n, line in enumerate(members) if not line.lstrip().startswith("#"))
            members[first] = f"{indent}  - {members[first].lstrip()}"
            # Comments of the first member stand above its dash.
            lines += [f"{indent}  {line.lstrip()}" for line in members[:first]] + members[first:]
        else:
            lines.append(f"{indent}  - {TO_FILL}")
    return lines


def _members(told: dict[str, Any], indent: str, described: bool = True) -> list[str]:
    lines = []
    for name, field in told["properties"].items():
        written = _field(name, field, indent, None)
        lines += written if described else [line for line in written if not line.lstrip().startswith("#")]
    return lines


def _explained(told: dict[str, Any]) -> str:
    """A field's description, with the choices it has."""
    said = told.get("description", "")
    return f"{said} {', '.join(map(str, told['enum']))}." if "enum" in told else said


def quoted(value: str) -> str:
    """A short text as a value in YAML: as it is where YAML reads it so, else in quotation marks."""
    import yaml

    try:
        if yaml.safe_load(f"k: {value}") == {"k": value}:
            return value
    except yaml.YAMLError:
        pass
    try:
        if (
            not value.startswith(("&", "*", "!"))
            and str(yaml.safe_load(f"k: {value}")["k"]) == value
            and value[:4].isdigit()
        ):
            return value  # a date
    except (yaml.YAMLError, TypeError, KeyError):
        pass
    return "'" + value.replace("'", "''") + "'"


def folded(name: str, value: str) -> list[str]:
    """A long text as a field: below its name, where a colon breaks nothing."""
    return [f"{name}: >-", f"  {value}"]
