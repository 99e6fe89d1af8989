"""Compressed neighbours, so that a web server need not compress at every request."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from postprocess.cache import Cache

# A page to read is pressed as far as brotli goes. The few files above this many bytes (a whole
# part for paper, the search index) cost ten times as long for a tenth less.
LARGE = 64_000
TEXTS = {".html", ".css", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml"}


def compress(site: Path, cache: Cache) -> None:
    """Write a .br and a .gz beside every text file. The same text gives the same bytes on every day and system."""
    files = [path for path in site.rglob("*") if path.suffix in TEXTS and path.is_file()]
    # The longest first: it must not be what everything waits for at the end.
    files.sort(key=lambda path: -path.stat().st_size)
    with ThreadPoolExecutor() as workers:  # the libraries let other threads run meanwhile
        list(workers.map(lambda path: _compress(path, cache), files))


def _compress(path: Path, cache: Cache) -> None:
    content = path.read_bytes()
    path.with_name(path.name + ".br").write_bytes(cache.keep("br", content, lambda: _brotli(content)))
    path.with_name(path.name + ".gz").write_bytes(cache.keep("gz", content, lambda: _gzip(content)))


def _brotli(content: bytes) -> bytes:
    import brotli  # only where something is new

    return brotli.compress(content, quality=9 if len(content) > LARGE else 11)


def _gzip(content: bytes) -> bytes:
    """Its tenth byte names the system that pressed it, and not every Python says the same: 255 is "unknown"."""
    pressed = bytearray(gzip.compress(content, mtime=0))
    pressed[9] = 255
    return bytes(pressed)
