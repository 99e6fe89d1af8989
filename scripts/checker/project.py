"""The sources: settings, pages, and what is known of both."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pathspec
import yaml

from . import contract
from .source import Page, mapping_in

ROOT = Path(__file__).resolve().parent.parent.parent
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def shown(path: Path) -> str:
    """A path as people type it: below the current folder or the project, else in full."""
    full = Path(os.path.abspath(path))
    for base in (Path.cwd(), ROOT):
        if full.is_relative_to(base):
            return full.relative_to(base).as_posix()
    return full.as_posix()


class Project:
    """A folder of Markdown sources with the `mkdocs.yml` beside it, where there is one.

    Without settings everything falls back to MkDocs' own defaults. Raises
    FileNotFoundError when `docs` is no folder.
    """

    def __init__(self, docs: Path, site_url: str | None = None, sources: tuple[Path, ...] = ()) -> None:
        if not docs.is_dir():
            raise FileNotFoundError(f"there is no folder {docs}")
        self.docs = docs
        self.root = docs.resolve().parent
        self.sources = sources
        self.settings_file = next((f for f in (self.root / "mkdocs.yml", self.root / "mkdocs.yaml") if f.is_file()), None)
        self.settings: dict[str, Any] = {}
        self.settings_node: yaml.Node | None = None
        self.settings_fault = None
        if self.settings_file:
            self.settings, self.settings_node, self.settings_fault = mapping_in(self.settings_file)
        self._contract: dict[str, list[tuple[str, int, int, str]]] = {}
        self.site_url = site_url if site_url is not None else str(self.settings.get("site_url") or "")

    @property
    def named_settings(self) -> str:
        """How `mkdocs.yml` is named to people."""
        return shown(self.settings_file or self.root / "mkdocs.yml")

    def setting(self, *path: str, default: Any = None) -> Any:
        """A setting by its names, such as setting("extra", "academy")."""
        value: Any = self.settings
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return default if value is None else value

    def setting_place(self, *path: str | int) -> tuple[int, int]:
        """Line and column of a setting's name (or of an item of a list) in `mkdocs.yml`."""
        node, mark = self.settings_node, None
        for step in path:
            if isinstance(node, yaml.MappingNode):
                key, node = next(((k, v) for k, v in node.value if k.value == step), (None, None))
                mark = key.start_mark if key else mark
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                mark = node.start_mark
        return (mark.line + 1, mark.column + 1) if mark else (1, 1)

    @cached_property
    def overrides(self) -> Path | None:
        """The folder of the site's own templates and assets, where there is one."""
        theme = self.settings.get("theme")
        name = theme.get("custom_dir") if isinstance(theme, dict) else None
        folder = self.root / name if isinstance(name, str) and name else None
        return folder if folder and folder.is_dir() else None

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every file below docs by its path there. Links that lead in a circle are not followed."""
        return dict(walk(self.docs))

    @cached_property
    def pages(self) -> list[Page]:
        """Every Markdown source that is not excluded, in the order of its path."""
        excluded = self.patterns("exclude_docs")
        return [
            Page(file, shown(file), rel)
            for rel, file in sorted(self.files.items())
            if rel.lower().endswith(_MARKDOWN) and not any(p.startswith(".") for p in rel.split("/"))
            and not excluded.match_file(rel)
        ]

    @cached_property
    def by_rel(self) -> dict[str, Page]:
        """The pages by their path below docs."""
        return {page.rel: page for page in self.pages}

    def patterns(self, name: str) -> pathspec.PathSpec:
        """A setting that holds lines in the manner of .gitignore."""
        told = self.settings.get(name)
        lines = told.splitlines() if isinstance(told, str) else []
        try:
            return pathspec.GitIgnoreSpec.from_lines(lines)
        except ValueError:
            return pathspec.GitIgnoreSpec.from_lines([])

    @cached_property
    def nav(self) -> list[tuple[str, int, int]] | None:
        """The paths that `nav` names, with line and column; None where there is no nav."""
        if not isinstance(self.settings_node, yaml.MappingNode) or "nav" not in self.settings:
            return None
        found, waiting = [], [v for k, v in self.settings_node.value if k.value == "nav"]
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.SequenceNode):
                waiting += reversed(node.value)
            elif isinstance(node, yaml.MappingNode):
                waiting += [value for _, value in reversed(node.value)]
            elif isinstance(node.value, str) and node.value:
                found.append((node.value, node.start_mark.line + 1, node.start_mark.column + 1))
        return found

    def contract(self, page: Page) -> list[tuple[str, int, int, str]]:
        """What a page's front matter breaks, as (rule, line, column, message); worked out once."""
        if page.rel not in self._contract:
            self._contract[page.rel] = list(contract.faults(page, self))
        return self._contract[page.rel]

    @cached_property
    def _values(self) -> dict[tuple[str, str], list[tuple[Page, list]]]:
        found: dict[tuple[str, str], list[tuple[Page, list]]] = {}
        for page in self.pages:
            for path, value in page.values.strings():
                if len(path) == 1 and page.kind != "redirect":
                    found.setdefault((path[0], _folded(value)), []).append((page, path))
        return found

    def same(self, value: str, field: str) -> list[tuple[Page, list]]:
        """The pages on which a field has this value, white space and capitals aside."""
        return self._values.get((field, _folded(value)), [])


def _folded(value: str) -> str:
    return " ".join(value.casefold().split())


def walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder with its path there, in order.

    A symbolic link to a folder is followed, once: no circle, and nothing twice.
    """
    seen: set[tuple[int, int]] = set()

    def below(at: str, prefix: str) -> Iterator[tuple[str, Path]]:
        try:
            told = os.stat(at)
            if (told.st_dev, told.st_ino) in seen:
                return
            seen.add((told.st_dev, told.st_ino))
            entries = sorted(os.scandir(at), key=lambda entry: entry.name)
        except OSError:
            return
        for entry in entries:
            try:
                if entry.is_dir():
                    yield from below(entry.path, f"{prefix}{entry.name}/")
                elif entry.is_file():
                    yield prefix + entry.name, Path(entry.path)
            except OSError:
                continue

    yield from below(str(folder), "")
