"""A draft gets its place on the site, and the settings keep their comments and order."""

import signal
from pathlib import Path

import pytest
import yaml

from editing.files import Changes, EditProblem, Source
from editing.nav import Settings
from scratch_project import PAGES, SETTINGS, everything, front_matter, run, write_scratch_project

DRAFT = "docs/owners/know-your-clients.draft.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project with a draft of a page, one of a lesson, and a link to the draft."""
    write_scratch_project(tmp_path)
    (tmp_path / "docs/how-we-work.draft.md").write_text(
        front_matter("page", "How we work") + "We [know](owners/know-your-clients.draft.md).\n", "utf-8", newline="\n"
    )
    (tmp_path / DRAFT).write_text(
        front_matter("lesson", "Know your clients") + "See [cutting](cut-once.md).\n", "utf-8", newline="\n"
    )
    return tmp_path


def test_a_published_page_stands_last_in_its_part_and_nothing_else_changes(root: Path) -> None:
    """The settings are hand-written; a command that reformats them would lose what people noted there."""
    assert run(root, "publish", DRAFT, "--anyway") == 0
    assert (root / "mkdocs.yml").read_text("utf-8") == SETTINGS.replace(
        "      - owners/cut-once.md\n", "      - owners/cut-once.md\n      - owners/know-your-clients.md\n"
    )
    assert not (root / DRAFT).exists()
    assert "Know your clients" in (root / "docs/owners/know-your-clients.md").read_text("utf-8")


def test_a_page_can_be_put_behind_another(root: Path) -> None:
    """The order of lessons is thought about; the last place is not always right."""
    assert run(root, "publish", DRAFT, "--anyway", "--after", "owners/count-weeks.md") == 0
    nav = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))["nav"]
    assert nav[2]["Owners and managers"][1:] == [
        "owners/count-weeks.md",
        "owners/know-your-clients.md",
        "owners/cut-once.md",
    ]
    assert "owners/count-weeks.md   # first\n" in (root / "mkdocs.yml").read_text("utf-8")


def test_a_page_of_no_part_stands_last_of_all(root: Path) -> None:
    """A plain page has no part to be in."""
    assert run(root, "publish", "docs/how-we-work.draft.md") == 0
    assert yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))["nav"][-1] == "how-we-work.md"


def test_a_note_stays_outside_nav(root: Path, capsys: pytest.CaptureFixture) -> None:
    """Pages that the settings keep out of every menu are not put into one."""
    run(root, "new", "note", "Before you wait")
    assert run(root, "publish", "docs/notes/before-you-wait.draft.md", "--anyway") == 0
    assert (root / "mkdocs.yml").read_text("utf-8") == SETTINGS
    assert "no menu" in capsys.readouterr().out


def test_links_to_the_draft_follow_it(root: Path) -> None:
    """Drafts may link to each other while they are written."""
    run(root, "publish", DRAFT, "--anyway")
    assert "(owners/know-your-clients.md)" in (root / "docs/how-we-work.draft.md").read_text("utf-8")


def test_an_unfinished_page_is_not_published(root: Path, capsys: pytest.CaptureFixture) -> None:
    """Readers must not see a page with places still to be filled."""
    before = everything(root)
    assert run(root, "publish", DRAFT) == 1
    said = capsys.readouterr().err
    assert "line is missing" in said
    assert "Not published" in said
    assert everything(root) == before


def test_a_mark_left_in_the_text_is_named(root: Path, capsys: pytest.CaptureFixture) -> None:
    """The fields are not the only place where a new page waits for words."""
    run(root, "new", "page", "How we play")
    path = root / "docs/how-we-play.draft.md"
    text = path.read_text("utf-8").replace("  …", "  A sentence of some length about how we play at work, and why.")
    path.write_text(text + "\nFirst …\n", "utf-8", newline="\n")
    assert run(root, "publish", "docs/how-we-play.draft.md") == 1
    assert "something is still to be written here" in capsys.readouterr().err


