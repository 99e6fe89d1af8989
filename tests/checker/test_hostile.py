"""No input makes the checker raise: it says what is wrong, or nothing.

The property-based tests take their examples from a fixed seed, so that a run
today and one tomorrow judge the same.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from checker import run
from checker.project import Project
from checker.readable import Readable
from checker.rule import RULES, Diagnostic
from linkcheck import html_page
from linkcheck.link_attributes import LINK, Reference, css_addresses
from linkcheck.rules_addresses import harmless
from linkcheck.site import Site

quick = settings(
    max_examples=int(os.environ.get("EXAMPLES", "60")),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

PIECES = [
    "<a href=", "<a href='", '<img src="', "<base href=../>", "<template>", "</template>", "<svg>", "<use href=#a>", "<!--", "-->", "<p id=a>", "<style>",
    "url(", "@import '", "image-set(", "<script type=application/ld+json>", "{", "}", '"url": "', "</script>", "<meta http-equiv=refresh content=", "0;url=",
    "](", "[a][b]", "[", "]", "(", ")", "`", "```\n", "~~~", "---\n", "title: ", "- ", "\t", "\n", "\n\n", "&", "*", "!", "///", "/// weak | x\n", "{#a}", "{: .b",
    "[^f1]", "[^f1]: ", "--8<-- \"x\"", "%", "%2", "%2e%2e/", "..", "/", "\\", "//", "#", "?", ":", "http://", "https:", "mailto:", "tel:", "javascript:",
    "\0", "\ud800", "ü", "e\u0301", "\u202e", "'", '"', ">", "<", " ", "a", "index.html", "a/", "12 %", "srcset='a 1x, b'", "<iframe srcdoc='<a href=x>'>",
    "xlink:href=#x", "fill='url(#x)'", "<input type=image src=x>", "<map name=m>", "usemap=#m", "aria-controls='a b'", "| a | b |\n|---|---|\n", "# ", "## The idea\n",
    "template: lesson.html\n", "moments:\n", "  - ", "!!python/object:x ", "<<: *a\n", "? ", "[[[[", "2024-13-45", "1_000", "yes", ".nan", "0x1F",
]  # fmt: skip
markup = some.lists(some.sampled_from(PIECES) | some.text(max_size=4), max_size=40).map("".join)
bytes_ = markup.map(lambda text: text.encode("utf-8", "surrogatepass")) | some.binary(max_size=200)
addresses = some.lists(
    some.sampled_from([p for p in PIECES if " " not in p and len(p) < 12]) | some.text(max_size=3), max_size=8
).map("".join)


def checked(files: dict[str, bytes]) -> list[Diagnostic]:
    """Everything that is found in a site and its sources."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            file = Path(folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        (Path(folder) / "docs").mkdir(exist_ok=True)
        project = Project(Path(folder) / "docs", "https://example.org/sub/")
        problems = run.sources(project)
        site = Site(Path(folder) / "site", project.site_url, project).read()
        problems += run.site(site)
    for problem in problems:
        assert "\n" not in problem.message
        assert (problem.line is None) == (problem.column is None)
        assert problem.line is None or min(problem.line, problem.column or 0) >= 1
    return problems


@quick
@given(bytes_, bytes_)
def test_no_page_and_no_source_makes_it_raise(page: bytes, source: bytes) -> None:
    """A traceback tells an editor nothing, and hides every other fault."""
    checked(
        {
            "docs/index.md": source,
            "site/index.html": page,
            "docs/a.md": b"---\n" + source + b"\n---\n" + page,
            "site/a/index.html": source,
        }
    )


@quick
@given(bytes_)
def test_no_other_file_makes_it_raise(data: bytes) -> None:
    """A half-written sitemap or style sheet must not stop the check of all others."""
    names = [
        "a.css",
        "a.svg",
        "sitemap.xml",
        "app.webmanifest",
        "search/search_index.json",
        "robots.txt",
        "_redirects",
        "b.js",
    ]
    checked(
        {
            "site/index.html": b"<link rel=manifest href=app.webmanifest><img src=a.svg#x>",
            **{f"site/{name}": data for name in names},
        }
    )


@quick
@given(markup)
def test_no_settings_make_it_raise(text: str) -> None:
    """mkdocs.yml is written by hand; a slip in it must be named, not thrown."""
    settings_text = "site_name: x\n" + text
    checked(
        {
            "mkdocs.yml": settings_text.encode("utf-8", "surrogatepass"),
            "docs/index.md": b"x",
            "site/index.html": b"<a href=x>",
        }
    )


@quick
@given(addresses)
def test_no_address_makes_it_raise_and_a_plain_path_breaks_no_rule_on_addresses(value: str) -> None:
    """The rules on addresses are not asked about plain paths, for speed; what they would say must be nothing."""
    site = Site(Path(__file__).parent / "corpus" / "project", "https://example.org/sub/")
    reference = Reference("a", "href", value, LINK)
    said = [rule.function(reference, site) for rule in run.all_rules().values() if rule.on == "address"]
    if harmless(value):
        assert not any(said)
    site.target("index.html", reference)


