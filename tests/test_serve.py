"""`run.py serve`: the editor sees every save at once, and nothing that is saved stops the preview."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

import serve
from render import Engine
from small_project import write_small_project

# How long a test waits before it gives up; nothing is measured here.
PATIENCE = 60


class Preview:
    """A running preview of a small project, with what it has printed."""

    def __init__(self, project: Path, *arguments: str) -> None:
        self.project = project
        self.printed = ""
        self.temporary = project.with_name("temporary")
        self.temporary.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, serve.__file__, "--root", project, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env=os.environ | {"TMPDIR": str(self.temporary), "TEMP": str(self.temporary)},
        )  # fmt: skip
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.printed += line

    def save(self, name: str, text: str | bytes) -> None:
        """Save a file as an editor does."""
        content = text if isinstance(text, bytes) else text.encode()
        (self.project / name).write_bytes(content)

    def until(self, seen: Callable[[], bool]) -> None:
        """Wait until something is seen; fail with everything printed when it never is."""
        end = time.monotonic() + PATIENCE
        while not seen():
            assert time.monotonic() < end and self.process.poll() is None, f"never seen; printed:\n{self.printed}"
            time.sleep(0.05)

    def says(self, pattern: str) -> None:
        """Wait until the pattern has been printed."""
        self.until(lambda: re.search(pattern, self.printed) is not None)

    @property
    def address(self) -> str:
        """Where the preview is."""
        self.says(r"The site is at \S+ ")
        return re.search(r"The site is at (\S+) ", self.printed)[1]

    def shows(self, words: str, path: str = "") -> None:
        """Wait until a page shows the words."""
        self.until(lambda: words in self.fetch(path))

    def fetch(self, path: str = "") -> str:
        """A page as the browser gets it, whatever its status."""
        try:
            return urllib.request.urlopen(self.address + path).read().decode()
        except urllib.error.HTTPError as answer:
            return answer.read().decode()


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A preview of the small project."""
    preview = Preview(write_small_project(tmp_path / "project"), "--port", "0")
    yield preview
    preview.process.terminate()
    preview.process.wait()


def test_a_save_shows_in_the_open_page_without_a_reload_by_hand(preview: Preview, page: Page) -> None:
    """This is what the preview is for: pages, styles and templates alike."""
    page.goto(preview.address)
    preview.save("docs/index.md", "---\ntitle: One\n---\nNewly written.\n")
    page.get_by_text("Newly written.").wait_for()
    preview.save(
        "overrides/main.html",
        (preview.project / "overrides/main.html").read_text().replace("<h1>", "<p>New template</p><h1>"),
    )
    page.get_by_text("New template").wait_for()
    preview.save("overrides/assets/css/a.css", "h1 { color: rgb(1, 2, 3) }")
    page.wait_for_function("() => getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")


def test_a_draft_shows_by_its_address(preview: Preview) -> None:
    """A page is read before it is published."""
    preview.shows("Not finished.", "three.draft/")


def test_a_page_that_is_not_there_gets_the_sites_own_answer(preview: Preview) -> None:
    """The editor should see what a lost reader sees."""
    assert "<h1>Not found</h1>" in preview.fetch("nowhere/")


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("---\ntitle: [Two\n---\nText\n", id="front matter that is not YAML"),
        pytest.param("---\ntitle: Two\ntemplate: nowhere.html\n---\nText\n", id="a template that does not exist"),
        pytest.param(b"---\ntitle: Two\n---\n\xff\xfe\n", id="not UTF-8"),
        pytest.param("", id="empty"),
        pytest.param(
            "\ufeff---\r\ntitle: Two\r\n---\r\n\tText <b>open\r\n",
            id="a byte-order mark, a tab, Windows line ends, open HTML",
        ),
    ],
)
def test_a_broken_page_is_told_and_the_preview_goes_on(preview: Preview, broken: str | bytes) -> None:
    """An editor who loses the preview to a comma loses the afternoon. The file itself stays as it was saved."""
    preview.shows("The second page.", "two/")
    preview.save("docs/two.md", broken)
    preview.says(r"docs/two\.md saved: (1 problem|\d+ problems)\.\ndocs/two\.md:\d+:\d+  ")
    assert (preview.project / "docs/two.md").read_bytes() == (broken if isinstance(broken, bytes) else broken.encode())
    assert "The first page" in preview.fetch()
    preview.save("docs/two.md", "---\ntitle: Two\n---\nMended.\n")
    preview.shows("Mended.", "two/")


def test_broken_settings_and_templates_are_told_and_the_preview_goes_on(preview: Preview) -> None:
    """The pages shown stay the last good ones until the fault is mended."""
    preview.shows("The second page.", "two/")
    settings = (preview.project / "mkdocs.yml").read_text()
    preview.save("mkdocs.yml", settings + "nav: [")
    preview.says("The site cannot be rendered until that is mended; the pages shown are from before.")
    assert "The second page." in preview.fetch("two/")
    preview.save("mkdocs.yml", settings)
    template = (preview.project / "overrides/main.html").read_text()
    preview.save("overrides/main.html", template + "{% if %}")
    preview.says(r"overrides/main\.html:\d+|main\.html")
    preview.save("overrides/main.html", template + "<p>Mended template</p>")
    preview.shows("Mended template", "two/")


