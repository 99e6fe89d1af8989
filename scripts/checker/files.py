"""Files and how they are named to people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def shown(path: Path) -> str:
    """A path as people type it: below the current folder or the project, else in full."""
    full = Path(os.path.abspath(path))
    for base in (Path.cwd(), ROOT):
        if full.is_relative_to(base):
            return full.relative_to(base).as_posix()
    return full.as_posix()


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
