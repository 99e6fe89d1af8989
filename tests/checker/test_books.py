"""The figures of a part's invented cases agree, because `check` holds each to the books."""

from pathlib import Path

import pytest

from checker import run
from checker.formulas import FormulaError, work_out
from checker.project import Project
from checker.rules_books import figures, matches, read_books

PART = """---
template: part.html
title: Two tips
noun: tip
count: {count}
books:
  facts:
    fees: 640000
  values:
    cut-once:
      month: 15000
      year: month * 12
      share: round(year / fees * 100, 1)
      rate: 0.2
      fifth: month * rate
---

{words}
"""
LESSON = """---
template: lesson.html
title: Cut once
---

## Worked example

{example}

## Your turn

/// filled | Theirs
| Cost | {filled} |
///

--8<-- "weeks.html"
"""


def found(tmp_path: Path, **more: object) -> list[str]:
    """What the rules on books find in a small part, as file:line:column message."""
    told = {
        "count": 2,
        "words": "Two tips.",
        "example": "15,000 a month is 180,000 a year.",
        "filled": "15,000",
        "drawing": "180",
    } | more
    (tmp_path / "docs/owners").mkdir(parents=True)
    (tmp_path / "drawings").mkdir()
    (tmp_path / "drawings/weeks.html").write_text(f"<svg><text x='7'>{told['drawing']}</text></svg>", "utf-8")
    (tmp_path / "docs/owners/index.md").write_text(str(more.get("part", PART)).format(**told), "utf-8")
    (tmp_path / "docs/owners/cut-once.md").write_text(LESSON.format(**told), "utf-8")
    (tmp_path / "docs/owners/ask.md").write_text(LESSON.format(example="", filled="", drawing=""), "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "nav: [owners/index.md, owners/cut-once.md, owners/ask.md]\n"
        "markdown_extensions:\n  - pymdownx.snippets:\n      base_path: [drawings]\n",
        "utf-8",
    )
    rules = [
        problem for name in ("page-figures", "page-count") for problem in run.sources(Project(tmp_path / "docs"), name)
    ]
    return [f"{problem.path.rpartition('/')[2]}:{problem.line}:{problem.column} {problem.message}" for problem in rules]


def test_figures_that_the_books_hold_pass(tmp_path: Path) -> None:
    """A rule that complains of right figures would be switched off within a week."""
    said = found(
        tmp_path,
        example="A fifth is 3,000. At 10:30 on 3 March 2026, 15,000 of 640,000: £180k, 28.1 per cent[^f9]; [x](y.md#12).\n\n1. A step",
        drawing="180,000",
    )
    assert [line for line in said if "cut-once" in line] == []


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"example": "It saves 181,000."}, "cut-once.md:8:10 the worked example has 181,000, which is not among the values of cut-once"),
        ({"filled": "15,001"}, "cut-once.md:13:10 the filled-in exercise has 15,001"),
        ({"drawing": "77"}, "cut-once.md:16:"),
        ({"count": 3}, "index.md:5:8 count is 3, and nav gives the part 2 lessons"),
        ({"words": "Here are the eleven short tips."}, "index.md:18:14 speaks of eleven short tips; count says 2"),
        ({"part": PART.replace("month * 12", "montth * 12")}, "year uses montth, which stands neither"),
        ({"part": PART.replace("cut-once:", "cut-twice:")}, "books has values for cut-twice, which is no lesson of this part"),
    ],
)  # fmt: skip
def test_each_slip_is_named_at_its_line(tmp_path: Path, more: dict, wanted: str) -> None:
    """An owner with a calculator finds the one wrong figure; then every other one is doubted."""
    said = found(tmp_path, **more)
    assert any(wanted in line for line in said), said


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (3, 3.0),
        ("2 + 3 * 4", 14.0),
        ("round(2.5)", 3.0),
        ("round(12345, -3)", 12000.0),
        ("-fees / 2", -50.0),
        ("max(fees, a.b)", 100.0),
    ],
)
def test_formulas_are_worked_out_as_people_round(formula: object, value: float) -> None:
    """A half goes upwards, as in every office, and not to the even number."""
    assert work_out(formula, {"fees": 100.0, "a.b": 7.0}) == value


@pytest.mark.parametrize(
    "formula",
    [
        "1 / 0",
        "nobody",
        "2 ** 99",
        "__import__('os')",
        "fees.x()",
        "'a'",
        "1 +",
        True,
        None,
        [1],
        "9" * 400,
        "1e400",
        "(" * 90,
    ],
)
def test_what_is_no_formula_is_refused_in_a_sentence(formula: object) -> None:
    """Front matter is an editor's; nothing in it may run, hang or end the check."""
    with pytest.raises(FormulaError):
        work_out(formula, {"fees": 1.0})


@pytest.mark.parametrize(
    ("figure", "value", "same"),
    [
        ("1,234", 1234.4, True),
        ("8.4", 8.38, True),
        ("8", 8.4, True),
        ("8.4", 8.3, False),
        ("£1.2m", 1_180_000, True),
        ("20", 0.2, False),
    ],
)
def test_a_printed_figure_is_a_value_rounded(figure: str, value: float, same: bool) -> None:
    """Nobody prints eight decimals, and nobody may print another number."""
    assert matches(figure, value) is same


def test_years_times_and_days_are_no_figures() -> None:
    """They stand in every example, and in no books."""
    text = "On 14 May 2026 at 9.30 am and 16:05, 3 pm, the 2nd of June: 40 calls, £5."
    assert [figure for _, figure in figures(text)] == ["40", "£5"]


def test_one_lesson_may_use_another_ones_value() -> None:
    """The bad year feeds the cash weeks: one figure, worked out once."""
    books = read_books({"facts": {"a": 2}, "values": {"cut-once": {"b": "a * 2"}, "ask": {"c": "cut_once.b + 1"}}})
    assert (books.values["ask"], books.faults) == ({"c": 5.0}, [])
