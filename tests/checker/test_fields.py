"""Every field of every kind of page: the schema's own example passes, and a planted fault is named by the field."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from checker import run
from checker.contract import schema
from checker.project import Project

KINDS = schema()["$defs"]
FIELDS = [(kind, field) for kind, told in KINDS.items() for field in told["properties"]]
# Paths in examples are those of the real site; here they lead to pages of this small one.
PATHS = {"lesson": "lesson.md", "part": "part.md"}


def example(told: dict[str, Any]) -> Any:
    """A value that keeps the contract, from the schema itself."""
    if "const" in told:
        return told["const"]
    if "x-exists" in told:
        return PATHS.get(told["x-exists"], "index.md")
    if told.get("type") == "object":
        return {
            name: example(part) for name, part in told.get("properties", {}).items() if name in told.get("required", [])
        }
    if told.get("type") == "array" and "x-example" not in told:
        items = [example(told["items"]) for _ in range(told.get("minItems", 0))]
        if key := told.get("x-exactly-one"):
            items[0][key] = True
        return items
    if told.get("type") == "array":
        return [] if told["items"].get("x-exists") else told["x-example"]
    if "x-example" in told:
        return told["x-example"]
    return told["enum"][0] if "enum" in told else True if told.get("type") == "boolean" else 3


def page(kind: str, **changes: Any) -> str:
    """A page of a kind with every field, some of them changed."""
    values = {name: example(told) for name, told in KINDS[kind]["properties"].items()} | changes
    values["updated"] = "2026-01-02" if "updated" in values and "updated" not in changes else values.get("updated")
    if "description" in values and "description" not in changes:
        values["description"] = f"A sentence about the {kind} that is long enough for a description, and the only one."
    if "title" in values and "title" not in changes:
        values["title"] = f"Write the {kind} page"
    return f"---\n{yaml.safe_dump({k: v for k, v in values.items() if v is not None}, sort_keys=False)}---\n\nText.\n"


def problems(folder: Path, kind: str, text: str) -> list[str]:
    """The problems of front matter of one page in a small site."""
    for other in ("lesson", "part"):
        (folder / PATHS[other]).write_text(
            page(
                other,
                title=f"Other {other} page",
                description=f"Another {other} page, whose description is long enough.",
            ),
            "utf-8",
        )
    (folder / "index.md").write_text(
        page("home", title="A front page", description="The front page of a small site, which is described at length."),
        "utf-8",
    )
    first = folder / PATHS["lesson"]
    # No two moments may have one id.
    first.write_text(first.read_text("utf-8").replace("id: ", "id: other-"), "utf-8")
    (folder / "page.md").write_text(text, "utf-8")
    found = run.sources(Project(folder))
    return [
        f"{p.line} {p.rule}"
        for p in found
        if p.path.endswith("/page.md") and p.rule.startswith("meta-") and p.rule != "meta-headings"
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_own_examples_make_a_page_that_passes(kind: str, tmp_path: Path) -> None:
    """The examples are what an editor copies; one that breaks the contract teaches the fault."""
    assert problems(tmp_path, kind, page(kind)) == []


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_field_of_the_wrong_type_is_named_by_its_rule_at_its_line(kind: str, field: str, tmp_path: Path) -> None:
    """Whoever reads the message must know which field to mend, and where."""
    wrong = "words" if KINDS[kind]["properties"][field].get("type") == "object" else {"a": ["b"]}
    text = page(kind, **{field: wrong})
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith(f"{field}:"))
    assert f"{line} meta-{field.replace('_', '-')}" in problems(tmp_path, kind, text)


@pytest.mark.parametrize(
    ("kind", "field"), [(kind, field) for kind, field in FIELDS if field in KINDS[kind]["required"]]
)
def test_a_missing_field_is_named_at_the_blocks_end(kind: str, field: str, tmp_path: Path) -> None:
    """The block's end is where it would be added."""
    text = page(kind, **{field: None}).replace("updated: null\n", "")
    if field == "updated":
        text = "\n".join(line for line in text.split("\n") if not line.startswith("updated:"))
    end = [number for number, line in enumerate(text.splitlines(), 1) if line == "---"][1]
    assert f"{end} meta-missing" in problems(tmp_path, kind, text)
