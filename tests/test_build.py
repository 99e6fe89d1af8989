"""`run.py build`: a whole site or the old one, never half of one, and a sentence about everything in the way."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import build
import staging
from course import write_course
from file_lock import file_lock
from small_project import write_small_project
from staging import write_marker

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
    write_marker(site, "something else", [])
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
    assert "mkdocs.yml:2  site_url: still the example" in done.stdout
    assert "mkdocs.yml:8  extra.contact: no address for readers" in done.stdout
    assert "extra.author" not in done.stdout
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


@pytest.mark.parametrize(
    "address",
    [
        "example.com",
        "ftp://example.com/",
        "https://",
        "https://example.com/?a=b",
        "http://[::1/",
        'https://example.com/"><b>',
    ],
)
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
    assert "docs/two.md:4:4  the attribute style could run as code" in done.stderr
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
    """For an instant the old site has moved away and the new one is not there yet: the next build brings it back."""
    (built_project / ".site.building").mkdir()
    (built_project / "site").rename(built_project / ".site.building/old")
    (built_project / "docs/two.md").write_text("[Nowhere](nope.md)\n")
    assert run_build(built_project).returncode == 1
    assert_old_site_stands(built_project)


def test_a_swap_that_fails_half_way_is_undone(tmp_path: Path) -> None:
    """On Windows a file that is open in a browser keeps its folder from moving."""
    new, out = tmp_path / "new", tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_text("the old site")
    with pytest.raises(OSError):
        staging.put_in_place(new, out)  # there is no new site to move
    assert (out / "index.html").read_text() == "the old site"


def test_a_second_build_at_the_same_time_waits(built_project: Path) -> None:
    """Two builds into one folder would mix their files; an editor who checks while a build runs just wants both."""
    with file_lock(built_project / ".site.building/lock"):
        second = subprocess.Popen([sys.executable, SCRIPT, "--root", built_project], stdout=subprocess.PIPE, text=True)
        assert "Waiting for another build" in second.stdout.readline()
        assert_old_site_stands(built_project)
    assert "Built 3 pages" in second.stdout.read()
    assert second.wait() == 0


@pytest.mark.parametrize("exchange", [staging.exchange, lambda one, other: False], ids=["in one step", "in two steps"])
def test_the_new_site_takes_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: Callable
) -> None:
    """Whichever way the system offers, the new site stands where the old one stood."""
    monkeypatch.setattr(staging, "exchange", exchange)
    for name in ("new", "site"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    staging.put_in_place(tmp_path / "new", tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "new"


def test_a_site_on_a_volume_is_brought_up_to_date_in_place(tmp_path: Path) -> None:
    """A container's volume cannot be moved; its files can be replaced, each whole, and what is gone is deleted."""
    new, out = tmp_path / "new", tmp_path / "site"
    for folder, names in (
        (new, ["index.html", "a/index.html", "page"]),
        (out, ["index.html", "b/index.html", "page/old"]),
    ):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(folder.name)
        write_marker(folder, folder.name, [])
    staging.update_in_place(new, out)
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert files == {"index.html", "a/index.html", "page", staging.MARKER}
    assert (out / "index.html").read_text() == "new" and not (out / "b").exists()


def test_the_last_builds_assets_stay_once(project: Path) -> None:
    """Whoever has a page open while the site is published still gets the styles it names; nothing piles up."""

    def styles() -> set[str]:
        return {path.name for path in (project / "site/assets/css").glob("*.css")}

    sheet, seen = project / "overrides/assets/css/a.css", []
    for colour in ("#111111", "#222222", "#333333"):
        sheet.write_text(f"h1 {{ color: {colour} }}")
        assert run_build(project).returncode == 0
        seen.append(styles())
    first, second, third = seen
    assert len(first) == 1 and first < second and len(second) == 2
    assert len(third) == 2 and not first & third and third & second


@pytest.mark.parametrize(
    "text",
    [
        "<script>window.pwn = 1</script>",
        "<svg><script>window.pwn = 1</script></svg>",
        "<style>body{display:none}</style>",
        '<meta http-equiv="refresh" content="0; url=https://example.com/">',
        '<iframe src="https://example.com/"></iframe>',
        '<object data="x.svg"></object>',
        '<base href="https://example.com/">',
        '<link rel="stylesheet" href="https://example.com/x.css">',
        '<script src="https://example.com/x.js"></script>',
        '<form action="https://example.com/"><input></form>',
        '<a href="java&#10;script:alert(1)">x</a>',
        '<img src="nothing.png" onerror="alert(1)">',
    ],
)
def test_code_in_a_text_is_refused_at_its_line(built_project: Path, text: str) -> None:
    """Whoever may write words must not be able to take over the pages of all readers."""
    (built_project / "docs/two.md").write_text(f"---\ntitle: Two\n---\nWords.\n\n{text}\n")
    done = run_build(built_project)
    assert done.returncode == 1
    assert re.search(r"^docs/two\.md:6:\d+  .*  code-(?:html|address)$", done.stderr, re.M), done.stderr
    assert_old_site_stands(built_project)


@pytest.mark.parametrize("name", ["evil.html", "evil.js", "evil.css", "_headers", "_redirects", "CNAME", "evil.svg"])
def test_files_that_browsers_or_hosts_obey_are_refused(built_project: Path, name: str) -> None:
    """A file beside the texts would be published as it is, without any template around it."""
    (built_project / "docs" / name).write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    )
    done = run_build(built_project)
    assert done.returncode == 1
    assert f"docs/{name}:1:1  " in done.stderr
    assert_old_site_stands(built_project)


