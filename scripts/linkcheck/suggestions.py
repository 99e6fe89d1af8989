"""What was probably meant: found by the same letters first, by likeness as long as that stays cheap."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Hashable, Iterable

# How many names may be compared letter by letter in one run: a site with thousands of faults has few causes.
_BUDGET = 30_000


class Suggestions:
    """Likely words, each looked for once."""

    def __init__(self) -> None:
        self._left = _BUDGET
        self._known: dict[tuple, str] = {}
        self._plain: dict[Hashable, dict[str, str]] = {}
        self._ends: dict[Hashable, dict[str, str]] = {}

    def closest(self, wanted: str, group: Hashable, names: Collection[str], likeness: float = 0.6) -> str:
        """The name most like `wanted`, empty where none is. The same `group` must always hold the same names."""
        found = self._known.get((group, wanted))
        if found is None:
            found = self._known[(group, wanted)] = self._looked_for(wanted, group, names, likeness)
        return found

    def same_end(self, wanted: str, group: Hashable, names: Collection[str]) -> str:
        """A name with the same last part, whatever folder it is in; empty where none has it."""
        if group not in self._ends:
            self._ends[group] = {_last(name): name for name in names}
        return "" if _last(wanted) in ("", "index") else self._ends[group].get(_last(wanted), "")

    def _looked_for(self, wanted: str, group: Hashable, names: Collection[str], likeness: float) -> str:
        if group not in self._plain:
            self._plain[group] = {plain(name): name for name in sorted(names, reverse=True)}
        same = self._plain[group].get(plain(wanted))
        if same:
            return same
        if self._left <= 0:
            return ""
        # Names of another length cannot be alike enough.
        near = [name for name in names if abs(len(name) - len(wanted)) <= max(3, len(wanted) // 3)]
        self._left -= len(near) + len(names) // 50
        if self._left < 0:
            return ""
        return next(iter(difflib.get_close_matches(wanted, sorted(near), 1, likeness)), "")


def _last(name: str) -> str:
    return name.rstrip("/").rpartition("/")[2]


def plain(name: str) -> str:
    """A name without capitals, accents' composition and punctuation, in which most slips differ."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", name).casefold())


def did_you_mean(name: str) -> str:
    """The question as the end of a sentence; nothing for no name."""
    return f"did you mean {name}?" if name else ""


def folders_of(names: Iterable[str]) -> set[str]:
    """Every folder that holds one of these paths, without a slash at its end."""
    found: set[str] = set()
    for name in names:
        folder = name.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found
