"""Each figure of the site has a home: the books for an invented one, the evidence page for a real one."""

from pathlib import Path

from checker.project import Project
from checker.rules_evidence import used_in
from checker.rules_prose import figure_without_source

ENTRY = "# Figures\n\n### Cash {#f10}\n\nFound\n:   27 days.\n\nUsed in\n:   %s\n"
LESSON = (
    "---\ntemplate: lesson.html\ntitle: Cut once\n---\n\n## The idea\n\n%s\n\n"
    "## Worked example\n\nA cut of 30 per cent.\n\n## Your turn\n\nTake 5 %% off.\n"
)
PART = "---\ntemplate: part.html\ntitle: Tips\n%s---\n\nTips.\n"


def project(folder: Path, **pages: str) -> Project:
    """A project with these pages; a name's double underscore stands for a folder."""
    for name, words in pages.items():
        file = folder / "docs" / (name.replace("__", "/") + ".md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, "utf-8")
    return Project(folder / "docs")


def told(folder: Path, listed: str) -> list[str]:
    """What is said of an entry that a lesson, a note and another page use."""
    given = project(
        folder,
        evidence=ENTRY % listed,
        owners__cut=LESSON % "So it is.[^f10]\n\n[^f10]: [Note](../evidence.md#f10)",
        notes__cash="---\ntemplate: note.html\ntitle: Cash\n---\n\nSee [our note](../evidence.md#f10).\n",
        numbers="---\ntemplate: page.html\ntitle: Numbers\n---\n\nSee [it](evidence.md#f10).\n",
    )
    return [message for *_, message in used_in(given)]


def test_an_entry_names_every_page_that_uses_its_figure(tmp_path: Path) -> None:
    """Whoever doubts a figure finds all places that lean on it, notes to clients among them."""
    assert told(tmp_path / "all", "[a](owners/cut.md) [b](notes/cash.md) [c](numbers.md)") == []
    missing = told(tmp_path / "some", "[a](owners/cut.md) [d](gone.md)")
    assert any("notes/cash.md" in each for each in missing)
    assert any("numbers.md" in each for each in missing)
    assert any("gone.md, which does not cite it" in each for each in missing)


def test_the_books_of_a_part_hold_its_invented_figures(tmp_path: Path) -> None:
    """A worked example need not say that it is invented, once the books hold every figure in it."""
    for folder, books, expected in (("with", "books:\n  facts:\n    cut: 30\n", 1), ("without", "", 3)):
        given = project(
            tmp_path / folder, owners__index=PART % books, owners__cut=LESSON % "Firms lose 40 per cent of it."
        )
        found = [*figure_without_source(given.by_rel["owners/cut.md"], given)]
        assert len(found) == expected, found