def test_the_page_itself_says_what_is_wrong_with_it(preview: Preview, page: Page) -> None:
    """An editor looks at the page and not at the window where the preview was started."""
    page.goto(preview.address + "two/")
    preview.save("docs/two.md", "---\ntitle: Two\n---\nFine.\n\n[Nowhere](nope.md)\n")
    panel = page.locator(".preview-panel")
    panel.get_by_text("docs/two.md:6:11").wait_for()
    assert "nope.md" in panel.inner_text()
    preview.save("mkdocs.yml", (preview.project / "mkdocs.yml").read_text() + "nav: [")
    panel.get_by_text("This page is old").wait_for()
    assert "mkdocs.yml:" in panel.inner_text()


def test_a_page_that_cannot_be_rendered_stops_no_other(preview: Preview) -> None:
    """One misspelt name on one page must not freeze what the editor writes on another."""
    preview.save("docs/two.md", "---\ntitle: Two\ntemplate: nowhere.html\n---\nText\n")
    preview.shows("This page cannot be rendered", "two/")
    preview.save("docs/index.md", "---\ntitle: One\n---\nStill shown.\n")
    preview.shows("Still shown.")


def test_pages_that_a_build_makes_are_there_when_asked_for(preview: Preview, root: Path) -> None:
    """An editor follows the link to a phrase, or prints a part, in the preview too."""
    (preview.project / "overrides/phrase.html").write_text("<h1>{{ phrase.they }}</h1>")
    (preview.project / "docs/phrasebook.md").write_text(
        '---\ntitle: Book\n---\n<article class="phrase" id="too-dear"><p class="they"><q>Too dear</q></p>'
        '<p class="strong-answer"><q>Why?</q></p></article>\n'
    )
    preview.shows("<h1>Too dear</h1>", "phrases/too-dear/")
    assert "<h1>Not found</h1>" in preview.fetch("phrases/gone/")


@pytest.mark.parametrize("path", ["a" * 5000, "%00", "..%2f..%2fetc/passwd", "phrases/" + "a" * 5000 + "/"])
def test_an_address_that_no_file_can_have_gets_an_answer(preview: Preview, path: str) -> None:
    """Whatever somebody types, the preview says that it is not there and goes on."""
    assert "<h1>Not found</h1>" in preview.fetch(path)


def test_another_name_for_this_machine_gets_no_page(preview: Preview) -> None:
    """A page elsewhere could let its own name mean this machine, and read drafts through the editor's browser."""
    request = urllib.request.Request(preview.address, headers={"Host": "evil.example:8000"})
    with pytest.raises(urllib.error.HTTPError, match="421"):
        urllib.request.urlopen(request)


def test_a_link_to_nowhere_is_told_with_its_line(preview: Preview) -> None:
    """The moment of saving is when it is easiest to mend."""
    preview.shows("The second page.", "two/")
    preview.save("docs/two.md", "---\ntitle: Two\n---\nFine.\n\n[Nowhere](nope.md)\n")
    preview.says(r"docs/two\.md:6:11  the link 'nope\.md'")


def test_a_site_that_cannot_be_drawn_at_the_start_appears_once_it_is_mended(tmp_path: Path, page: Page) -> None:
    """Starting the preview is often how an editor notices a fault."""
    project = write_small_project(tmp_path / "project")
    settings = (project / "mkdocs.yml").read_text()
    (project / "mkdocs.yml").write_text(settings + "nav: [")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    preview = Preview(project, "--port", str(port))
    try:
        preview.says("The site cannot be rendered until that is mended")
        page.goto(f"http://127.0.0.1:{port}/")
        assert page.inner_text("h1") == "The site cannot be rendered yet"
        page.get_by_text("mkdocs.yml:").wait_for()
        preview.save("mkdocs.yml", settings)
        page.get_by_text("The first page").wait_for()
    finally:
        preview.process.terminate()
        preview.process.wait()


def test_a_taken_port_gets_a_sentence_and_a_free_one(tmp_path: Path) -> None:
    """Another preview, or a router's page, often sits at 8000 already."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        preview = Preview(write_small_project(tmp_path / "project"), "--port", str(port))
        try:
            preview.says(f"Port {port} is taken or not allowed, so this takes a free one: ")
            preview.shows("The first page")
        finally:
            preview.process.terminate()
            preview.process.wait()


def test_ending_the_preview_leaves_nothing_behind(preview: Preview) -> None:
    """A folder of pages left at every start would fill the disk unseen."""
    preview.shows("The first page")
    preview.process.terminate()
    assert preview.process.wait() == 0
    assert list(preview.temporary.iterdir()) == []
    assert sorted(path.name for path in preview.project.iterdir()) == ["docs", "mkdocs.yml", "overrides"]


def test_pages_read_ahead_say_what_they_said_and_follow_what_changed(tmp_path: Path) -> None:
    """A quick preview must not forget a dead link on a page that was not saved, nor show a page as it was."""
    project = write_small_project(tmp_path / "project")
    (project / "docs/two.md").write_text("---\ntitle: Two\n---\n[Nowhere](nope.md)\n")
    for name, text, complaints in (
        ("index.md", "Rewritten", ["docs/two.md:4:11  the link 'nope.md'"]),
        ("nope.md", "Here now", []),
    ):
        engine = Engine(project, "http://127.0.0.1/", preview=True)
        time.sleep(1)  # as an editor pauses; whether it has read all pages by then changes nothing
        (project / "docs" / name).write_text(f"---\ntitle: Page\n---\n{text}\n")
        rendered = engine.render(tmp_path / "site")
        engine.end()
        assert rendered.whole
        assert [line.partition(" leads")[0] for line in rendered.complaints] == complaints
        address = name.removesuffix(".md").replace("index", "")
        assert text in (tmp_path / "site" / address / "index.html").read_text()
