"""A page moves, and nothing that pointed to it breaks."""

from pathlib import Path

import pytest
import yaml

from checker.project import Project
from scratch_project import PAGES, SETTINGS, everything, run, write_scratch_project

OLD, NEW = "docs/owners/cut-once.md", "docs/owners/cut-early.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project."""
    return write_scratch_project(tmp_path)


def text(root: Path, path: str) -> str:
    """A page's text."""
    return (root / path).read_text("utf-8")


def test_the_page_and_everything_that_names_it_move(root: Path) -> None:
    """Links in text, footnotes, definitions, raw HTML and fields all lead readers somewhere."""
    assert run(root, "rename", OLD, NEW) == 0
    assert text(root, NEW) == PAGES["owners/cut-once.md"]
    weeks = PAGES["owners/count-weeks.md"]
    code = "`[cut](cut-once.md)`"
    wanted = weeks.replace(code, "CODE").replace("cut-once", "cut-early").replace("CODE", code)
    assert text(root, "docs/owners/count-weeks.md") == wanted
    assert "(../owners/cut-early.md)" in text(root, "docs/recruiters/push-back.md")
    assert "(owners/cut-early.md?x=1#y)" in text(root, "docs/about.md")
    assert "begin: owners/cut-early.md" in text(root, "docs/owners/index.md")


def test_the_books_of_the_part_know_the_lesson_by_its_new_name(root: Path) -> None:
    """Its figures are kept under its name; left under the old one, each of them would be called wrong."""
    books = "books:\n  values:\n    cut-once:\n      saved: 5\n    count-weeks:\n      twice: cut_once.saved * 2\n"
    part = root / "docs/owners/index.md"
    part.write_text(PAGES["owners/index.md"].replace("updated:", f"{books}updated:"), "utf-8", newline="\n")
    assert run(root, "rename", OLD, NEW) == 0
    changed = books.replace("cut-once:", "cut-early:").replace("cut_once.", "cut_early.")
    assert changed in part.read_text("utf-8")


def test_the_settings_keep_comments_and_order(root: Path) -> None:
    """Only the lines that must change do: the page's place, and the old address among those outside every menu."""
    run(root, "rename", OLD, NEW)
    wanted = SETTINGS.replace("owners/cut-once.md", "owners/cut-early.md").replace(
        "  /notes/*\n", "  /notes/*\n  /owners/cut-once.md\n"
    )
    assert text(root, "mkdocs.yml") == wanted


def test_the_old_address_leads_on(root: Path) -> None:
    """Whoever kept the old link still arrives."""
    run(root, "rename", OLD, NEW)
    stub = Project(root / "docs").by_rel["owners/cut-once.md"]
    assert stub.values.plain == {
        "template": "redirect.html",
        "title": "Cut once, cut early",
        "to": "owners/cut-early.md",
    }
    assert not Project(root / "docs").contract(stub)


def test_a_lesson_can_move_to_the_other_part(root: Path) -> None:
    """Its own links are seen from its new place, and it takes its place in the other order."""
    assert run(root, "rename", OLD, "docs/recruiters/cut-once.md") == 0
    moved = text(root, "docs/recruiters/cut-once.md")
    for link in (
        "(../owners/count-weeks.md)",
        "(../index.md)",
        "(../owners/weeks.png)",
        "(#the-idea)",
        "(https://example.com/cut-once.md)",
    ):
        assert link in moved
    nav = yaml.safe_load(text(root, "mkdocs.yml"))["nav"]
    assert nav[2]["Owners and managers"] == ["owners/index.md", "owners/count-weeks.md"]
    assert nav[3]["Recruiters"] == ["recruiters/index.md", "recruiters/push-back.md", "recruiters/cut-once.md"]
    assert "(cut-once.md)" in text(root, "docs/recruiters/push-back.md")
    assert '<a href="../../recruiters/cut-once/">' in text(root, "docs/owners/count-weeks.md")


def test_a_page_that_moves_twice_is_found_from_each_old_address_in_one_step(root: Path) -> None:
    """A chain of redirects is slow, and breaks at its weakest link."""
    run(root, "rename", OLD, NEW)
    run(root, "rename", NEW, "docs/owners/cut-fairly.md")
    for old in (OLD, NEW):
        assert "to: owners/cut-fairly.md" in text(root, old)


def test_a_page_can_go_back(root: Path) -> None:
    """A rename that was regretted leaves the page where it was, and no redirect in its way."""
    run(root, "rename", OLD, NEW)
    assert run(root, "rename", NEW, OLD) == 0
    assert text(root, OLD) == PAGES["owners/cut-once.md"]
    assert "to: owners/cut-once.md" in text(root, NEW)
    assert "/owners/cut-once.md" not in text(root, "mkdocs.yml").split("not_in_nav")[1]