@quick
@given(markup)
def test_what_is_masked_in_markdown_keeps_its_place(text: str) -> None:
    """Every line and column rests on this: what does not count is overwritten, never cut out."""
    markdown = Readable(text)
    assert len(markdown.bare) == len(markdown.prose) == len(text)
    assert [n for n, letter in enumerate(text) if letter == "\n"] == [
        n for n, letter in enumerate(markdown.prose) if letter == "\n"
    ]
    for written in markdown.destinations:
        assert written.how.endswith("reference") or text.startswith(written.value, written.offset)


SLOW: dict[str, Callable[[], bytes]] = {
    "a page of links": lambda: b'<p><a href="x">y</a> and text' * 100_000,
    "tags within tags": lambda: b"<a " * 40_000,
    "deep nesting": lambda: b"<div>" * 100_000,
    "deep nesting of links and emphasis": lambda: b"<b><a href=x>" * 20_000,
    "quotation marks left open": lambda: b'<a href="' * 13_000,
    "brackets": lambda: b"<body>" + b"[a](" * 250_000,
    "brackets of notes": lambda: b"<body>" + b"[^" * 250_000,
    "styles left open": lambda: b"<style>" + b"url( " * 200_000,
    "image sets left open": lambda: b"<style>" + b"image-set(" * 100_000,
    "a srcset of commas": lambda: b"<img srcset='" + b"a, (" * 100_000 + b"'>",
    "nothing but NUL": lambda: b"\0" * 1_000_000,
    "comments left open": lambda: b"<!--" * 100_000,
    "one address a million letters long": lambda: b"<a href='" + b"../" * 330_000 + b"'>",
}


@pytest.mark.parametrize("name", SLOW)
def test_a_page_made_to_be_slow_is_read_in_time_that_grows_with_its_size_only(name: str) -> None:
    """One page that somebody pasted in must not keep the editor waiting for an hour."""
    data = SLOW[name]()
    begun = time.process_time()
    html_page.read(data)
    # Thirty times what it takes; a quadratic one takes a thousand times.
    assert time.process_time() - begun < 30


SLOW_MARKDOWN = {
    "brackets": "[" * 50_000, "links left open": "[a](" * 10_000, "images left open": "![" * 30_000, "backticks of every length": " ".join("`" * n for n in range(400)),
    "backticks": "`a" * 50_000, "fences left open": "```\n~~~~\n" * 10_000, "fences of every length": "\n".join("`" * (3 + n % 50) + "x" for n in range(20_000)),
    "tags": "<a " * 30_000, "tags with quotation marks": "<a b='" * 30_000, "tags left open": "<div>\n" * 20_000, "comments": "<!-- " * 30_000,
    "definitions": "[a]: b\n" * 20_000, "footnotes": "[^a]: b\n\n    c\n" * 10_000, "references": "[a][b] " * 20_000 + "\n\n[b]: c", "attribute lists": "{#a .b " * 20_000,
    "blocks": "/// a\n" * 20_000, "one long line": "a " * 50_000, "one long word": "-" * 400_000, "emphasis": "*_" * 50_000, "table": "|a" * 50_000, "white space": " " * 300_000,
    "lists": "- " * 50_000, "sentences": "A. " * 50_000, "headings": "#" * 100_000, "colons": "a\n:   b\n" * 10_000,
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW_MARKDOWN)
def test_a_source_made_to_be_slow_is_read_in_time_that_grows_with_its_size_only(name: str, tmp_path: Path) -> None:
    """The preview checks every page as it is saved."""
    lesson = "---\ntemplate: lesson.html\ntitle: Slow\n---\n\n## The moment\n\n"
    (tmp_path / "index.md").write_text(lesson + SLOW_MARKDOWN[name], "utf-8")
    begun = time.process_time()
    run.sources(Project(tmp_path))
    assert time.process_time() - begun < 30


def test_odd_files_and_folders_are_a_problem_or_nothing(tmp_path: Path) -> None:
    """Links in circles, names that are no text, a pipe, a file without rights: none may stop the rest."""
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    (site / "index.html").write_text(
        "<a href='a/circle/circle/'>x</a><a href='away/'>y</a><a href='" + "n" * 300 + "'>z</a>", "utf-8"
    )
    os.symlink("..", site / "a" / "circle")
    os.symlink("circle2", site / "circle1")
    os.symlink("circle1", site / "circle2")
    os.symlink("/", site / "away")
    os.symlink("nowhere", site / "dangling.html")
    os.mkfifo(site / "pipe.html")
    with open(os.fsencode(site) + b"/\xff.html", "wb") as file:
        file.write(b"x")
    (site / "locked.html").write_text("x", "utf-8")
    (site / "locked.html").chmod(0)
    done = subprocess.run(
        [sys.executable, Path(__file__).parents[2] / "scripts" / "check.py", "--site", site, "--format", "json"],
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"away/" in done.stdout


def test_a_style_of_escapes_keeps_its_meaning() -> None:
    """An escaped letter in a style sheet is a letter; beyond the last one it is none."""
    assert list(css_addresses(r"a { b: url('\61 \000041\a b'); c: url(\ffffff) }")) == ["aA\nb", "\ufffd"]


def test_every_rule_has_one_of_the_known_ways_to_be_called() -> None:
    """A rule that nothing calls would never find anything."""
    run.all_rules()
    assert {rule.on for rule in RULES.values()} == {
        "page",
        "project",
        "address",
        "broken",
        "id",
        "html",
        "site",
        "external",
        "run",
    }
