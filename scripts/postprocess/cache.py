"""What has been made once is not made again: results kept by the content that they were made from."""

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent
FOLDER = SCRIPTS.parent / ".cache" / "postprocess"
DAY = 86_400


class Cache:
    """A folder of results. Where it cannot be written, everything is made each time."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Results of other versions of the libraries do not count."""
        self.folder = folder
        self.libraries = _digest([SCRIPTS / "requirements" / "postprocess.txt"])
        self.code = _digest(sorted(Path(__file__).parent.glob("*.*")))

    def keep(self, kind: str, content: bytes, make: Callable[[], bytes], code: bool = False) -> bytes:
        """The result of `make`, which depends on nothing but `kind`, `content` and, where `code`, this package."""
        made_by = self.libraries + (self.code if code else b"")
        name = hashlib.sha256(b"\0".join([made_by, kind.encode(), content])).hexdigest()
        file = self.folder / name[:2] / name
        try:
            result = file.read_bytes()
            if file.stat().st_mtime < time.time() - DAY:
                file.touch()
            return result
        except OSError:
            result = make()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            beside = file.with_name(f"{name}.{os.getpid()}")
            beside.write_bytes(result)
            beside.replace(file)
        except OSError:
            pass
        return result

    def tidy(self) -> None:
        """Take away what no build has used for a month."""
        for file in self.folder.glob("*/*"):
            try:
                if file.stat().st_mtime < time.time() - 31 * DAY:
                    file.unlink()
            except OSError:
                continue


def _digest(files: Iterable[Path]) -> bytes:
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes() if file.is_file() else b"")
    return found.digest()
