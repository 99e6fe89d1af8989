"""Compressed neighbours, so that a web server need not compress at every request."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

# A page to read is pressed as far as brotli goes. The few files above this many bytes (a whole
# part for paper, the search index) cost ten times as long for a tenth less.
LARGE = 64_000
TEXTS = {".html", ".css", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml"}


def compress(site: Path) -> None:
    """Write a .br and a .gz beside every text file. The same text gives the same bytes on every day."""
    files = [path for path in site.rglob("*") if path.suffix in TEXTS and path.is_file()]
    # The longest first: it must not be what everything waits for at the end.
    files.sort(key=lambda path: -path.stat().st_size)
    with ThreadPoolExecutor() as workers:  # the libraries let other threads run meanwhile
        list(workers.map(_compress, files))


def _compress(path: Path) -> None:
    content = path.read_bytes()
    path.with_name(path.name + ".br").write_bytes(brotli.compress(content, quality=9 if len(content) > LARGE else 11))
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, mtime=0))
