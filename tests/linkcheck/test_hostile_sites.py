"""No site makes the check hang, grow, or call clean what it could not read."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sites import found, lay_out, own, rules

from linkcheck.site import CannotCheck, Site


def test_a_thousand_dead_anchors_cost_no_more_than_live_ones(tmp_path: Path) -> None:
    """A page with 3,000 ids and 2,000 dead links took more than a minute, and an editor's save with it."""
    ids = "".join(f'<p id="section-{number}-of-the-chapter">' for number in range(3000))
    live = "".join(f'<a href="ids.html#section-{number}-of-the-chapter">x</a>' for number in range(2000))
    dead = "".join(f'<a href="ids.html#section-{number}-of-a-chapter">x</a>' for number in range(2000))
    gone = "".join(f'<a href="missing-page-{number}.html">x</a>' for number in range(2000))
    lay_out(tmp_path, {"ids.html": ids, "live.html": live, "dead.html": dead, "gone.html": gone})
    site = Site(tmp_path).read()
    begun = time.process_time()
    assert len(own(site)) == 4000
    assert time.process_time() - begun < 5


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may read files and folders called locked, not even root."""

    def refuse(path: object) -> None:
        if "locked" in os.fspath(path):
            raise PermissionError(13, "Permission denied", os.fspath(path))

    def read_bytes(self: Path, read: object = Path.read_bytes) -> bytes:
        refuse(self)
        return read(self)

    def scandir(path: str, scan: object = os.scandir) -> object:
        refuse(path)
        return scan(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    monkeypatch.setattr(os, "scandir", scandir)


def test_what_cannot_be_read_is_named_and_never_clean(tmp_path: Path, locked: None) -> None:
    """A page without rights was called clean, and links to its ids dead."""
    files = {"index.html": '<a href="locked.html#id">x</a><a href="locked/page.html">x</a>', "locked.html": "x"}
    diagnostics = found(tmp_path, {**files, "locked/page.html": "x", "locked.css": "x"})
    assert [diagnostic.rule for diagnostic in diagnostics] == ["asset-unreadable"] * 3
    assert all("Permission denied" in diagnostic.message for diagnostic in diagnostics)


def test_a_folder_that_cannot_be_listed_or_holds_no_page_is_no_clean_site(tmp_path: Path, locked: None) -> None:
    """An empty site that passed would be published."""
    for folder, reason in (("locked", "cannot be read"), ("nowhere", "cannot be read"), ("empty", "holds no page")):
        if folder != "nowhere":
            (tmp_path / folder).mkdir()
        with pytest.raises(CannotCheck, match=reason):
            Site(tmp_path / folder).read()


DEEP = 1500


@pytest.fixture
def deep_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with others in it, each in the one before, and a page in the last. What removes folders is recursive."""
    monkeypatch.chdir(tmp_path)
    for _ in range(DEEP):
        os.mkdir("d")
        os.chdir("d")
    Path("page.html").write_text('<a href="nowhere.html">x</a>', "utf-8")
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir("d/" * DEEP)
    os.unlink("page.html")
    for _ in range(DEEP):
        os.chdir("..")
        os.rmdir("d")


def test_folders_and_data_nested_a_thousand_deep_are_read(deep_folder: Path) -> None:
    """A recursion that ends in a traceback hides every other fault."""
    json = "[" * 100_000
    page = f'<script type="application/ld+json">{json}</script><a href="data:text/html,x">x</a><a href="d/">x</a>'
    (deep_folder / "index.html").write_text(page, "utf-8")
    found_rules = sorted(diagnostic.rule for diagnostic in own(Site(deep_folder).read()))
    assert found_rules == ["asset-unreadable", "link-broken", "link-broken"]


def test_names_that_would_move_a_terminals_cursor_are_printed_as_codes(tmp_path: Path) -> None:
    """A file's name is a stranger's text; printed raw it could clear the screen or hide a line."""
    diagnostics = found(tmp_path, {"a\x1b[2J\n\u202e.html": '<a href="b\x07\u200b.html">x</a>'})
    assert len(diagnostics) == 1
    assert "\\x1b[2J \\u202e.html" in diagnostics[0].text() and "\\x07\\u200b" in diagnostics[0].text()
    assert diagnostics[0].text().isprintable()


def test_every_page_that_shows_a_fault_is_named(tmp_path: Path) -> None:
    """“And 2 more pages” that are named nowhere cannot be looked at."""
    files = {f"{name}/index.html": '<a href="../nowhere/">x</a>' for name in "abc"}
    fault = found(tmp_path, files)[0]
    assert fault.message.startswith("“../nowhere/” leads to nowhere/")
    assert [Path(page).parent.name for page in (fault.path, *fault.pages)] == ["a", "b", "c"]


def test_links_in_circles_and_out_of_the_site_are_not_followed(tmp_path: Path) -> None:
    """A symbolic link to the root of the disk would be read for hours."""
    lay_out(tmp_path, {"site/index.html": '<a href="1.0/">x</a><a href="latest/#id">x</a><a href="away/">x</a>'})
    lay_out(tmp_path, {"site/1.0/index.html": '<p id="id">', "else/index.html": "x"})
    for name, target in {"latest": "1.0", "1.0/self": "..", "c1": "c2", "c2": "c1", "away": "../else"}.items():
        (tmp_path / "site" / name).symlink_to(target)
    assert rules(tmp_path, {}) == ["link-broken"]


def test_no_size_of_page_makes_it_slow(tmp_path: Path) -> None:
    """One page that somebody pasted in must not keep the editor waiting."""
    pages = {
        "links.html": '<p><a href="x">y</a> and text' * 20_000,
        "empty.html": '<a href="">' * 20_000,
        "address.html": "<a href='" + "../" * 100_000 + "'>",
        "srcset.html": "<img srcset='" + "a, (" * 20_000 + "'>",
        "brackets.html": "<body>" + "[a](" * 50_000 + "[^" * 50_000,
        "styles.html": "<style>" + "url( " * 50_000 + "image-set(" * 20_000,
        "ids.html": "<p id=a>" * 20_000 + "<input list='a b c'>" * 10_000,
    }
    begun = time.process_time()
    found(tmp_path, pages)
    assert time.process_time() - begun < 10
