"""What is made from the contract and the rules is fresh, and says what they say."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from checker.contract import schema
from course import HERE
from generate import SNIPPETS, wanted


def test_every_generated_file_is_fresh(root: Path) -> None:
    """Editors, guide and checks must agree; a table of last month's limits sends writers astray."""
    files = wanted(root)
    stale = [
        name for name, text in files.items() if not (root / name).exists() or (root / name).read_text("utf-8") != text
    ]
    assert not stale, f"Run: python3 scripts/run.py generate  (it renews {', '.join(stale)})"
    made = {
        path.relative_to(root).as_posix()
        for folder in ("scripts/schemas", "scripts/begin")
        for path in (root / folder).iterdir()
    }
    assert made <= set(files), "a generated file whose source is gone"


@pytest.mark.parametrize("kind", schema()["$defs"])
def test_each_kind_of_page_has_a_schema_that_its_pages_pass(root: Path, kind: str) -> None:
    """Editors that read JSON Schema underline only what is wrong."""
    told = json.loads((root / f"scripts/schemas/{kind}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(told)
    assert "x-" not in " ".join(_keys(told))
    for path in sorted((HERE / "docs").rglob("*.md")):
        fields = yaml.load(path.read_text("utf-8").split("---\n")[1], yaml.BaseLoader)
        if fields["template"] == f"{kind}.html":
            typed = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
            typed |= {name: value for name, value in fields.items() if name in ("updated", "posted")}
            assert [error.message for error in Draft202012Validator(told).iter_errors(typed)] == [], path


def _keys(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for item in value.values() for key in _keys(item))]
    return [key for item in value for key in _keys(item)] if isinstance(value, list) else []


def test_each_snippet_is_one_that_vs_code_reads(root: Path) -> None:
    """A snippet with a wrong stop shows its own code instead of a page."""
    told = json.loads((root / SNIPPETS).read_text("utf-8"))
    prefixes = [snippet["prefix"] for snippet in told.values()]
    assert len(prefixes) == len(set(prefixes))
    for name, snippet in told.items():
        body = "\n".join(snippet["body"])
        stops = [int(part.split(":")[0]) for part in body.split("${")[1:]]
        assert stops == list(range(1, len(stops) + 1)), name
        assert snippet["scope"] == "markdown"
    whole = "\n".join(told["A whole lesson"]["body"])
    for field in schema()["$defs"]["lesson"]["properties"]:
        assert f"\n{field}:" in whole
