"""A lock between processes, kept by the system: it ends with its holder, however that ends."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Busy(Exception):
    """Another process holds the lock; the text says so."""


@contextmanager
def file_lock(path: Path, wait: str = "", busy: str = "") -> Iterator[None]:
    """Hold the lock kept in the file at `path` for as long as the block runs.

    Where another process holds it: with `wait`, print that line and wait for
    it; without, raise Busy with the sentence `busy`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        told = False
        while not _take(file.fileno()):
            if not wait:
                raise Busy(busy)
            if not told:
                print(wait, flush=True)
                told = True
            time.sleep(0.2)
        yield


if os.name == "nt":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
