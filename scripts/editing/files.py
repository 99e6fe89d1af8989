"""Reading and writing files so that nothing is lost and nothing is half-written."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

from checker.project import Project

# Where pages that were replaced are kept, below the project's folder.
KEPT = ".kept"


class EditProblem(Exception):
    """Something that stops a command before it has changed anything; the text is the sentence to print."""


class Source:
    """A text file as its editor left it: its line ends and a byte-order mark are kept.

    `text` has plain line ends, as everything here reads it. Raises EditProblem
    where the file cannot be read as UTF-8.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise EditProblem(f"{name} cannot be read: {error.strerror}.") from None
        self._mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        try:
            self._raw = data[len(self._mark) :].decode("utf-8")
        except UnicodeDecodeError:
            raise EditProblem(f"{name} is not UTF-8 text; save it as UTF-8 first.") from None
        self.text = re.sub("\r\n?", "\n", self._raw)
        self._line_end = (re.findall("\r\n?|\n", self._raw) or ["\n"])[0]

    def changed(self, changes: list[tuple[int, int, str]]) -> bytes:
        """The file with spans of `text` (from, to, what stands there now) replaced; every other byte stays."""
        ends = [found.end() for found in re.finditer("\r\n?|[^\r]", self._raw)]
        starts = [0, *ends]
        parts, at = [], 0
        for start, end, new in sorted(changes):
            parts += [self._raw[at : starts[start]], new.replace("\n", self._line_end)]
            at = starts[end]
        return self._mark + "".join([*parts, self._raw[at:]]).encode("utf-8")


class Changes:
    """A set of files to write and to take away, made all together or not at all."""

    def __init__(self) -> None:
        self.writes: dict[Path, bytes] = {}
        self.removals: list[Path] = []

    def write(self, path: Path, data: bytes | str) -> None:
        """Put a file with this content at a path. Later calls for the same path win."""
        self.writes[path] = data.encode("utf-8") if isinstance(data, str) else data

    def remove(self, path: Path) -> None:
        """Take a file away, once everything else is written."""
        self.removals.append(path)

    def make(self) -> None:
        """Write everything beside its place, then put it there.

        Raises EditProblem where a file cannot be written; then all is as it was.
        Ctrl-C counts until the first file is put in its place, and again after
        the last.
        """
        beside: dict[Path, Path] = {}
        folders: list[Path] = []
        try:
            for path, data in self.writes.items():
                _check_writable(path)
                folders += _make_folders(path.parent)
                beside[path] = path.with_name(f".{path.name}.new")
                beside[path].write_bytes(data)
        except OSError as error:
            _clear(beside, folders)
            raise EditProblem(_unwritable(error)) from None
        except BaseException:
            _clear(beside, folders)
            raise
        with _not_interrupted():
            self._put_in_place(beside, folders)

    def _put_in_place(self, beside: dict[Path, Path], folders: list[Path]) -> None:
        before = {path: path.read_bytes() if path.exists() else None for path in [*self.writes, *self.removals]}
        done: list[Path] = []
        try:
            for path, new in beside.items():
                new.replace(path)
                done.append(path)
            for path in self.removals:
                path.unlink()
                done.append(path)
        except OSError as error:
            for path in done:
                was = before[path]
                if was is None:
                    path.unlink(missing_ok=True)
                else:
                    path.write_bytes(was)
            _clear(beside, folders)
            raise EditProblem(_unwritable(error)) from None


def keep(site: Project, rel: str, changes: Changes) -> str:
    """Let `changes` keep a copy of a page of docs below KEPT; return its path below the project's folder."""
    now = datetime.datetime.now()
    path = site.root / KEPT / f"{rel.removesuffix('.md').replace('/', '-')}.{now:%Y-%m-%d-%H%M%S-%f}.md"
    changes.write(path, (site.docs / rel).read_bytes())
    return path.relative_to(site.root).as_posix()


def _check_writable(path: Path) -> None:
    """Raise PermissionError where the owner has made a file or its folder read-only, whoever asks."""
    nearest = next(folder for folder in path.parents if folder.exists())
    for place, what in ((path, path), (nearest, nearest)):
        if place.exists() and not (place.stat().st_mode & 0o200 and os.access(place, os.W_OK)):
            raise PermissionError(13, "it is read-only", str(what))


def _make_folders(folder: Path) -> list[Path]:
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return made


def _clear(beside: dict[Path, Path], folders: list[Path]) -> None:
    """Take away what was written beside, and folders made for it that are empty."""
    for new in beside.values():
        new.unlink(missing_ok=True)
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _unwritable(error: OSError) -> str:
    return f"{error.filename or 'A file'} could not be written ({error.strerror}). Nothing was changed."


@contextlib.contextmanager
def _not_interrupted() -> Iterator[None]:
    """Let Ctrl-C wait until the block has ended, which takes a moment only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
