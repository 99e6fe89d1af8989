"""The built site: its files, its pages, and where an address leads."""

from __future__ import annotations

import os
import posixpath
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import data_files, html_page
from .html_page import Page
from .link_attributes import Reference
from .suggestions import Suggestions, folders_of
from .url_parser import decoded
from .url_resolver import Location, UrlResolver

if TYPE_CHECKING:
    from .sources import Source, Sources

_PAGES = (".html", ".htm", ".xhtml")
_INDEX = ("index.html", "index.htm", "index.xhtml")


class CannotCheck(Exception):
    """Why nothing could be checked, as a sentence."""


class BrokenLink(NamedTuple):
    """A reference that does not lead where it says.

    `path` is where it leads below the root (None: out of it), `file` the file that is there (None:
    none), `fragment` the id that is not in that file.
    """

    origin: str
    reference: Reference
    path: str | None
    file: str | None
    fragment: str


class Site:
    """A folder of files, read once. `url` is its address, where it is known; `sources` what it was made from.

    Raises CannotCheck where the folder cannot be listed or holds no page.
    """

    def __init__(self, folder: Path, url: str = "", sources: Sources | None = None) -> None:
        self.folder, self.sources = folder, sources
        self.resolver = UrlResolver(url)
        self.suggestions = Suggestions()
        self.files: dict[str, None] = {}
        self.aliases: dict[str, str] = {}
        # Files and folders that are there and could not be read, with the reason.
        self.unreadable: dict[str, str] = {}
        self._list()
        self.pages: dict[str, Page] = {}
        self.data: dict[str, Page] = {}
        self._bases: dict[str, str] = {}
        self._found: dict[str, str | None] = {}
        self.links = 0
        # Files that something names, and pages to which a person can go from another.
        self.used: set[str] = set()
        self.linked: set[str] = set()

    def _list(self) -> None:
        """Every file by its path; a link to a folder of the site is an alias, and no other is followed."""
        found, waiting, root = [], [""], os.path.realpath(self.folder)
        while waiting:
            prefix = waiting.pop()
            try:
                with os.scandir(os.path.join(self.folder, prefix)) as entries:
                    for entry in entries:
                        self._enter(entry, prefix + entry.name, root, found, waiting)
            except (OSError, ValueError) as error:
                self.unreadable[prefix] = getattr(error, "strerror", None) or str(error)
        self.files = dict.fromkeys(sorted(found))
        if "" in self.unreadable:
            raise CannotCheck(f"{self.folder} cannot be read: {self.unreadable['']}")

    def _enter(self, entry: os.DirEntry, name: str, root: str, found: list[str], waiting: list[str]) -> None:
        try:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(name + "/")
            elif entry.is_file():
                found.append(name)
            elif entry.is_dir():
                real = os.path.relpath(os.path.realpath(entry.path), root).replace(os.sep, "/")
                if not real.startswith("../"):
                    self.aliases[name] = "" if real == "." else real
        except (OSError, ValueError):
            return  # a symbolic link that leads in a circle is no file

    def read(self) -> Site:
        """Read every page and every other file that can name files."""
        shared: html_page.Shared = {}
        manifests = set()
        for name in self.files:
            if name.lower().endswith(_PAGES):
                data = self.bytes(name)
                self.pages[name] = html_page.read(data, shared) if name not in self.unreadable else Page()
                manifests |= {self.locate(name, value).path for value in self.pages[name].manifests}
        if not self.pages:
            raise CannotCheck(f"{self.folder} holds no page, so there is nothing to check")
        for name in self.files:
            reader = data_files.manifest if name in manifests else data_files.reader_of(name)
            if reader and name not in self.pages:
                data = self.bytes(name)
                self.data[name] = data_files.read(name, data, reader) if name not in self.unreadable else Page()
        return self

    def bytes(self, name: str) -> bytes:
        """A file's content; empty where it cannot be read, which is noted."""
        try:
            return (self.folder / name).read_bytes()
        except (OSError, ValueError) as error:
            self.unreadable[name] = getattr(error, "strerror", None) or str(error)
            return b""

    def documents(self) -> Iterator[tuple[str, Page]]:
        """Everything that names files, by its path: pages first."""
        yield from self.pages.items()
        yield from self.data.items()

    def locate(self, origin: str, value: str) -> Location:
        """Where an address leads that stands in a file of the site."""
        base = self._bases.get(origin)
        if base is None:
            folder = origin.rpartition("/")[0] + "/" if "/" in origin else ""
            page = self.pages.get(origin)
            base = self._bases[origin] = self.resolver.base(folder, page.base if page else None)
        return self.resolver.locate(base, value)

    def target(self, origin: str, reference: Reference) -> str | BrokenLink | None:
        """The file to which a reference leads, what is wrong with it, or None where it leaves the site."""
        inside, path, fragment, itself = self.locate(origin, reference.value)
        if not inside:
            return None
        file = origin if itself else self.find(path) if path is not None else None
        if file is None:
            return BrokenLink(origin, reference, path, None, fragment)
        if fragment and not self.has(file, fragment):
            return BrokenLink(origin, reference, path, file, fragment)
        return file

    def find(self, path: str) -> str | None:
        """The file that answers for a path below the root: itself, or a folder's index."""
        if path in self.files:
            return path
        if path not in self._found:
            self._found[path] = self._searched(path)
        return self._found[path]

    def _searched(self, path: str) -> str | None:
        path = self._real(path)
        folder = path.rstrip("/") + "/" if path else ""
        for name in (path, *(folder + index for index in _INDEX)):
            if name in self.files:
                return name
        redirects = self.data.get("_redirects")
        for start, and_below in redirects.answers if redirects else ():
            if path.rstrip("/") == start or (and_below and path.startswith(start)):
                return "_redirects"
        # In a folder that cannot be read, anything may be.
        return next((name for name in self.unreadable if name.endswith("/") and folder.startswith(name)), None)

    def _real(self, path: str) -> str:
        """A path without the aliases in it. A circle of them leads nowhere."""
        for _ in range(40 if self.aliases else 0):
            alias = next((name for name in self.aliases if path == name or path.startswith(name + "/")), None)
            if alias is None:
                break
            path = (self.aliases[alias] + path[len(alias) :]).lstrip("/")
        return path

    def has(self, file: str, fragment: str) -> bool:
        """Whether a file has the id that a fragment asks for. Files without ids have every one."""
        page = self.pages.get(file) or self.data.get(file)
        if page is None or page.ids is None or fragment in page.ids:
            return True
        name = decoded(fragment)
        if name in page.ids or name in page.names or fragment in page.names or fragment.lower() == "top":
            return True
        # An SVG may be shown in part.
        return file in self.data and fragment.startswith(("svgView(", "xywh=", "t="))

    @cached_property
    def folded(self) -> dict[str, str]:
        """Paths by their form without capitals, and without how letters are composed."""
        found: dict[str, str] = {}
        for name in self.files:
            found.setdefault(fold(name), name)
            folder, _, last = name.rpartition("/")
            if last in _INDEX and folder:
                found.setdefault(fold(folder), folder + "/")
        return found

    @cached_property
    def folders(self) -> set[str]:
        """Every folder of the site by its path, without a slash at its end."""
        return folders_of(self.files)

    @cached_property
    def _stems(self) -> dict[str, list[str]]:
        """How each file is linked to (a folder's index by its folder), without its ending, by that ending."""
        found: dict[str, list[str]] = {}
        for name in self.files:
            stem, ending = posixpath.splitext(name.removesuffix("index.html") or "/")
            found.setdefault(ending, []).append(stem)
        return found

    def likely(self, path: str) -> str:
        """The page or file that was probably meant by a path at which nothing is; empty for none."""
        stem, ending = posixpath.splitext(path.strip())
        stems = self._stems.get(ending, [])
        group = ("files", ending)
        found = self.suggestions.closest(stem, group, stems, 0.7) or self.suggestions.same_end(stem, group, stems)
        return found + ending if found else ""

    @cached_property
    def source_by_page(self) -> dict[str, Source]:
        """The source of each built page, as far as its path says."""
        found: dict[str, Source] = {}
        for source in self.sources.pages if self.sources else ():
            stem = source.rel.rpartition(".")[0]
            folder, _, last = stem.rpartition("/")
            prefix = folder + "/" if folder else ""
            names = [stem + ".html", stem + "/index.html"]
            if last.lower() in ("index", "readme"):
                names = [prefix + "index.html", stem + ".html"]
            built = next((name for name in names if name in self.files), None)
            if built and source.published:
                found.setdefault(built, source)
        return found

    @cached_property
    def page_by_rel(self) -> dict[str, str]:
        """The built page of each source, by the source's path."""
        return {source.rel: name for name, source in self.source_by_page.items()}


def fold(path: str) -> str:
    """A path as systems compare it that know no capitals."""
    return unicodedata.normalize("NFC", path).casefold()
