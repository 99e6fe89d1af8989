"""The report on the habits of the prose names each place, so that a writer knows which lines to read again."""

from pathlib import Path

import pytest

from patterns import main

LESSON = """---
template: lesson.html
title: Ask one question
moments:
  - situation: delay
    speaker: client
    they_say: We'll decide later.
    weak: Of course, take all the time that you need for it.
    strong: {strong}
    why: {why}
check:
  question: Which of these helps?
  options:
    - text: Wait.
      why: {verdict}
    - text: {right}
      right: true
      why: Then you know.
    - text: Ring twice a day.
      why: Nobody likes that.
---

## Worked example

He asks. {middle}

{closing}
"""
PLAIN = {
    "strong": "What will you know then?",
    "why": "A day is named.",
    "verdict": "Nothing is asked.",
    "right": "Ask.",
    "middle": "She says yes.",
    "closing": "On Monday they met.",
}


def report(folder: Path, capsys: pytest.CaptureFixture, **changes: str) -> dict[str, list[str]]:
    """What the report says on one lesson: the places of each count by its name."""
    (folder / "docs").mkdir()
    (folder / "docs/ask.md").write_text(LESSON.format(**PLAIN | changes), "utf-8")
    assert main(["--docs", str(folder / "docs")]) == 0
    found: dict[str, list[str]] = {}
    for block in capsys.readouterr().out.split("\n\n")[2:]:
        head, *lines = block.strip("\n").split("\n")
        found[head.split(":")[0]] = [line.split("ask.md:")[1].split()[0] for line in lines]
    return found


@pytest.mark.parametrize(
    ("changes", "name", "line"),
    [
        ({}, "strong lines that end in a question mark", "9"),
        ({"strong": "I hope so too. Ring me."}, "strong lines that open with sympathy", "9"),
        ({"why": "It names a day."}, "`why` that begins with “It”", "10"),
        ({"right": "Ask what they will know by then."}, "checks whose right option is the longest", "16"),
        ({"verdict": "Polite, and it asks nothing."}, "verdicts by the formula “Polite, and it …”", "15"),
        ({"closing": '"No problem" guards the mood.'}, "worked examples that may end in antithesis", "27"),
        ({"middle": "She said no."}, "worked examples with a refusal (read whether it stays)", "25"),
        ({"middle": "The price isn't high, it's fair."}, "“X isn't Y, it's Z”", "25"),
        ({"closing": "All this is invented."}, "notices that something is invented", "27"),
    ],
)
def test_a_habit_is_named_at_its_line(
    changes: dict[str, str], name: str, line: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    """Without the line a writer would have to look through twenty-five lessons for it."""
    assert report(tmp_path, capsys, **changes)[name] == [line]


def test_what_is_written_otherwise_is_not_named(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    """A report that names plain lines too would teach writers to overlook it."""
    found = report(tmp_path, capsys, strong="Ring me on Friday.")
    assert not any(found.values())
