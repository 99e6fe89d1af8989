"""An author's own ten or fifteen become drafts of lessons, an item each, with every word in its order."""

from pathlib import Path

import pytest

from checker.project import Project
from scratch_project import everything, run, write_scratch_project

LONG = "Keep the people who win work, since they are the ones whom you will need when it all comes back again"
NUMBERED = f"""\
My three tips

What forty years have taught.

1. Cut once

Do it *early*, and "fairly".

- one
- two

2. {LONG}

More words.

3. Count weeks

Then wait 5_000 times.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project."""
    return write_scratch_project(tmp_path / "project")


def taken_in(root: Path, text: str, name: str = "tips.txt") -> dict[str, str]:
    """Import a text into the owners' part; return the drafts by their names."""
    file = root.parent / name
    file.write_text(text, "utf-8")
    assert run(root, "import", file, "--part", "owners", "--author", "Ada Example") == 0
    return {path.name: path.read_text("utf-8") for path in sorted((root / "docs/owners").glob("*.draft.md"))}


def test_each_item_becomes_a_draft_and_nothing_that_stands_is_touched(root: Path) -> None:
    """The owner takes the originals in; the lessons that are there must stay until they are retired."""
    before = everything(root)
    drafts = taken_in(root, NUMBERED)
    assert list(drafts) == ["count-weeks-3.draft.md", "cut-once-1.draft.md", "item-2.draft.md"]
    assert {name: data for name, data in everything(root).items() if name in before} == before


def test_every_word_is_kept_in_order(root: Path) -> None:
    """They are the author's words; losing one would make them ours."""
    drafts = taken_in(root, NUMBERED)
    cut = drafts["cut-once-1.draft.md"]
    assert "title: Cut once\n" in cut
    assert "own_words: true" in cut
    assert cut.endswith(
        "My three tips\n\nWhat forty years have taught.\n\nDo it *early*, and “fairly”.\n\n- one\n- two\n"
    )
    assert "title: …\n" in drafts["item-2.draft.md"]
    assert drafts["item-2.draft.md"].endswith(f"{LONG}\n\nMore words.\n")
    assert drafts["count-weeks-3.draft.md"].endswith("Then wait 5\\_000 times.\n")


@pytest.mark.parametrize(
    "text",
    [
        "<h1>Three</h1><h2>Cut once</h2><p>Early.</p><h2>Ask first</h2><p>Then wait.</p>",
        "<h1>Three</h1><ol><li><strong>Cut once</strong><p>Early.</p></li><li>Ask first<p>Then wait.</p></li></ol>",
        "<p>Tip 1: Cut once</p><p>Early.</p><p>Tip 2: Ask first</p><p>Then wait.</p>",
    ],
)
def test_items_are_found_by_headings_numbers_and_lists(root: Path, text: str) -> None:
    """Nobody should have to rewrite a page that already says what its items are."""
    drafts = taken_in(root, text, "tips.html")
    titles = [Project(root / "docs").by_rel[f"owners/{name}"].values.plain["title"] for name in drafts]
    assert titles == ["Ask first", "Cut once"]
    assert "Then wait." in next(iter(drafts.values()))


def test_a_text_without_items_is_refused(root: Path, capsys: pytest.CaptureFixture) -> None:
    """One long draft would be nobody's lesson."""
    before = everything(root)
    file = root.parent / "tips.txt"
    file.write_text("Only a paragraph.\n", "utf-8")
    assert run(root, "import", file, "--part", "owners") == 1
    assert "has no items to make lessons of" in capsys.readouterr().err
    assert everything(root) == before
