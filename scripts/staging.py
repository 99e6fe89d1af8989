"""Where a site is built beside the one that stands, and how the two change places."""

import contextlib
import ctypes
import errno
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from file_lock import file_lock

# In the folder of a built site: that it is one, what it was built from, and what it kept of the one before.
# Its name begins with a dot, so that hosts and the checker pass over it.
MARKER = ".built-by-pushback"
# A file below assets/ that is named after its content.
HASHED = re.compile(r"\.[0-9a-f]{8}\.\w+(\.br|\.gz)?$")


class FolderProblem(Exception):
    """Something stands where the site should go; the text is the sentence to print."""


def read_marker(site: Path) -> dict:
    """The marker of a built site; empty where there is none, or none that can be read."""
    try:
        marker = json.loads((site / MARKER).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return marker if isinstance(marker, dict) and isinstance(marker.get("kept"), list) else {}


def write_marker(site: Path, built_from: str, kept: list[str]) -> None:
    """Mark a folder as a site that a build has finished."""
    (site / MARKER).write_text(json.dumps({"built_from": built_from, "kept": kept}) + "\n", "utf-8", newline="\n")


def refuse_to_overwrite(root: Path, out: Path) -> None:
    """Raises FolderProblem where `out` holds something other than a built site, or may not be replaced."""
    own = [root / name for name in ("docs", "overrides", "scripts", "tests", ".git", ".github")]
    if out == root or out in root.parents or any(out == path or path in out.parents for path in own):
        raise FolderProblem(f"{out} holds the project's own files; choose another folder with --out.")
    if out.exists() and not out.is_dir():
        raise FolderProblem(f"{out} is a file; choose a folder with --out, or move the file away.")
    if not out.exists():
        return
    if any(out.iterdir()) and not read_marker(out):
        raise FolderProblem(
            f"{out} was not made by this build (it has no {MARKER}), so it stays;"
            " move it away, or choose another folder with --out."
        )
    # The owner's bit, not os.access: the administrator could write, but whoever took the bit away meant it.
    if not out.stat().st_mode & 0o200 or not os.access(out, os.W_OK):
        raise FolderProblem(
            f"{out} is read-only, so the site in it stays as it was."
            " Make it writable, or choose another folder with --out."
        )


@contextlib.contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A folder beside `out` for one build at a time, empty at the beginning and gone at the end.

    Another build into `out` is waited for. What a killed one left is put right first.
    """
    staging = out.with_name(f".{out.name}.building")
    staging.mkdir(parents=True, exist_ok=True)
    with file_lock(staging / "lock", wait="Waiting for another build of the same folder to end …"):
        old = staging / "old"
        if old.exists() and not out.exists():
            old.rename(out)  # the last build was killed between two renames
        for leftover in (old, *staging.glob("new-*")):
            shutil.rmtree(leftover, ignore_errors=True)
        # A name of its own: the engine of a killed build may, for an instant, still be writing into the last one.
        folder = staging / f"new-{os.getpid()}"
        try:
            yield folder
        finally:
            for leftover in (old, folder):
                shutil.rmtree(leftover, ignore_errors=True)


def keep_assets(out: Path, new: Path) -> list[str]:
    """Copy what pages that are open now may still ask for: assets of the site in `out` that `new` lacks, once.

    Return their paths below the site. What `out` itself had kept is left behind.
    """
    kept_before, kept = set(read_marker(out).get("kept", [])), []
    for file in sorted((out / "assets").rglob("*")):
        name = file.relative_to(out).as_posix()
        if file.is_file() and HASHED.search(name) and name not in kept_before and not (new / name).exists():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, new / name)
            kept.append(name)
    return kept


def put_in_place(new: Path, out: Path) -> None:
    """Let `new` take the place of `out`, in one step where the system can. Raises OSError; then `out` stands."""
    if not out.exists():
        new.rename(out)
    elif os.path.ismount(out):
        update_in_place(new, out)
    elif not exchange(new, out):
        old = new.with_name("old")
        try:
            out.rename(old)
        except OSError as error:
            if error.errno not in (errno.EBUSY, errno.EXDEV):
                raise
            update_in_place(new, out)
            return
        try:
            new.rename(out)
        except OSError:
            old.rename(out)
            raise


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where this system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return library.renamex_np(*names, 2) == 0  # RENAME_SWAP
        return library.renameat2(-100, names[0], -100, names[1], 2) == 0  # AT_FDCWD, RENAME_EXCHANGE
    except (AttributeError, OSError, TypeError):
        return False


def update_in_place(new: Path, out: Path) -> None:
    """Bring `out`, which cannot move because a volume is mounted there, to what `new` holds: file by file, each
    whole, pages after what they load, and what is gone last. The marker is away while it lasts."""
    (out / MARKER).unlink(missing_ok=True)
    names = [path.relative_to(new) for path in new.rglob("*") if path.is_file()]
    for name in sorted(names, key=lambda name: (name.name == MARKER, name.suffix == ".html", name)):
        target = out / name
        if target.is_dir():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f"{target.name}.new")
        shutil.copyfile(new / name, beside)
        if name.name == MARKER:
            remove_all_but(out, {*names, beside.relative_to(out)})
        beside.replace(target)


def remove_all_but(folder: Path, names: set[Path]) -> None:
    """Delete every file below `folder` that `names` does not hold, and every folder that is empty then."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder) not in names:
            path.unlink()
