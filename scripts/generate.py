"""Makes what follows from fields and rules: snippets, a schema per kind of page, beginnings of pages, the tables.

Nothing here is written by hand elsewhere. A test compares, and says when to
run this again: python3 scripts/run.py generate
"""

from __future__ import annotations

import copy
import json
import re
import sys
from pathlib import Path
from typing import Any

from checker import built  # noqa: F401  (it enters a rule of its own)
from checker.contract import TO_FILL, fields, schema
from checker.run import all_rules
from editing import scaffold
from editing.new import KINDS

ROOT = Path(__file__).resolve().parent.parent
GUIDE = "CONTRIBUTING.md"
SNIPPETS = ".vscode/pushback.code-snippets"
SCHEMAS = "scripts/schemas"
BEGINNINGS = "scripts/begin"
# Fields that nearly every kind of page has, explained once.
_COMMON = ("template", "title", "description", "updated")


def main() -> int:
    """Write what has changed, and say so."""
    written = []
    for name, text in wanted(ROOT).items():
        path = ROOT / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
            written.append(name)
    print(f"Wrote {', '.join(written)}." if written else "All was fresh.")
    return 0


def wanted(root: Path) -> dict[str, str]:
    """Every generated file by its path, with the text that it must have."""
    files = {SNIPPETS: snippets()}
    for kind, told in schema()["$defs"].items():
        files[f"{SCHEMAS}/{kind}.schema.json"] = _json(one_schema(kind, told))
    for kind in KINDS:
        files[f"{BEGINNINGS}/{kind}.md"] = scaffold.page(kind, TO_FILL, TO_FILL)
    guide = (root / GUIDE).read_text("utf-8")
    for name, table in (("fields", field_tables()), ("rules", rule_table())):
        begin, end = f"<!-- {name}: made by scripts/generate.py -->", f"<!-- end of {name} -->"
        if guide.count(begin) != 1 or guide.count(end) != 1:
            raise SystemExit(f"{GUIDE} must hold the lines {begin} and {end}, once each.")
        guide = f"{guide[: guide.index(begin)]}{begin}\n\n{table}\n{guide[guide.index(end) :]}"
    files[GUIDE] = guide
    return files


def one_schema(kind: str, told: dict[str, Any]) -> dict[str, Any]:
    """The schema of one kind of page in plain JSON Schema, with examples and pattern help in words editors know."""

    def plain(part: Any) -> Any:
        if isinstance(part, list):
            return [plain(item) for item in part]
        if not isinstance(part, dict):
            return part
        made = {key: plain(value) for key, value in part.items() if not key.startswith("x-")}
        if "x-example" in part:
            made["examples"] = [part["x-example"]]
        if "x-pattern-help" in part:
            made["patternErrorMessage"] = part["x-pattern-help"]
        return made

    head = {"$schema": schema()["$schema"], "title": f"Front matter of a page of the kind {kind}"}
    return head | plain(copy.deepcopy(told))


def snippets() -> str:
    """Snippets for VS Code: a whole page of each kind that people begin, and the pieces of a lesson."""
    lesson = schema()["$defs"]["lesson"]["properties"]
    moment, option = lesson["moments"]["items"], lesson["check"]["properties"]["options"]["items"]
    made = {}
    for kind in KINDS:
        told = schema()["$defs"][kind]
        lines = ["---"]
        for name, field in told["properties"].items():
            lines += scaffold.fields(name, field)
        made[f"A whole {kind}"] = (kind, [*lines, "---", "", *scaffold.body(kind).split("\n")], told["description"])
    made["A moment"] = ("moment", _item(moment, "  "), moment["description"])
    made["An option of the check"] = ("option", _item(option, "    "), option["description"])
    made["Weak and strong"] = (
        "weak", ["/// weak | What habit says", "Client", f":   {TO_FILL}", "", "You", f":   {TO_FILL}", "///", "",
                 "/// strong | What helps", "Client", f":   {TO_FILL}", "", "You", f":   {TO_FILL}", "///"],
        "The two talks of a worked example.",
    )  # fmt: skip
    made["Footnote"] = (
        "footnote", [f"[^{TO_FILL}]: {TO_FILL} [Our note on it](../evidence.md#{TO_FILL}) · [source]({TO_FILL})."],
        "The source of a figure; its first part is the entry's id on the evidence page.",
    )  # fmt: skip
    made["Glossary word"] = (
        "word",
        [f"[{TO_FILL}](../glossary.md#{TO_FILL})"],
        "A trade word, linked to its entry in the glossary.",
    )
    return _json({
        title: {"scope": "markdown", "prefix": prefix, "body": _stops(lines), "description": said}
        for title, (prefix, lines, said) in made.items()
    })  # fmt: skip


