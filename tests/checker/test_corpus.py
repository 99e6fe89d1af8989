"""Every fault that an editor can make is found at its place, and nothing that is right is called wrong."""

import json
from pathlib import Path

import pytest
from corpus_cases import Case, cases

import check
from checker import run
from checker.contract import fields
from checker.rule import RULES

FAULTS, VALID = cases("link-faults"), cases("link-valid")
FRONT_MATTER, PROSE = cases("front-matter"), cases("prose")


def found(
    case: Case, folder: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, str]]:
    """What the command prints for a case, as (place, rule)."""
    case.lay_out(folder)
    monkeypatch.chdir(folder)
    arguments = ["--format", "json", *case.options]
    arguments += [word for name in ("docs", "site") if (folder / name).exists() for word in (f"--{name}", name)]
    code = check.main(arguments)
    problems = json.loads(capsysbinary.readouterr().out)
    if (folder / "site").exists():
        # The sources of these cases are as short as can be; their front matter is not what is looked at.
        problems = [p for p in problems if p["rule"] != "meta-missing"]
        code = min(code, len(problems))
    serious = [p for p in problems if not p["path"].endswith(".draft.md")]
    assert code == (1 if serious else 0)
    return sorted((p["path"] + (f":{p['line']}:{p['column']}" if p["line"] else ""), p["rule"]) for p in problems)


@pytest.mark.parametrize("case", [*FAULTS, *FRONT_MATTER, *PROSE], ids=lambda case: case.name)
def test_each_fault_is_found_at_its_place_and_nothing_else(
    case: Case, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault that is missed reaches readers; a wrong line costs an editor's trust."""
    assert found(case, tmp_path, capsysbinary, monkeypatch) == sorted(case.expected), case.about


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.name)
def test_what_is_right_is_not_called_wrong(
    case: Case, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One false alarm, and the next true one is not believed."""
    assert found(case, tmp_path, capsysbinary, monkeypatch) == [], case.about


def test_the_corpus_has_the_size_that_was_promised() -> None:
    """The classes of fault were gathered from the peers' own tests; a smaller corpus proves less."""
    faults = sum(len(case.expected) for case in FAULTS)
    assert faults >= 60
    assert len(VALID) >= 45
    assert len([case for case in FRONT_MATTER if case.expected]) >= 25


def test_every_rule_has_a_planted_fault() -> None:
    """A rule that never fired in a test may have stopped working."""
    planted = {rule for case in [*FAULTS, *FRONT_MATTER, *PROSE] for _, rule in case.expected}
    # A field's rule has its planted fault in test_fields.py, made from the schema.
    planted |= {f"meta-{name.replace('_', '-')}" for name in fields()}
    # Links to other sites have theirs in test_external_links.py, where there is a server; what the build refuses in
    # test_refused.py; settings in test_settings.py.
    elsewhere = {name for name, rule in run.all_rules().items() if rule.on == "external"}
    elsewhere |= {"page-refused", "settings-value", "settings-file"}
    assert set(RULES) - planted - elsewhere == set()


def test_every_rule_says_what_it_asks_for() -> None:
    """`--rules` is the only list of what is checked; a rule without words is a riddle."""
    run.all_rules()
    silent = [name for name, rule in RULES.items() if len(rule.text) < 15]
    assert silent == []
