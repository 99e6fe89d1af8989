"""The command: what it prints, how it ends, and what can be told it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checker import built, run  # noqa: F401 - built enters a rule of its own
from checker.rule import RULES

CHECK = Path(__file__).parents[2] / "scripts" / "check.py"
PROJECT = Path(__file__).parent / "corpus" / "project"


def check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, as an editor does."""
    return subprocess.run(
        [sys.executable, CHECK, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the small project, with a site of which three faults are known."""
    shutil.copytree(PROJECT, tmp_path, dirs_exist_ok=True)
    site = tmp_path / "site"
    for page in ("", "owners/", "owners/cut-once/", "owners/coach-one-number/", "evidence/", "glossary/"):
        (site / page).mkdir(parents=True, exist_ok=True)
        links = "".join(
            f'<a href="/{other}">x</a>'
            for other in ("", "owners/", "owners/cut-once/", "owners/coach-one-number/", "evidence/", "glossary/")
        )
        (site / page / "index.html").write_text(links, "utf-8")
    index = site / "index.html"
    index.write_text(index.read_text("utf-8") + '<a href="#no">x</a><a href="nope/">y</a><p id="a"><p id="a">', "utf-8")
    return tmp_path


def test_a_clean_site_ends_with_0_and_a_line_that_counts(project: Path) -> None:
    """A pipeline goes on at 0; the count shows that something was looked at."""
    (project / "site" / "index.html").write_text(
        (project / "site" / "evidence" / "index.html").read_text("utf-8"), "utf-8"
    )
    done = check(project, "--docs", "docs", "--site", "site")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("no problems; 6 pages and 36 links in ")


def test_problems_end_with_1_one_line_each_sorted_with_the_rule_last(project: Path) -> None:
    """One line a problem, in an order that does not change, so that two runs can be compared."""
    done = check(project, "--docs", "docs", "--site", "site")
    *lines, count = done.stdout.splitlines()
    assert done.returncode == 1
    assert [line.rpartition("  ")[2] for line in lines] == ["id-duplicate", "link-broken", "link-fragment"]
    assert check(project, "--docs", "docs", "--site", "site").stdout.splitlines()[:-1] == lines
    assert all(line.startswith("site/index.html  ") for line in lines)
    assert count.startswith("3 problems; 6 pages")


def test_json_is_a_list_and_nothing_else_on_standard_output(project: Path) -> None:
    """Editors and pipelines read it; one stray line breaks them."""
    told = json.loads(check(project, "--docs", "docs", "--site", "site", "--format", "json").stdout)
    assert [set(problem) for problem in told] == [{"path", "line", "column", "rule", "message", "fix", "pages"}] * 3
    assert (
        json.loads(check(project, "--docs", "docs", "--site", "site", "--format", "json", "--rule", "link-tel").stdout)
        == []
    )


def test_a_code_host_gets_annotations(project: Path) -> None:
    """The fault is drawn beside the changed line."""
    (project / "docs" / "more.md").write_text("---\ntemplate: page.html\ntitle: A: b, 100 %\n---\n", "utf-8")
    said = check(project, "--docs", "docs", "--format", "github").stdout.splitlines()
    assert said[0].startswith("::error file=docs/more.md,line=1,col=1,title=page-not-in-nav::stands in no nav")
    assert said[1].startswith("::error file=docs/more.md,line=3,col=9,title=meta-yaml::")


def test_one_rule_can_be_checked_alone(project: Path) -> None:
    """Mending one kind of fault is easier without the others in the way."""
    done = check(project, "--docs", "docs", "--site", "site", "--rule", "link-broken")
    assert [line.rpartition("  ")[2] for line in done.stdout.splitlines()[:-1]] == ["link-broken"]


def test_the_rules_are_printed_from_the_code(project: Path) -> None:
    """A list that is kept by hand is soon wrong."""
    said = check(project, "--rules").stdout
    assert [line.split()[0] for line in said.splitlines()] == sorted(run.all_rules())
    assert all(rule.text in said for rule in RULES.values())


@pytest.mark.parametrize(("arguments", "reason"), [
    (["--docs", "nowhere"], "there is no folder nowhere"),
    (["--docs", "docs", "--site", "nowhere"], "there is no folder nowhere"),
    (["--docs", "docs", "--site", "empty"], "empty holds no page"),
    (["--docs", "docs", "--rule", "link-nope"], "there is no rule link-nope"),
    (["--docs", "docs", "--source", "nowhere.txt"], "there is no file nowhere.txt"),
])  # fmt: skip
def test_what_cannot_be_checked_ends_with_2_and_says_why(project: Path, arguments: list[str], reason: str) -> None:
    """An empty site that passed would be published."""
    (project / "empty").mkdir()
    done = check(project, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr


def test_a_fault_in_a_source_is_1_even_without_a_site(project: Path) -> None:
    """The fault is why there is no site; saying only that there is none would hide it."""
    (project / "empty").mkdir()
    lesson = project / "docs" / "owners" / "cut-once.md"
    lesson.write_text(lesson.read_text("utf-8").replace("title: Cut", "titel: Cut"), "utf-8")
    done = check(project, "--docs", "docs", "--site", "empty", "--format", "json")
    assert done.returncode == 1
    assert [problem["rule"] for problem in json.loads(done.stdout)] == ["meta-unknown"]


def test_drafts_are_listed_and_stop_nobody(project: Path) -> None:
    """An unfinished page is left out of the site; it must not keep a colleague from publishing."""
    (project / "docs" / "owners" / "new.draft.md").write_text(
        "---\ntemplate: page.html\ntitle: New page\n---\n", "utf-8"
    )
    done = check(project, "--docs", "docs")
    assert done.returncode == 0
    assert "docs/owners/new.draft.md:4:1  description is missing" in done.stdout
    assert "no problems, and 2 still to do in drafts" in done.stdout


def test_an_ignored_problem_is_not_printed_and_an_idle_entry_is_one_itself(project: Path) -> None:
    """What is known and accepted must not hide what is new; what is mended must not stay ignored."""
    settings = project / "mkdocs.yml"
    entries = '\n      - pattern: "nope/*link-broken"\n        reason: Another team will bring it\n      - pattern: "was mended"\n        reason: Old\n'
    settings.write_text(settings.read_text("utf-8").replace("ignore: []", "ignore:" + entries), "utf-8")
    done = check(project, "--docs", "docs", "--site", "site")
    rules = [line.rpartition("  ")[2] for line in done.stdout.splitlines()[:-1]]
    assert rules == ["meta-ignore", "id-duplicate", "link-fragment"]
    assert (
        json.loads(
            check(project, "--docs", "docs", "--site", "site", "--rule", "link-broken", "--format", "json").stdout
        )
        == []
    )
    assert done.stdout.startswith(
        "mkdocs.yml:21:9  entry “was mended” of extra.check.ignore matches no problem any more"
    )


def test_the_sites_address_can_be_told(project: Path) -> None:
    """The same folder may be published at another address, below a path of its own."""
    (project / "site" / "index.html").write_text(
        '<a href="https://other.example/sub/evidence/">x</a><a href="/sub/nope/">y</a>', "utf-8"
    )
    done = check(
        project, "--docs", "docs", "--site", "site", "--site-url", "https://other.example/sub/", "--rule", "link-broken"
    )
    assert "“/sub/nope/” leads to nope/" in done.stdout


def test_any_folder_of_pages_can_be_checked_without_sources(tmp_path: Path) -> None:
    """The link check is of use whatever wrote the HTML."""
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "index.html").write_text("<a href='nope.html'>x</a>", "utf-8")
    done = check(tmp_path, "--site", "built")
    assert done.returncode == 1
    assert done.stdout.startswith("built/index.html  “nope.html” leads to nope.html, which is not there")


def test_no_file_is_changed(project: Path) -> None:
    """A check that mends in silence takes the text out of the writer's hands."""
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    check(project, "--docs", "docs", "--site", "site")
    assert {file: file.read_bytes() for file in project.rglob("*") if file.is_file()} == before
