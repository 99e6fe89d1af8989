"""Mends links when a page moves: in the text, in front matter, and the page's own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from checker.project import Project
from checker.source import Page
from linkcheck.markdown import Markdown

from .files import Changes, EditProblem, Source
from .place import address

# Attributes of raw HTML that hold addresses.
_HTML = re.compile(r"html:[^*]*:(?:href|src)")
# Where names of pages may stand beside docs: templates and guides. No script and no test names a page of today's.
_BESIDE = ("overrides/**/*.html", "*.md")
_Edit = tuple[int, int, str]


def mend(site: Project, old: str, new: str, changes: Changes, *, merged: bool = False) -> list[tuple[str, int]]:
    """Point everything that names the page `old` to `new`; return the pages touched, each with how many links.

    The page that moves gets its own relative links mended, as seen from its new
    place. With `merged` the page `old` gives way to `new`, which is there and is
    mended like every other. Raises EditProblem where a page that needs a change
    cannot be read.
    """
    touched = []
    for page in site.pages:
        # A page at the new address only led on to the page that now takes its place; one that gives way is not mended.
        if page.rel == (old if merged else new):
            continue
        moves = page.rel == old
        edits = list(_edits(page, old, new, new if moves else page.rel))
        if page.kind == "part":
            edits += _out_of_books(page, old) if merged else _in_books(page, old, new)
        if not edits:
            continue
        if page.unread:
            raise EditProblem(f"{page.path} cannot be read; mend it first: run.py check names what is wrong.")
        source = Source(page.file, page.path)
        changes.write(site.docs / (new if moves else page.rel), source.changed(edits))
        touched.append((page.rel, len(edits)))
    return touched


def named_beside(root: Path, old: str) -> list[str]:
    """Lines outside docs that name the page: for a person to look at, since scripts and templates mean what they say."""
    quoted = re.compile(rf"(['\"])(?:{re.escape(old)}|[./]*{re.escape(address(old))})(?:#[\w-]*)?\1")
    named = re.compile(rf"(?<![\w/-])(?:docs/)?{re.escape(old)}(?![\w-])")
    found = []
    for pattern in _BESIDE:
        for file in sorted(root.glob(pattern)):
            for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1):
                if (named if file.suffix == ".md" else quoted).search(line):
                    found.append(f"{file.relative_to(root).as_posix()}:{number}")
    return found


def mentions(site: Project, rel: str) -> list[str]:
    """Lines of other pages and of templates that call the article a retelling."""
    said = re.compile(r"\bretell|\bretold\b|\bin our (?:own )?words\b", re.I)
    files = [page.file for page in site.pages if page.rel != rel and not page.draft]
    files += sorted((site.root / "overrides").rglob("*.html"))
    found = []
    for file in files:
        text = file.read_text("utf-8", "replace")
        if ".retelling" in text:
            continue  # a template that asks the field, and says it only where it is true
        for number, line in enumerate(text.splitlines(), 1):
            if said.search(line):
                found.append(
                    f"{file.relative_to(site.root).as_posix() if file.is_relative_to(site.root) else file.name}:{number}"
                )
    return found


def _edits(page: Page, old: str, new: str, seen_from: str) -> Iterator[_Edit]:
    """What to change in a page, as spans of its text; the page will stand at `seen_from`."""
    for path, value in page.values.strings():
        if value == old:
            (line, column), (last, end) = page.values.span(path)
            start, stop = page.place.offset(line, column), page.place.offset(last, end)
            at = page.text.find(old, start, stop)
            lines = re.compile(rf"^ *- *{re.escape(old)} *\n", re.M)
            if path[0] == "related" and (page.rel == new or new in page.values.plain["related"]):
                # It would name the page itself, or another one twice.
                if line := lines.search(page.text):
                    yield *line.span(), ""
            elif at >= 0:
                yield at, at + len(old), new
    for start, value, how in _written(page.markdown):
        if how == "html":
            better = _address(value, page.rel, seen_from, old, new)
        else:
            better = _path(value, page.rel, seen_from, old, new)
        if better != value:
            yield start, start + len(value), better


def _in_books(page: Page, old: str, new: str) -> Iterator[_Edit]:
    """What to change in the books of a part where one of its lessons gets another name there."""
    folders = {posixpath.dirname(path) for path in (page.rel, old, new)}
    books = re.search(r"^books:\n(?:[ #].*\n|\n)+", page.text, re.M)
    if books and len(folders) == 1:
        names = posixpath.basename(old).removesuffix(".md"), posixpath.basename(new).removesuffix(".md")
        key, in_formula = re.escape(names[0]), re.escape(names[0].replace("-", "_"))
        for found in re.finditer(rf"^ +({key}):|\b({in_formula})\.", books[0], re.M):
            start, end = found.span(1) if found[1] else found.span(2)
            yield books.start() + start, books.start() + end, names[1] if found[1] else names[1].replace("-", "_")


def _out_of_books(page: Page, old: str) -> Iterator[_Edit]:
    """The figures of a lesson that gives way, to be taken out of the books of its part."""
    slug = re.escape(posixpath.basename(old).removesuffix(".md"))
    if posixpath.dirname(old) == posixpath.dirname(page.rel):
        for found in re.finditer(rf"^( +){slug}:[^\n]*\n(?:\1 +[^\n]*\n)*", page.text[: page.body], re.M):
            yield *found.span(), ""


def _written(text: Markdown) -> Iterator[tuple[int, str, str]]:
    """Every destination in a page: offset, text, and whether Markdown or the browser reads it."""
    for *_, written in text.inline:
        yield written.offset, written.value, "markdown"
    for written in text.definitions.values():
        yield written.offset, written.value, "markdown"
    for written in text.destinations:
        if _HTML.fullmatch(written.how):
            yield written.offset, written.value, "html"


def _path(value: str, page: str, seen_from: str, old: str, new: str) -> str:
    """A destination in Markdown, a path from file to file, as it must be afterwards."""
    path, mark, rest = _split(value)
    if not path or path.startswith("/") or re.match(r"[a-z][a-z0-9+.-]*:", path, re.I):
        return value
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
    if target == old:
        target = new
    elif posixpath.dirname(page) == posixpath.dirname(seen_from):
        return value
    return quote(posixpath.relpath(target, posixpath.dirname(seen_from) or "."), safe="/-._~") + mark + rest


def _address(value: str, page: str, seen_from: str, old: str, new: str) -> str:
    """An address in raw HTML, seen from the page's own address, as it must be afterwards."""
    path, mark, rest = _split(value)
    try:
        outside = urlsplit(value).scheme or urlsplit(value).netloc
    except ValueError:
        outside = True
    if not path or outside or path.startswith("/"):
        return value
    folder = "/" if path.endswith("/") else ""
    target = posixpath.normpath(posixpath.join(address(page) or ".", path))
    if target + "/" == address(old):
        target = address(new).rstrip("/") or "."
    elif address(page) == address(seen_from):
        return value
    return posixpath.relpath(target, address(seen_from) or ".") + folder + mark + rest


def _split(value: str) -> tuple[str, str, str]:
    """A destination as its path, the mark behind it (# or ?), and the rest."""
    found = re.search(r"[#?]", value)
    return (value[: found.start()], found[0], value[found.end() :]) if found else (value, "", "")
