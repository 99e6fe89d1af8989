"""The sources: settings, pages, and what is known of both."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from linkcheck.sources import Sources

from .files import ROOT, shown, walk  # noqa: F401  (ROOT is for those who take it from here)
from .source import Page, mapping_in

if TYPE_CHECKING:
    import pathspec

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


class Project(Sources):
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
        self.settings_file = next(
            (f for f in (self.root / "mkdocs.yml", self.root / "mkdocs.yaml") if f.is_file()), None
        )
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
            if rel.lower().endswith(_MARKDOWN)
            and not any(p.startswith(".") for p in rel.split("/"))
            and not excluded.match_file(rel)
        ]

    @cached_property
    def by_rel(self) -> dict[str, Page]:
        """The pages by their path below docs."""
        return {page.rel: page for page in self.pages}

    def patterns(self, name: str) -> pathspec.PathSpec:
        """A setting that holds lines in the manner of .gitignore."""
        import pathspec

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

    @cached_property
    def snippet_folders(self) -> list[Path]:
        """The folders from which --8<-- draws."""
        extensions = self.settings.get("markdown_extensions")
        for extension in extensions if isinstance(extensions, list) else ():
            told = extension.get("pymdownx.snippets") if isinstance(extension, dict) else None
            if isinstance(told, dict):
                bases = told.get("base_path", ".")
                return [self.root / base for base in ([bases] if isinstance(bases, str) else bases)]
        return []

    def copied(self, name: str) -> Path | None:
        """The file of docs or overrides that is at this path of the site as it is."""
        beside = self.overrides / name if self.overrides else None
        return self.files.get(name) or (beside if beside and beside.is_file() else None)

    def in_settings(self, value: str) -> list[tuple[str, int, int]]:
        """The places in `mkdocs.yml` where this is the whole value."""
        found, waiting = [], [self.settings_node]
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.MappingNode):
                waiting += [item for _, item in node.value]
            elif isinstance(node, yaml.SequenceNode):
                waiting += node.value
            elif node is not None and node.value == value:
                found.append((self.named_settings, node.start_mark.line + 1, node.start_mark.column + 1))
        return found

    def contract(self, page: Page) -> list[tuple[str, int, int, str]]:
        """What a page's front matter breaks, as (rule, line, column, message); worked out once."""
        from . import contract  # the link check alone does without jsonschema

        if page.rel not in self._contract:
            self._contract[page.rel] = list(contract.faults(page, self))
        return self._contract[page.rel]

    @cached_property
    def _values(self) -> dict[tuple[str, str], list[tuple[Page, list]]]:
        found: dict[tuple[str, str], list[tuple[Page, list]]] = {}
        for page in self.pages:
            for path, value in page.values.strings():
                if page.kind != "redirect" and isinstance(path[-1], str):
                    found.setdefault((path[-1], _folded(value)), []).append((page, path))
        return found

    def same(self, value: str, field: str) -> list[tuple[Page, list]]:
        """The pages on which a field has this value, white space and capitals aside."""
        return self._values.get((field, _folded(value)), [])


def _folded(value: str) -> str:
    return " ".join(value.casefold().split())