def test_a_link_that_leaves_the_texts_is_refused(built_project: Path, tmp_path: Path) -> None:
    """Otherwise a private file of the machine that builds is published under an innocent name."""
    (tmp_path / "private.txt").write_text("secret")
    (built_project / "docs/notes.txt").symlink_to(tmp_path / "private.txt")
    done = run_build(built_project)
    assert done.returncode == 1
    assert "docs/notes.txt:1:1  this is a link to" in done.stderr


def test_a_page_named_like_the_assets_is_published(project: Path) -> None:
    """A page that vanishes without a word is missed by its readers first."""
    (project / "docs/assets.md").write_text("---\ntitle: Assets\n---\nWhat a firm owns.\n")
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("two.md]", "two.md, assets.md]"))
    done = run_build(project)
    assert done.returncode == 0, done.stderr
    assert "What a firm owns." in (project / "site/assets/index.html").read_text()


def test_a_build_that_lacks_a_page_is_not_published(built_project: Path) -> None:
    """Whatever spoils a build – a second engine in its folder, a full disk – half a site must not go out."""
    site = built_project / "site"
    assert build.unfinished(built_project, site) == [
        "docs/two.md:1:1  the engine made no page of this.",
        "index.html was not finished: it has no security policy.",
    ]


def test_whoever_reads_only_the_first_line_gets_no_traceback(project: Path) -> None:
    """`build | head -1` is how one looks whether it worked."""
    running = subprocess.Popen(
        [sys.executable, SCRIPT, "--root", project], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    running.stdout.close()
    assert running.stderr.read() == b""
    assert running.wait() == 0


@pytest.mark.skipif(os.name == "nt", reason="asks /proc or ps for the engine")
def test_the_engine_dies_with_its_build(built_project: Path) -> None:
    """An engine that lives on after its build was killed writes into the folder of the next one."""
    script = "import sys; sys.path.insert(0, sys.argv[1]); import time, render, pathlib; "
    script += "engine = render.Engine(pathlib.Path(sys.argv[2]), 'http://x.example/'); "
    script += "print(engine.process.pid, flush=True); time.sleep(60)"
    command = [sys.executable, "-c", script, SCRIPT.parent, built_project]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        engine = int(parent.stdout.readline())
        os.kill(engine, 0)
        parent.kill()
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.kill(engine, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{engine}/stat").is_file() and ") Z " in Path(f"/proc/{engine}/stat").read_text():
            return  # ended, and not yet fetched by whoever inherited it
        time.sleep(0.05)
    pytest.fail("The engine still runs.")


def test_a_build_after_a_killed_one_finishes_every_page(project: Path) -> None:
    """Whatever the killed build and its engine were doing, the next site is whole and of the new words."""
    for round_ in range(4):
        running = subprocess.Popen([sys.executable, SCRIPT, "--root", project], stderr=subprocess.DEVNULL)
        time.sleep(0.15 * round_)
        running.kill()
        running.wait()
        (project / "docs/two.md").write_text(f"---\ntitle: Two\n---\nRound {round_}\n")
        assert run_build(project).returncode == 0
        assert f"Round {round_}" in (project / "site/two/index.html").read_text()
        assert build.unfinished(project, project / "site") == []


def test_pages_link_to_their_source_where_it_is_kept(root: Path, tmp_path: Path) -> None:
    """A reader who finds a mistake, and an editor who works in the browser, get to the right file in one press."""
    project = write_course(root, tmp_path / "course")
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text() + "repo_url: https://github.com/a/b\nedit_uri: edit/main/docs/\n")
    assert run_build(project).returncode == 0
    assert (
        "https://github.com/a/b/edit/main/docs/owners/cut-once.md"
        in (project / "site/owners/cut-once/index.html").read_text()
    )


def test_a_field_that_its_template_needs_is_named_and_the_page_is_there(root: Path, tmp_path: Path) -> None:
    """One misspelt field must not take the page away from the checker, which has more to say about it."""
    project = write_course(root, tmp_path / "course")
    lesson = project / "docs/owners/cut-once.md"
    lesson.write_text(lesson.read_text("utf-8").replace("outcomes:", "outcoms:"), "utf-8")
    options = build.BuildOptions(project, project / "site", "https://course.example/")
    folder, faults = build.build_for_check(options)
    assert faults == ["docs/owners/cut-once.md:1:1  the field outcomes, which its template needs, is missing."]
    assert "cannot be rendered" not in (folder / "owners/cut-once/index.html").read_text("utf-8")


def test_for_the_checker_everything_is_built_that_can_be(built_project: Path) -> None:
    """A dead link on one page must not keep the checker from naming the faults of the others."""
    (built_project / "docs/two.md").write_text("---\ntitle: Two\n---\n[Nowhere](nope.md)\n")
    options = build.BuildOptions(built_project, built_project / "site", "https://pushback.example/")
    folder, faults = build.build_for_check(options)
    assert folder != options.out and "The first page" in (folder / "index.html").read_text()
    assert len(faults) == 1 and faults[0].startswith("docs/two.md:4:11  the link 'nope.md'")
    again, _ = build.build_for_check(options)
    assert again == folder, "two checks at once read the same pages, which neither takes away from the other"
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
