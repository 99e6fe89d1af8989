"""`run.py build`: a whole site or the old one, never half of one, and a sentence about everything in the way."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import build
from file_lock import file_lock
from small_project import write_small_project

SCRIPT = Path(build.__file__)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project nobody has built yet."""
    return write_small_project(tmp_path / "project")


@pytest.fixture
def built_project(project: Path) -> Path:
    """A small project with a site whose home page says "the old site"."""
    site = project / "site"
    site.mkdir()
    (site / "index.html").write_text("the old site")
    (site / "sitemap.xml").write_text("<urlset/>")
    return project


def run_build(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run the build in a process of its own."""
    return subprocess.run(
        [sys.executable, SCRIPT, "--root", project, *arguments],
        capture_output=True, text=True, encoding="utf-8", env=os.environ | environment, cwd=project,
    )  # fmt: skip


def assert_old_site_stands(project: Path) -> None:
    """The site that was there before is whole."""
    assert (project / "site" / "index.html").read_text() == "the old site"


def test_a_build_makes_a_site_and_says_what_is_still_open(project: Path) -> None:
    """Without these lines an owner publishes under the example address, or misses a page that is still a draft."""
    done = run_build(project)
    assert done.returncode == 0, done.stderr
    assert "Built 3 pages into site/, for https://pushback.example/" in done.stdout
    assert "site_url in mkdocs.yml is still the example" in done.stdout
    assert "Empty in mkdocs.yml, so the site says nothing about them: contact, affiliation." in done.stdout
    assert "Left out as drafts: docs/three.draft.md." in done.stdout
    assert (project / "site" / "two" / "index.html").is_file()
    assert not (project / "site" / "three.draft").exists()


def test_another_address_reaches_every_place_that_names_one(project: Path) -> None:
    """Otherwise search engines and shared links lead readers to the wrong host."""
    done = run_build(project, "--site-url", "https://example.com/course")
    assert done.returncode == 0, done.stderr
    assert "still the example" not in done.stdout
    assert "https://example.com/course/two/" in (project / "site/two/index.html").read_text()
    assert "<loc>https://example.com/course/two/</loc>" in (project / "site/sitemap.xml").read_text()
    assert "href=/course/assets/css/" in (project / "site/404.html").read_text()


@pytest.mark.parametrize("address", ["example.com", "ftp://example.com/", "https://", "https://example.com/?a=b"])
def test_an_address_that_is_none_is_refused(project: Path, address: str) -> None:
    """A typing mistake in the address would only show after the upload."""
    done = run_build(project, "--site-url", address)
    assert done.returncode == 1
    assert "is no address for a site" in done.stderr


def test_a_fault_in_a_page_leaves_the_old_site(built_project: Path) -> None:
    """A link to nowhere must not cost the site that works."""
    (built_project / "docs/two.md").write_text("---\ntitle: Two\n---\n[Nowhere](nope.md)\n")
    done = run_build(built_project)
    assert done.returncode == 1
    assert "two.md" in done.stderr and "nope.md" in done.stderr
    assert "site/ is as it was" in done.stderr
    assert_old_site_stands(built_project)


def test_a_fault_that_only_finishing_sees_leaves_the_old_site(built_project: Path) -> None:
    """A style attribute would be dead under the security policy, so it must be said before the upload."""
    (built_project / "docs/two.md").write_text('---\ntitle: Two\n---\n<p style="color: red">Red</p>\n')
    done = run_build(built_project)
    assert done.returncode == 1
    assert "two/index.html: <p> has the attribute 'style'" in done.stderr
    assert_old_site_stands(built_project)


def test_settings_that_cannot_be_read_are_named_with_their_line(built_project: Path) -> None:
    """Nobody finds a stray bracket in a hundred lines from "could not build"."""
    (built_project / "mkdocs.yml").write_text("site_name: Small\nnav: [index.md\nextra: 1\n")
    done = run_build(built_project)
    assert done.returncode == 1
    assert done.stderr.startswith("mkdocs.yml:3:")
    assert_old_site_stands(built_project)


def test_a_killed_build_leaves_the_old_site_and_the_next_build_works(built_project: Path) -> None:
    """A laptop that runs out of power half-way must not take the site with it."""
    running = subprocess.Popen([sys.executable, SCRIPT, "--root", built_project])
    while not list(built_project.glob(".site.building/new-*")):
        assert running.poll() is None, "the build ended before it could be killed"
        time.sleep(0.01)
    running.kill()
    running.wait()
    assert_old_site_stands(built_project)
    assert run_build(built_project).returncode == 0
    assert "The first page" in (built_project / "site/index.html").read_text()


def test_a_build_killed_between_its_last_two_steps_is_put_right(built_project: Path) -> None:
    """For an instant the old site has moved away and the new one is not there yet: the next build must bring it back."""
    (built_project / ".site.building").mkdir()
    (built_project / "site").rename(built_project / ".site.building/old")
    (built_project / "docs/two.md").write_text("[Nowhere](nope.md)\n")
    assert run_build(built_project).returncode == 1
    assert_old_site_stands(built_project)


def test_a_swap_that_fails_half_way_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a file that is open in a browser keeps its folder from moving."""
    new, out, old = tmp_path / "new", tmp_path / "site", tmp_path / "old"
    out.mkdir()
    (out / "index.html").write_text("the old site")
    with pytest.raises(OSError):
        build.swap(new, out, old)  # there is no new site to move
    assert (out / "index.html").read_text() == "the old site"


def test_a_second_build_at_the_same_time_steps_back(built_project: Path) -> None:
    """Two builds into one folder would mix their files."""
    staging = built_project / ".site.building"
    with file_lock(staging / "lock"):
        done = run_build(built_project)
    assert done.returncode == 1
    assert "Another build into site/ is under way" in done.stderr
    assert_old_site_stands(built_project)


def test_a_read_only_site_stays(built_project: Path) -> None:
    """Whoever took away the right to write meant it, the administrator included."""
    site = built_project / "site"
    site.chmod(0o555)
    done = run_build(built_project)
    site.chmod(0o755)
    assert done.returncode == 1
    assert "is read-only" in done.stderr
    assert_old_site_stands(built_project)


@pytest.mark.parametrize("folder", [".", "docs", "docs/site", "overrides", "..", "notes"])
def test_a_folder_with_other_things_in_it_is_never_replaced(project: Path, folder: str) -> None:
    """A slip in --out must not delete somebody's files."""
    (project / "notes").mkdir()
    (project / "notes/diary.txt").write_text("mine")
    done = run_build(project, "--out", str(project / folder))
    assert done.returncode == 1
    assert "choose another folder" in done.stderr
    assert (project / "docs/index.md").is_file() and (project / "notes/diary.txt").is_file()


def test_an_unchanged_site_is_not_built_again_when_not_needed(project: Path) -> None:
    """`check` must not keep people waiting for a build that changes nothing, nor check an old site."""
    assert run_build(project).returncode == 0
    page = project / "site/index.html"
    before = page.stat().st_mtime_ns
    assert run_build(project, "--if-needed").returncode == 0
    assert page.stat().st_mtime_ns == before
    (project / "docs/two.md").write_text("---\ntitle: Two\n---\nRewritten.\n")
    assert run_build(project, "--if-needed").returncode == 0
    assert "Rewritten" in (project / "site/two/index.html").read_text()


# Stands in for the day, as no test can wait for another one.
ANOTHER_DAY = """
import datetime, time
real, shift = time.time, 400 * 86400.0
time.time = lambda: real() + shift
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return datetime.datetime.fromtimestamp(real() + shift, tz)
    @classmethod
    def utcnow(cls): return cls.now(datetime.timezone.utc).replace(tzinfo=None)
datetime.datetime = Later
"""


def test_two_builds_of_one_state_are_identical_to_the_byte(course: Path, tmp_path: Path) -> None:
    """Otherwise an upload changes files that nobody changed, and nobody can prove what a site was built from."""
    (tmp_path / "later").mkdir()
    (tmp_path / "later/sitecustomize.py").write_text(ANOTHER_DAY)
    shutil.copytree(course / "docs", tmp_path / "sources/docs")
    shutil.copytree(course / "overrides", tmp_path / "sources/overrides")
    shutil.copy(course / "mkdocs.yml", tmp_path / "sources")
    sites = []
    for place, environment in {
        "here": {"TZ": "America/Lima", "LANG": "C", "SOURCE_DATE_EPOCH": "0"},
        "a longer path/that is elsewhere": {
            "TZ": "Asia/Tokyo", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8",
            "SOURCE_DATE_EPOCH": "1900000000", "PYTHONPATH": str(tmp_path / "later"),
        },
    }.items():  # fmt: skip
        # Copied without their times, as a fresh clone comes.
        project = shutil.copytree(tmp_path / "sources", tmp_path / place, copy_function=shutil.copy)
        done = run_build(project, **environment)
        assert done.returncode == 0, done.stderr
        sites.append(
            {
                path.relative_to(project / "site"): path.read_bytes()
                for path in (project / "site").rglob("*")
                if path.is_file()
            }
        )
    first, second = sites
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_the_customers_three_packages_alone_make_a_complete_site(root: Path, course: Path, tmp_path: Path) -> None:
    """Whoever has only MkDocs and Material must get the site too, without our launcher or its finishing step."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "own"], check=True)
    python = tmp_path / "own" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lock = root / "scripts/requirements/site.txt"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--require-hashes", "--no-compile"]
    subprocess.run([*pip, "-r", lock], check=True, capture_output=True)
    site = tmp_path / "site"
    done = subprocess.run(
        [python, "-m", "mkdocs", "build", "--strict", "--site-dir", site],
        cwd=course, capture_output=True, text=True, encoding="utf-8", env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    home = (site / "index.html").read_text("utf-8")
    assert "<h1" in home and "assets/css/" in home
    for name in (
        "404.html",
        "sitemap.xml",
        "article/index.html",
        "owners/index.html",
        "recruiters/push-back/index.html",
    ):
        assert (site / name).is_file(), name
