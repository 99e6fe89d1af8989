"""What the editors' commands leave behind is a whole site: the course, with pages begun, published, moved and taken in."""

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

import build
from checker import run as checks
from checker.project import Project
from file_lock import file_lock
from scratch_project import run
from test_import import POST


class Edited(NamedTuple):
    """A copy of the project after some editing: its folder, the site built from it, and what moved where."""

    root: Path
    site: Path
    moved_from: str
    moved_to: str
    faults_before: list[str]


@pytest.fixture(scope="module")
def edited(course: Path, shared_folder: Path) -> Iterator[Edited]:
    """The pages of the course, edited by command and built strictly. Made once for all workers."""
    copy, site = shared_folder / "edited" / "project", shared_folder / "edited" / "site"
    with file_lock(shared_folder / "edited.lock", wait="Waiting for the edited site …"):
        note = shared_folder / "edited.note"
        if not note.exists():
            make(course, copy, site)
            note.write_text("made", "utf-8")
    old = next(path for path in lessons(course) if path.startswith("owners/"))
    before = [problem.text() for problem in checks.sources(Project(course / "docs"))]
    yield Edited(copy, site, old, "owners/moved-by-hand.md", before)


def lessons(root: Path) -> list[str]:
    """The paths in nav that are lessons."""
    site = Project(root / "docs")
    return [path for path, _, _ in site.nav if path in site.by_rel and site.by_rel[path].kind == "lesson"]


def make(course: Path, copy: Path, site: Path) -> None:
    """Copy the sources, use every command, build."""
    for path in sorted((course / "docs").rglob("*")):
        if path.is_file() and not path.name.endswith(".draft.md"):
            target = copy / path.relative_to(course)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (copy / "mkdocs.yml").write_bytes((course / "mkdocs.yml").read_bytes())
    (copy / "overrides").symlink_to(course / "overrides", target_is_directory=True)
    assert (
        run(
            copy,
            "rename",
            f"docs/{next(path for path in lessons(course) if path.startswith('owners/'))}",
            "docs/owners/moved-by-hand.md",
        )
        == 0
    )
    assert run(copy, "new", "lesson", "owners", "Keep one draft unfinished") == 0
    assert run(copy, "new", "page", "A plain page here") == 0
    assert run(copy, "publish", "docs/a-plain-page-here.draft.md", "--anyway") == 0
    post = copy / "post.txt"
    post.write_text(POST, "utf-8")
    assert run(copy, "import", post, "--into", "docs/article.md", "--yes") == 0
    command = [sys.executable, build.__file__, "--root", copy, "--out", site]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Left out as drafts: docs/owners/keep-one-draft-unfinished.draft.md" in done.stdout


def words(text: str) -> list[str]:
    """The words of a text, marks aside."""
    return re.findall(r"\w+", re.sub("[‘’“”'\"`]", "", text.lower()))


def test_every_word_of_a_post_is_on_the_built_page_in_order(edited: Edited) -> None:
    """The owner of a text gets it back whole: what is lost between file and page would be lost for readers."""
    page = (edited.site / "article/index.html").read_text("utf-8")
    page = re.sub(r"<(script|style)\b.*?</\1>", "", re.search(r"<main.*?</main>", page, re.S)[0], flags=re.S)
    shown, at = words(html.unescape(re.sub(r"<[^>]+>", " ", page))), 0
    for line in POST.splitlines():
        if line.startswith("- "):
            continue  # the by-line, the day and the comments stand elsewhere
        for word in words(line):
            assert word in shown[at:], f"{word} of: {line}"
            at = shown.index(word, at) + 1
    byline = re.search(r'<p class="?byline"?>.*?</p>', page, re.S)[0]
    assert "By Ada Example" in byline
    assert "3 April 2023" in byline


def test_a_page_taken_in_is_not_called_a_retelling(edited: Edited) -> None:
    """The label would be untrue, and unkind to the author."""
    for name in ("article/index.html", "index.html"):
        page = (edited.site / name).read_text("utf-8")
        assert "This is a retelling" not in page
        assert "retold from" not in page


def test_a_moved_page_leads_on_and_is_not_listed(edited: Edited) -> None:
    """Old links work; search engines and the site's own search know the new address only."""
    old, new = edited.moved_from.removesuffix(".md"), edited.moved_to.removesuffix(".md")
    stub = (edited.site / old / "index.html").read_text("utf-8")
    assert f"url=../{new.partition('/')[2]}/" in stub
    assert (edited.site / new / "index.html").exists()
    for name in ("sitemap.xml", "search/search_index.json"):
        listed = (edited.site / name).read_text("utf-8")
        assert f"{new}/" in listed
        assert f"{old}/" not in listed


def test_a_draft_is_left_out_and_a_published_page_is_there(edited: Edited) -> None:
    """Readers see what is finished, all of it and nothing else."""
    assert not list(edited.site.rglob("*keep-one-draft*"))
    assert (edited.site / "a-plain-page-here/index.html").exists()


def test_the_sources_have_no_new_fault(edited: Edited) -> None:
    """Moving a page and taking in a post break no link, no list and no field."""
    mine = ("a-plain-page-here", "keep-one-draft")
    found = [
        problem.text()
        for problem in checks.sources(Project(edited.root / "docs"))
        if not any(name in problem.path for name in mine)
    ]
    tails = {re.sub(r"^\S*?(docs|mkdocs)", r"\1", line).split("  ", 1)[1] for line in edited.faults_before}
    assert [line for line in found if line.split("  ", 1)[1] not in tails] == []


def test_a_new_draft_can_be_previewed_before_anything_is_written(edited: Edited, course: Path, tmp_path: Path) -> None:
    """A writer looks at the page from the first minute; empty fields must not stop the templates."""
    overlay = {"INHERIT": str(edited.root / "mkdocs.yml"), "docs_dir": str(edited.root / "docs"), "site_dir": str(tmp_path / "site"),
               "theme": {"custom_dir": str(course / "overrides")}, "draft_docs": "", "validation": {"omitted_files": "info"}}  # fmt: skip
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(overlay), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", tmp_path / "mkdocs.yml"]
    drawn = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert drawn.returncode == 0, drawn.stdout + drawn.stderr
    assert "Keep one draft unfinished" in (
        tmp_path / "site/owners/keep-one-draft-unfinished.draft/index.html"
    ).read_text("utf-8")