@pytest.mark.parametrize(("page", "sentence"), [
    ("docs/about.md", "is no draft"),
    ("docs/owners/know-your-clients.md", "did you mean docs/owners/know-your-clients.draft.md?"),
    ("docs/nowhere.draft.md", "There is no page docs/nowhere.draft.md"),
    ("../elsewhere.draft.md", "is not below docs/"),
])  # fmt: skip
def test_what_cannot_be_published_gets_one_sentence(
    root: Path, capsys: pytest.CaptureFixture, page: str, sentence: str
) -> None:
    """A wrong path must say what is wrong with it."""
    before = everything(root)
    assert run(root, "publish", page) == 1
    assert sentence in capsys.readouterr().err
    assert everything(root) == before


def test_a_published_page_of_the_same_name_stays(root: Path, capsys: pytest.CaptureFixture) -> None:
    """Publishing must never replace what readers already have."""
    (root / "docs/about.draft.md").write_text(front_matter("page", "Another about"), "utf-8")
    assert run(root, "publish", "docs/about.draft.md", "--anyway") == 1
    assert "is there already, and stays" in capsys.readouterr().err
    assert (root / "docs/about.md").read_text("utf-8") == PAGES["about.md"]


def test_windows_line_ends_in_the_settings_stay(root: Path) -> None:
    """On Windows git may check files out with other line ends; a mix of both would show every line as changed."""
    data = SETTINGS.replace("\n", "\r\n").encode()
    (root / "mkdocs.yml").write_bytes(data)
    assert run(root, "publish", DRAFT, "--anyway") == 0
    assert (root / "mkdocs.yml").read_bytes() == data.replace(
        b"- owners/cut-once.md\r\n", b"- owners/cut-once.md\r\n      - owners/know-your-clients.md\r\n"
    )


@pytest.mark.parametrize("nav", ["nav: [index.md, about.md]\n", "nav:\n  - Owners: [owners/index.md]\n", "", "nav:\n"])
def test_settings_written_otherwise_are_left_for_a_person(tmp_path: Path, nav: str) -> None:
    """Where a line cannot be added safely, a sentence is better than a guess."""
    path = tmp_path / "mkdocs.yml"
    path.write_text(f"site_name: x\n{nav}", "utf-8")
    with pytest.raises(EditProblem, match="write it so, then try again"):
        Settings(Source(path, "mkdocs.yml")).add("owners/x.md")


@pytest.mark.parametrize("folder", ["docs/owners", "."])
def test_a_read_only_folder_is_named_and_nothing_changes(
    root: Path, capsys: pytest.CaptureFixture, folder: str
) -> None:
    """Half a publication, a page without its place in the order, would be worse than none."""
    before = everything(root)
    (root / folder).chmod(0o555)
    try:
        assert run(root, "publish", DRAFT, "--anyway") == 1
    finally:
        (root / folder).chmod(0o755)
    assert "Nothing was changed" in capsys.readouterr().err
    assert everything(root) == before


def test_ctrl_c_half_way_leaves_everything_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes their mind must not find a broken project."""
    before = everything(root)
    written: list[Path] = []
    write = Path.write_bytes

    def stopped(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) == 2:
            raise KeyboardInterrupt
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", stopped)
    assert run(root, "publish", DRAFT, "--anyway") == 130
    monkeypatch.undo()
    assert len(written) == 2
    assert everything(root) == before


def test_ctrl_c_during_the_last_moment_waits(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the first file is in its place, the others follow."""
    replace = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    assert run(root, "publish", DRAFT, "--anyway") == 0
    assert (root / "docs/owners/know-your-clients.md").exists()
    assert "owners/know-your-clients.md" in (root / "mkdocs.yml").read_text("utf-8")


def test_a_disk_that_fills_up_half_way_undoes_what_was_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files change together or none does."""
    for name in ("a", "b"):
        (tmp_path / name).write_text("old", "utf-8")
    changes = Changes()
    for name in ("a", "b", "new/c"):
        changes.write(tmp_path / name, "new")
    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if target.name == "c":
            raise OSError(28, "No space left on device", str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(EditProblem, match="No space left on device"):
        changes.make()
    assert everything(tmp_path) == {"a": b"old", "b": b"old"}
    assert not (tmp_path / "new").exists()