def test_the_list_of_moved_pages_is_begun_and_ended_as_needed(root: Path) -> None:
    """Settings without such a list get one, with a word on what it is; an empty one is no use."""
    bare = SETTINGS.replace("# For paper, and to pass on.\nnot_in_nav: |\n  /notes/*\n", "")
    (root / "mkdocs.yml").write_text(bare, "utf-8", newline="\n")
    run(root, "rename", "docs/about.md", "docs/about-us.md")
    assert yaml.safe_load(text(root, "mkdocs.yml"))["not_in_nav"] == "/about.md\n"
    assert text(root, "mkdocs.yml").startswith(bare.replace("about.md", "about-us.md"))
    run(root, "rename", "docs/about-us.md", "docs/about.md")
    assert yaml.safe_load(text(root, "mkdocs.yml"))["not_in_nav"] == "/about-us.md\n"


def test_a_draft_moves_without_a_redirect(root: Path) -> None:
    """Nobody has the address of a page that was never published."""
    run(root, "new", "page", "How we work")
    assert run(root, "rename", "docs/how-we-work.draft.md", "docs/our-work.draft.md") == 0
    assert not (root / "docs/how-we-work.draft.md").exists()
    assert text(root, "mkdocs.yml") == SETTINGS


def test_line_ends_and_other_bytes_stay(root: Path) -> None:
    """A link mended in a file of another system must not change its other lines."""
    data = PAGES["about.md"].replace("\n", "\r\n").encode()
    (root / "docs/about.md").write_bytes(b"\xef\xbb\xbf" + data)
    run(root, "rename", OLD, NEW)
    assert (root / "docs/about.md").read_bytes() == b"\xef\xbb\xbf" + data.replace(b"cut-once", b"cut-early")


def test_places_outside_docs_are_named_for_a_person(root: Path, capsys: pytest.CaptureFixture) -> None:
    """A template that names a page by its path cannot be mended blindly, but must not be forgotten."""
    (root / "overrides").mkdir()
    (root / "overrides/home.html").write_text("one\n{{ links.to('owners/cut-once.md') }}\n", "utf-8")
    run(root, "rename", OLD, NEW)
    assert "overrides/home.html:2" in capsys.readouterr().out


BAD = [
    ("docs/nowhere.md", NEW, "There is no page docs/nowhere.md"),
    (OLD, "docs/owners/count-weeks.md", "is there already, and stays"),
    (OLD, OLD, "is there already, and stays"),
    (OLD, "docs/owners.md", "A lesson must stay in a part"),
    (OLD, "../cut.md", "is not below docs/"),
    (OLD, "/etc/cut.md", "is not below docs/"),
    (OLD, "docs/owners/Cut Early.md", "small letters a to z, figures and hyphens, such as owners/cut-early.md"),
    (OLD, "docs/owners/früher.md", "such as owners/fruher.md"),
    (OLD, "docs/owners/会議.md", "cannot be an address"),
    (OLD, "docs/owners/cut-early", "must end in .md"),
    (OLD, "docs/owners/cut-early.draft.md", "is published"),
    (OLD, "docs/owners/cut/index.md", "would stand for its whole folder"),
    ("docs/owners/index.md", "docs/owners/start.md", "gives its folder its address"),
    ("docs/index.md", "docs/start.md", "gives its folder its address"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), BAD, ids=[f"{old} to {new}" for old, new, _ in BAD])
def test_what_cannot_move_gets_one_sentence_and_changes_nothing(
    root: Path, capsys: pytest.CaptureFixture, old: str, new: str, sentence: str
) -> None:
    """A slip in a command must not cost a page."""
    before = everything(root)
    assert run(root, "rename", old, new) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert everything(root) == before


def test_a_page_that_cannot_be_read_stops_the_move(root: Path, capsys: pytest.CaptureFixture) -> None:
    """Its links could not be mended, so it must be mended first."""
    (root / "docs/about.md").write_bytes(PAGES["about.md"].encode() + "é".encode("cp1252"))
    before = everything(root)
    assert run(root, "rename", OLD, NEW) == 1
    assert "docs/about.md" in capsys.readouterr().err
    assert everything(root) == before


def test_paths_can_be_typed_in_every_usual_way(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the project's folder or from docs, with either slash, in full or in short."""
    monkeypatch.chdir(root)
    assert run(root, "rename", "docs\\about.md", "docs\\b.md") == 0
    assert run(root, "rename", "b.md", "c.md") == 0
    assert run(root, "rename", root / "docs/c.md", root / "docs/d.md") == 0
    monkeypatch.chdir(root / "docs" / "owners")
    assert run(root, "rename", "cut-once.md", "docs/owners/e.md") == 0
