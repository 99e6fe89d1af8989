"""What the jobs share."""

import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPTS = ROOT / "scripts"


class Unable(Exception):
    """Something that a job needs is missing; the text says what."""


def program(name: str, how: str) -> str:
    """The path of a program. Raises Unable with `how` to get it."""
    if found := shutil.which(name):
        return found
    raise Unable(f"This needs {name}, which is not here. {how}")


def build_site(out: Path, *arguments: str, root: Path = ROOT) -> Path:
    """Build the project at `root` into `out`; return `out`. Raises Unable where it cannot be built."""
    command = [sys.executable, SCRIPTS / "build.py", "--root", root, "--out", out, *arguments]
    built = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if built.returncode:
        raise Unable(built.stderr.strip())
    return out


def copy_project(folder: Path) -> Path:
    """A copy of the project's sources in `folder`, to change at will."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def kinds(site: Path) -> dict[str, str]:
    """The address of one page of every kind in a built site, by the kind's name: the heaviest of each.

    A lesson of each part counts as a kind of its own, and so does a page that leads on to another.
    """
    heaviest: dict[str, tuple[int, str]] = {}
    for file in site.rglob("*.html"):
        text = file.read_text("utf-8")
        address = file.relative_to(site).as_posix().removesuffix("index.html")
        frame = re.search(r'class="?frame ([a-z-]+)', text)
        kind = frame[1] if frame else "redirect" if re.search("http-equiv=.?refresh", text) else ""
        kind = "not-found" if address == "404.html" else kind
        if kind in ("lesson", "part"):
            kind += "-" + address.split("/")[0]
        if kind:
            heaviest[kind] = max(heaviest.get(kind, (0, "")), (len(text), address))
    return {kind: address for kind, (_, address) in sorted(heaviest.items())}


def middle(values: Iterable[float]) -> float:
    """The median."""
    return statistics.median(values)


def print_table(head: list[str], rows: list[list[object]]) -> None:
    """A table as Markdown draws it."""
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |", flush=True)
