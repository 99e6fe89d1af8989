"""Line-by-line edits of mkdocs.yml, so that its comments, its order and its spacing stay.

Each edit is proved before it counts: the new text is read again, and must hold
exactly the settings that were meant.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import yaml

from checker.source import _Tolerant

from .files import EditProblem, Source


class Settings:
    """The text of mkdocs.yml with edits to `nav` and `not_in_nav`."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text

    @property
    def values(self) -> dict[str, Any]:
        """The settings as they now stand in the text."""
        return yaml.load(self.text, Loader=_Tolerant)

    def data(self) -> bytes:
        """The file's new content."""
        return self.source.changed([(0, len(self.source.text), self.text)])

    def add(self, rel: str, after: str | None = None) -> None:
        """Enter a page: behind `after`, else as the last of its folder's section, else as the last of all."""
        siblings = self._list_of(rel, after)
        at = len(siblings.value) - 1
        if after:
            at = next(n for n, item in enumerate(siblings.value) if _path(item) == after)
        self._insert(siblings, at, rel)

    def rename(self, old: str, new: str) -> None:
        """Put a page's new path in place of its old one; into the section of its new folder, where that has one."""
        home, before = self._section(new.rpartition("/")[0]), self._section(old.rpartition("/")[0])
        found = self._find(old)
        if found is None:
            return
        leaves = home is not None and before is not None and home.start_mark.line != before.start_mark.line
        if leaves and any(_path(item) == old for item in before.value):
            self._remove(found, old)
            self.add(new)
            return
        node = found if isinstance(found, yaml.ScalarNode) else found.value[0][1]
        self._prove(self._replaced(node, old, new), _swapped(self.values, old, new))

    def remove(self, rel: str) -> None:
        """Take a page out of nav, where it stands in it."""
        if (found := self._find(rel)) is not None:
            self._remove(found, rel)

    def leave_out(self, rel: str) -> None:
        """Enter a page that has moved into `not_in_nav`, so that its absence from nav is no warning."""
        wanted = self.values
        lines = str(wanted.get("not_in_nav") or "").splitlines()
        if f"/{rel}" in lines:
            return
        wanted["not_in_nav"] = "".join(f"{line}\n" for line in [*lines, f"/{rel}"])
        key = re.search(r"^not_in_nav:[ \t]*\|[ \t]*\n((?:[ \t]+[^\n]*\n|\n(?=[ \t]))*)", self.text, re.M)
        if key:
            indent = re.match(r"[ \t]*", key[1])[0] or "  "
            text = f"{self.text[: key.end()]}{indent}/{rel}\n{self.text[key.end() :]}"
        elif "not_in_nav" in self.values:
            raise EditProblem(
                "not_in_nav in mkdocs.yml must be a block of lines below `not_in_nav: |`; write it so, then try again."
            )
        else:
            said = "# Pages that have moved: they lead on to their new address. Kept by `run.py rename`.\n"
            text = f"{self.text.rstrip()}\n{said}not_in_nav: |\n  /{rel}\n"
        self._prove(text, wanted)

    def take_in(self, rel: str) -> None:
        """Take a page out of `not_in_nav` again."""
        wanted = self.values
        lines = str(wanted.get("not_in_nav") or "").splitlines()
        if f"/{rel}" not in lines:
            return
        lines.remove(f"/{rel}")
        text = re.sub(rf"^[ \t]+/{re.escape(rel)}[ \t]*\n", "", self.text, count=1, flags=re.M)
        if lines:
            wanted["not_in_nav"] = "".join(f"{line}\n" for line in lines)
        else:
            text = re.sub(r"^(?:# Pages that have moved:[^\n]*\n)?not_in_nav:[^\n]*(?:\n|\Z)", "", text, flags=re.M)
            del wanted["not_in_nav"]
        self._prove(text, wanted)

    def _nav(self) -> yaml.SequenceNode:
        node = yaml.compose(self.text, Loader=_Tolerant)
        nav = next((value for key, value in node.value if key.value == "nav"), None)
        if not isinstance(nav, yaml.SequenceNode) or nav.flow_style or not nav.value:
            raise EditProblem("nav in mkdocs.yml must be a list with one page to a line; write it so, then try again.")
        return nav

    def _lists(self) -> list[yaml.SequenceNode]:
        """Every list in nav, the outermost first."""
        found, at = [self._nav()], 0
        while at < len(found):
            for item in found[at].value:
                if isinstance(item, yaml.MappingNode):
                    found += [value for _, value in item.value if isinstance(value, yaml.SequenceNode)]
            at += 1
        return found

    def _find(self, rel: str) -> yaml.Node | None:
        return next((item for each in self._lists() for item in each.value if _path(item) == rel), None)

    def _section(self, folder: str) -> yaml.SequenceNode | None:
        """The list that begins with a folder's index page."""
        return next(
            (each for each in self._lists()[1:] if folder and _path(each.value[0]) == f"{folder}/index.md"), None
        )

    def _list_of(self, rel: str, after: str | None) -> yaml.SequenceNode:
        if not after:
            return self._section(rel.rpartition("/")[0]) or self._nav()
        found = next((each for each in self._lists() if any(_path(item) == after for item in each.value)), None)
        if found is None:
            raise EditProblem(f"{after} stands in no nav in mkdocs.yml, so nothing can stand after it.")
        return found

    def _insert(self, siblings: yaml.SequenceNode, at: int, rel: str) -> None:
        if siblings.flow_style:
            raise EditProblem("nav in mkdocs.yml must be a list with one page to a line; write it so, then try again.")
        lines = self.text.split("\n")
        item = siblings.value[at]
        dash = re.match(r"[ \t]*-[ \t]+", lines[siblings.value[0].start_mark.line])
        wanted = self.values
        found = _lists_of(wanted["nav"])
        # The same list in the values: the one whose paths are those of the node.
        paths = [_path(each) for each in siblings.value]
        same = next(each for each in found if [_value_path(value) for value in each] == paths)
        same.insert(at + 1, rel)
        lines.insert(_last_line(item) + 1, f"{dash[0] if dash else '  - '}{rel}")
        self._prove("\n".join(lines), wanted)

    def _remove(self, item: yaml.Node, rel: str) -> None:
        lines, wanted = self.text.split("\n"), self.values
        for each in _lists_of(wanted["nav"]):
            each[:] = [value for value in each if _value_path(value) != rel]
        del lines[item.start_mark.line : _last_line(item) + 1]
        self._prove("\n".join(lines), wanted)

    def _replaced(self, node: yaml.Node, old: str, new: str) -> str:
        start, end = node.start_mark.index, node.end_mark.index
        return self.text[:start] + self.text[start:end].replace(old, new, 1) + self.text[end:]

    def _prove(self, text: str, wanted: dict[str, Any]) -> None:
        """Take the new text if it holds exactly the settings that were meant."""
        try:
            is_right = yaml.load(text, Loader=_Tolerant) == wanted
        except yaml.YAMLError:
            is_right = False
        if not is_right:
            raise EditProblem(
                "mkdocs.yml is written in a way that cannot be changed safely; change its nav by hand. Nothing was changed."
            )
        self.text = text


def _path(item: yaml.Node) -> str | None:
    """The page that an entry of nav names: a plain path, or a title with one."""
    if isinstance(item, yaml.MappingNode) and len(item.value) == 1:
        item = item.value[0][1]
    return item.value if isinstance(item, yaml.ScalarNode) else None


def _value_path(value: Any) -> str | None:
    if isinstance(value, dict) and len(value) == 1:
        value = next(iter(value.values()))
    return value if isinstance(value, str) else None


def _last_line(node: yaml.Node) -> int:
    while isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    return node.end_mark.line


def _lists_of(nav: list) -> list[list]:
    found, at = [nav], 0
    while at < len(found):
        for item in found[at]:
            if isinstance(item, dict):
                found += [value for value in item.values() if isinstance(value, list)]
        at += 1
    return found


def _swapped(values: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """The settings with a path in nav replaced."""

    def swap(value: Any) -> Any:
        if isinstance(value, list):
            return [swap(item) for item in value]
        if isinstance(value, dict):
            return {key: swap(item) for key, item in value.items()}
        return new if value == old else value

    values = deepcopy(values)
    values["nav"] = swap(values["nav"])
    return values
