"""`check` builds what can be built, and says in one place what an editor has to mend, in the checker's own words."""

from pathlib import Path

import pytest

import build
from check import main
from small_project import LAYOUT, write_small_project

PAGE = """---
template: page.html
title: {title}
description: A sentence that is long enough to say what a reader finds on {title}.
updated: 2026-01-02
---

{words}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project whose pages link to each other, in the current folder."""
    root = write_small_project(tmp_path / "project")
    (root / "overrides/page.html").write_text(LAYOUT, "utf-8")
    for name, words in (("index", "[Two](two.md)"), ("two", "[One](index.md)")):
        (root / f"docs/{name}.md").write_text(PAGE.format(title=f"Page {name}", words=words), "utf-8")
    monkeypatch.chdir(root)
    return root


def append(file: Path, text: str) -> int:
    """Add lines to a page; the number of the first."""
    before = file.read_text("utf-8")
    file.write_text(f"{before}\n{text}\n", "utf-8")
    return before.count("\n") + 2


def test_each_fault_that_stops_a_build_is_named_at_its_line_and_the_site_that_stands_stays(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A link to a page that is not there is the commonest mistake: without its line an editor looks for hours."""
    assert main(["--root", str(project), "--rule", "link-broken"]) == 0, capfd.readouterr()
    stood = (project / "site/two/index.html").read_bytes()
    capfd.readouterr()
    link = append(project / "docs/two.md", "[x](nope.md) and [y](#nope) and ![z](nope.png)")
    script = append(project / "docs/two.md", "<script>window.pwn = 1</script>")
    assert main(["--root", str(project)]) == 1
    told = capfd.readouterr()
    for line, rule in (
        (f"docs/two.md:{link}:5 ", "link-broken"),
        (f"docs/two.md:{link}:22 ", "link-fragment"),
        (f"docs/two.md:{link}:38 ", "link-broken"),
        (f"docs/two.md:{script}:1 ", "code-html"),
    ):
        assert [said for said in told.out.splitlines() if said.startswith(line) and said.endswith(rule)], told.out
    assert "WARNING" not in told.out + told.err and "Traceback" not in told.err and "strict" not in told.err
    assert (project / "site/two/index.html").read_bytes() == stood


def test_a_workflow_gets_the_same_lines_as_annotations(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Those who write in a browser see only what stands beside the line."""
    line = append(project / "docs/two.md", "[x](nope.md)")
    assert main(["--root", str(project), "--format", "github"]) == 1
    assert f"::error file=docs/two.md,line={line},col=5," in capfd.readouterr().out


def test_a_reference_of_yaml_stops_it_before_the_engine_begins(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A few lines of references fill all memory of whoever reads them."""
    page = project / "docs/two.md"
    page.write_text(page.read_text("utf-8").replace("updated:", "tags: &a [x]\nupdated:"), "utf-8")
    assert main(["--root", str(project)]) == 1
    assert "docs/two.md:5:7" in capfd.readouterr().out
    assert not (project / "site").exists()


def test_settings_that_cannot_be_read_are_a_fault_at_their_line(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whoever edits `mkdocs.yml` must learn which line to undo."""
    (project / "mkdocs.yml").write_text("site_name: Small\nnav: ]\n", "utf-8")
    assert main(["--root", str(project)]) == 1
    assert "mkdocs.yml:2:6" in capfd.readouterr().out


def test_a_fault_of_the_checker_itself_is_no_verdict_on_the_site(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit 1 would send an editor looking for a mistake that is not theirs, and exit 0 would publish unread."""
    monkeypatch.setattr("checker.run.site", lambda *_: 1 // 0)
    assert main(["--root", str(project)]) == 2
    assert capfd.readouterr().err.startswith("check: it could not be checked: ZeroDivisionError")


def test_a_build_refuses_with_the_lines_of_check(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Two sentences for one fault send an editor looking for two."""
    line = append(project / "docs/two.md", "[x](nope.md)")
    assert main(["--root", str(project)]) == 1
    said = [each for each in capfd.readouterr().out.splitlines() if each.startswith(f"docs/two.md:{line}:")]
    assert build.main(["--root", str(project)]) == 1
    assert said and capfd.readouterr().err.splitlines()[: len(said)] == said
