"""The built site: its files, its pages, and where an address leads."""

from __future__ import annotations

import difflib
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import html
from .addresses import Reference, decoded
from .data_files import Told, read_data
from .ways import Ways

if TYPE_CHECKING:
    from .project import Project
    from .source import Page

_PAGES = (".html", ".htm", ".xhtml")
_INDEX = ("index.html", "index.htm", "index.xhtml")


class Dead(NamedTuple):
    """A reference that does not lead where it says.

    `path` is where it leads below the root (None: out of it), `file` the file
    that is there (None: none), `fragment` the id that is not in that file.
    """

    origin: str
    reference: Reference
    path: str | None
    file: str | None
    fragment: str | None


class Site:
    """A folder of files, read once. `url` is its address, where it is known."""

    def __init__(self, folder: Path, url: str = "", project: Project | None = None) -> None:
        self.folder, self.project = folder, project
        self.files: dict[str, None] = {}
        self.aliases: dict[str, str] = {}
        self._list(str(folder), "")
        self.ways = Ways(url)
        self.host, self.below = self.ways.host, self.ways.below
        self.pages: dict[str, html.Html] = {}
        self.told: dict[str, Told] = {}
        self._above: dict[str, list[str]] = {}
        self._found: dict[str, str | None] = {}
        self.links = 0
        # Files that something names, and pages to which a person can go from another.
        self.used: set[str] = set()
        self.linked: set[str] = set()
        self._suggested = 0

    def _list(self, at: str, prefix: str) -> None:
        """Every file by its path; a link to a folder of the site is an alias, and no other is followed."""
        try:
            entries = sorted(os.scandir(at), key=lambda entry: entry.name)
        except OSError:
            return
        for entry in entries:
            name = prefix + entry.name
            try:
                if entry.is_dir(follow_symlinks=False):
                    self._list(entry.path, name + "/")
                elif entry.is_file():
                    self.files[name] = None
                elif entry.is_dir():
                    root, real = os.path.realpath(self.folder), os.path.realpath(entry.path)
                    if os.path.commonpath([root, real]) == root:
                        self.aliases[name] = os.path.relpath(real, root).replace(os.sep, "/")
            except (OSError, ValueError):
                continue

    def read(self) -> None:
        """Read every page and every other file that can name files."""
        shared: html.Shared = {}
        for name in self.files:
            low = name.lower()
            if low.endswith(_PAGES):
                self.pages[name] = html.read(self.bytes(name), shared)
        for name, page in list(self.pages.items()):
            for reference in page.manifests:
                found = self.target(name, reference)
                if isinstance(found, str) and found not in self.pages:
                    self.told.setdefault(found, read_data(found, self.bytes(found), manifest=True))
        for name in self.files:
            if name not in self.pages and name not in self.told:
                if data := read_data(name, None):
                    self.told[name] = read_data(name, self.bytes(name)) or data

    def bytes(self, name: str) -> bytes:
        """A file's content; empty where it cannot be read."""
        try:
            return (self.folder / name).read_bytes()
        except (OSError, ValueError):
            return b""

    def place(self, origin: str, value: str) -> tuple[bool, str | None, str | None]:
        """Where an address in a file leads: whether into the site, the path below the root, the fragment.

        (False, None, None) for an address that is not the site's to answer;
        (True, None, …) for one that climbs out of the root.
        """
        page = self.pages.get(origin)
        if page and page.base:
            value = self.ways.from_base(origin, page.base, value)
        way = self.ways.of(value)
        if not way.inside:
            return False, None, None
        if way.up is None:
            return True, origin if way.path == "" else way.rooted, way.fragment
        # The page for errors is shown at any address; what it says counts from the root.
        folders = self._folders(origin) if origin != "404.html" else [""]
        return True, folders[way.up] + way.path if way.up < len(folders) else None, way.fragment

    def _folders(self, name: str) -> list[str]:
        """The folder in which a file stands, the one above, and so on to the root (empty); each with a slash at its end."""
        found = self._above.get(name)
        if found is None:
            parts = name.split("/")[:-1]
            found = self._above[name] = ["".join(f"{part}/" for part in parts[:end]) for end in range(len(parts), -1, -1)]
        return found

    def find(self, path: str) -> str | None:
        """The file that answers for a path below the root: itself, or a folder's index."""
        if path in self.files:
            return path
        if path not in self._found:
            self._found[path] = self._index_of(path)
        return self._found[path]

    def _index_of(self, path: str) -> str | None:
        folder = path.rstrip("/") + "/" if path else ""
        for index in _INDEX:
            if folder + index in self.files:
                return folder + index
        if self.aliases:
            return self._behind_alias(path)
        return self.redirected(path)

    def _behind_alias(self, path: str, depth: int = 0) -> str | None:
        parts = path.split("/")
        for end in range(1, len(parts) + 1):
            real = self.aliases.get("/".join(parts[:end]))
            if real is not None and depth < 40:
                new = "/".join([*([real] if real != "." else []), *parts[end:]])
                if new in self.files:
                    return new
                for index in _INDEX:
                    if f"{new.rstrip('/')}/{index}".lstrip("/") in self.files:
                        return f"{new.rstrip('/')}/{index}".lstrip("/")
                return self._behind_alias(new, depth + 1)
        return self.redirected(path)

    def redirected(self, path: str) -> str | None:
        """The file `_redirects` where it has a line for this path."""
        told = self.told.get("_redirects")
        if told and any(path.rstrip("/") == start or (star and path.startswith(start)) for start, star in told.answers):
            return "_redirects"
        return None

    def target(self, origin: str, reference: Reference) -> str | Dead | None:
        """The file to which a reference leads, what is wrong with it, or None where it leaves the site."""
        inside, path, fragment = self.place(origin, reference.value)
        if not inside:
            return None
        file = None if path is None else self.find(path)
        if file is None:
            return Dead(origin, reference, path, None, fragment)
        if fragment is not None and not self.has(file, fragment):
            return Dead(origin, reference, path, file, fragment)
        return file

    def has(self, file: str, fragment: str) -> bool:
        """Whether a file has the id that a fragment asks for. Files without ids have every one."""
        page = self.pages.get(file)
        if page and (fragment in page.ids or fragment in page.anchors or decoded(fragment) in page.anchors):
            return True
        ids = page.ids if page else self.told[file].ids if file in self.told else None
        if ids is None or fragment in ids or decoded(fragment) in ids or fragment.lower() == "top":
            return True
        # An SVG may be shown in part; media and PDF have fragments of their own.
        return page is None and fragment.startswith(("svgView(", "xywh=", "t="))

    @cached_property
    def lower(self) -> dict[str, list[str]]:
        """Paths by their form in lower case, folders with a slash at the end."""
        found: dict[str, list[str]] = {}
        for name in self.files:
            found.setdefault(name.casefold(), []).append(name)
            if name.rpartition("/")[2] in _INDEX:
                folder = name.rpartition("/")[0]
                found.setdefault(folder.casefold() + "/", []).append(folder + "/")
        return found

    def setting(self, *path: str) -> Any:
        """A setting of `mkdocs.yml`, None where it is not told."""
        return self.project.setting(*path) if self.project else None

    @cached_property
    def sources(self) -> dict[str, Page]:
        """The source of each built page, as far as its path says."""
        found: dict[str, Page] = {}
        for rel, page in self.project.by_rel.items() if self.project else ():
            stem = rel.rpartition(".")[0]
            folder, _, last = stem.rpartition("/")
            prefix = folder + "/" if folder else ""
            names = [stem + ".html", stem + "/index.html"]
            if last.lower() in ("index", "readme"):
                names = [prefix + "index.html", stem + ".html"]
            built = next((name for name in names if name in self.files), None)
            if built and not page.draft:
                found.setdefault(built, page)
        return found

    @cached_property
    def built(self) -> dict[str, str]:
        """The built file of each source, by its path below docs."""
        return {page.rel: name for name, page in self.sources.items()}

    def unpublished(self, path: str) -> str | None:
        """The source that would be at a path of the site, were it published: a draft, or one that is excluded."""
        stem = path.rstrip("/").removesuffix("/index.html").removesuffix(".html")
        for rel in (f"{stem}.md", f"{stem}/index.md".lstrip("/")):
            if self.project and rel in self.project.files and rel not in self.built:
                return rel
        return None

    def source_of(self, name: str) -> Page | None:
        """The Markdown source of a built page."""
        return self.sources.get(name)

    def suggestion(self, path: str) -> str:
        """The page or file that was probably meant, as the end of a sentence."""
        # Looking for what is alike takes time; a site with hundreds of faults has one cause.
        self._suggested += 1
        if self._suggested > 200:
            return ""
        known = [name.removesuffix("index.html") or "/" for name in self.files]
        close = difflib.get_close_matches(path, known, 1, 0.7)
        if not close:
            last = path.rstrip("/").rpartition("/")[2]
            close = [name for name in known if last and name.rstrip("/").rpartition("/")[2] == last][:1]
        return f"; did you mean {close[0]}?" if close else ""