def _item(told: dict[str, Any], indent: str) -> list[str]:
    lines = []
    for name, field in told["properties"].items():
        lines += [line for line in scaffold.fields(name, field, indent + "  ") if not line.lstrip().startswith("#")]
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]


def _stops(lines: list[str]) -> list[str]:
    """Lines of a snippet: each place to fill becomes a stop for the Tab key; dates are today's."""
    count = 0

    def stop(_: re.Match) -> str:
        nonlocal count
        count += 1
        return f"${{{count}:{TO_FILL}}}"

    today = "updated: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
    escaped = [re.sub(r"([\\$}])", r"\\\1", line) for line in lines]
    return [today if line.startswith("updated:") else re.sub(TO_FILL, stop, line) for line in escaped]


def field_tables() -> str:
    """The fields of every kind of page: what belongs there, with an example."""
    kinds = schema()["$defs"]
    parts = ["#### On every page\n", _table(_rows({name: kinds["page"]["properties"][name] for name in _COMMON}))]
    groups: dict[str, list[str]] = {}
    for kind, told in kinds.items():
        own = {
            name: field
            for name, field in told["properties"].items()
            if name not in _COMMON or (kind != "page" and name == "title" and _differs(field, kinds))
        }
        groups.setdefault(json.dumps(own), []).append(kind)
    for own, names in groups.items():
        rows = json.loads(own)
        said = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
        if rows:
            parts += [f"\n#### {said[0].upper()}{said[1:]}\n", _table(_rows(rows))]
        else:
            parts.append(f"\n#### {said[0].upper()}{said[1:]}\n\nThese have no further fields.\n")
    return "\n".join(parts)


def _differs(field: dict, kinds: dict) -> bool:
    return field.get("description") != kinds["page"]["properties"]["title"]["description"]


def _rows(told: dict[str, Any], prefix: str = "") -> list[tuple[str, str, str]]:
    """Fields as rows, those inside others below them, named with the way to them."""
    rows = []
    for name, field in told.items():
        inner = field.get("items", {})
        example = field.get("x-example", inner.get("x-example", field.get("const", "")))
        said = field.get("description", "")
        if "enum" in field:
            said += f" One of: {', '.join(field['enum'])}."
        rows.append((f"{prefix}{name}", said, str(example).lower() if isinstance(example, bool) else str(example)))
        rows += _rows(field.get("properties", {}), f"{prefix}{name}: ")
        rows += _rows(inner.get("properties", {}), f"{prefix}{name}: ")
    return rows


def _table(rows: list[tuple[str, str, str]]) -> str:
    lines = ["| Field | What belongs there | Example |", "|---|---|---|"]
    lines += [f"| `{name}` | {_cell(said)} | {f'`{example}`' if example else ''} |" for name, said, example in rows]
    return "\n".join(lines) + "\n"


def rule_table() -> str:
    """Every rule: what it asks for, and how to mend what it finds."""
    of_fields = sorted({f"meta-{name.replace('_', '-')}" for name in fields()})
    lines = ["| Rule | What it asks for | How to mend it |", "|---|---|---|"]
    lines.append(
        f"| {', '.join(f'`{name}`' for name in of_fields)} "
        "| The field of that name holds what the tables above ask for. | The message says which limit is broken. |"
    )
    for name, rule in sorted(all_rules().items()):
        if name not in of_fields:
            lines.append(f"| `{name}` | {_cell(rule.text)} | {_cell(rule.fix[:1].upper() + rule.fix[1:])} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<img", "&lt;img")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main())
