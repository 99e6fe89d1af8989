"""A page gives way to another, and whoever has its address still arrives."""

from pathlib import Path

import pytest
import yaml

from checker.project import Project
from scratch_project import PAGES, everything, run, write_scratch_project

OLD, TARGET = "docs/owners/cut-once.md", "docs/owners/count-weeks.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project."""
    return write_scratch_project(tmp_path)


def retired(root: Path) -> None:
    """The lesson on cutting gives way to the one on weeks."""
    assert run(root, "retire", OLD, "--to", TARGET) == 0


def test_the_old_address_leads_on_to_the_page_that_is_there(root: Path) -> None:
    """Two lessons that become one must not lose the readers who kept the other's link."""
    retired(root)
    fields = Project(root / "docs").by_rel["owners/cut-once.md"].values.plain
    assert fields == {"template": "redirect.html", "title": "Cut once, cut early", "to": "owners/count-weeks.md"}
    assert yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))["nav"][2]["Owners and managers"] == [
        "owners/index.md",
        "owners/count-weeks.md",
    ]


def test_links_to_it_lead_to_its_successor(root: Path) -> None:
    """A reader should not be sent round by the old address from within the site."""
    retired(root)
    assert "(../owners/count-weeks.md)" in (root / "docs/recruiters/push-back.md").read_text("utf-8")
    assert "begin: owners/count-weeks.md" in (root / "docs/owners/index.md").read_text("utf-8")


def test_its_text_is_kept(root: Path) -> None:
    """A lesson is work; whoever merges two wants to take sentences from the old one."""
    retired(root)
    (kept,) = (root / ".kept").iterdir()
    assert kept.read_text("utf-8") == PAGES["owners/cut-once.md"]


def test_its_figures_leave_the_books_and_nothing_names_itself(root: Path) -> None:
    """Figures of a lesson that is gone, or a page among its own neighbours, would be the next fault that `check` names."""
    part = root / "docs/owners/index.md"
    books = "books:\n  values:\n    cut-once:\n      a: 1\n      b: a\n    count-weeks:\n      c: 2\n"
    part.write_text(part.read_text("utf-8").replace("noun: tip\n", f"noun: tip\n{books}"), "utf-8")
    weeks = root / "docs/owners/count-weeks.md"
    related = "related:\n  - owners/cut-once.md\n  - recruiters/push-back.md\n"
    weeks.write_text(
        weeks.read_text("utf-8").replace("related: [owners/cut-once.md, recruiters/push-back.md]\n", related), "utf-8"
    )
    retired(root)
    pages = Project(root / "docs").by_rel
    assert pages["owners/index.md"].values.plain["books"] == {"values": {"count-weeks": {"c": 2}}}
    assert pages["owners/count-weeks.md"].values.plain["related"] == ["recruiters/push-back.md"]


@pytest.mark.parametrize(
    ("old", "to", "sentence"),
    [
        (OLD, "docs/nowhere.md", "There is no page docs/nowhere.md"),
        (OLD, OLD, "cannot lead on to itself"),
        ("docs/owners/index.md", TARGET, "gives its folder its address"),
    ],
)
def test_what_cannot_give_way_gets_one_sentence_and_changes_nothing(
    root: Path, capsys: pytest.CaptureFixture, old: str, to: str, sentence: str
) -> None:
    """A slip in a command must not cost a page."""
    before = everything(root)
    assert run(root, "retire", old, "--to", to) == 1
    assert sentence in capsys.readouterr().err
    assert everything(root) == before
