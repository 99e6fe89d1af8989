"""Begins a new page as a draft."""

from __future__ import annotations

import argparse
import datetime
import difflib
import tempfile
from pathlib import Path

from checker import contract
from checker.project import Project
from checker.source import Page

from . import place, scaffold
from .files import Changes, EditProblem

# Kinds of page that people begin, and the folder of those that have one of their own.
KINDS = {"lesson": "", "article": "", "page": "", "note": "notes"}


def main(arguments: list[str]) -> int:
    """Write the draft that the command line asks for, and say what to do next."""
    parser = argparse.ArgumentParser(
        prog="run.py new", description=__doc__,
        epilog='For example: run.py new lesson owners "Know your three best clients", or: run.py new page "How we work"',
    )  # fmt: skip
    parser.add_argument("kind", choices=KINDS, help="the kind of page")
    parser.add_argument(
        "words", nargs="+", metavar="[PART] TITLE", help="for a lesson its part, then the title in quotation marks"
    )
    parser.add_argument("--name", help="the file's name, where the title does not give one")
    parser.add_argument("--root", type=Path, default=place.ROOT, help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    if told.kind == "lesson" and len(told.words) != 2:
        raise EditProblem(
            'Say the part and the title, such as: run.py new lesson owners "Know your three best clients"'
        )
    if told.kind != "lesson" and len(told.words) != 1:
        raise EditProblem(f'Put the title in quotation marks, such as: run.py new {told.kind} "How we work"')
    site = place.project(told.root)
    folder = part(told.words[0], site) if told.kind == "lesson" else KINDS[told.kind]
    rel = begin(site, told.kind, folder, told.words[-1], told.name)
    problems = sum(1 for _ in contract.faults(Page(site.docs / rel, rel, rel), place.project(told.root)))
    print(f"Wrote docs/{rel}, a draft. {problems} things in its fields are still to be written. What to do now:")
    print(f"  1. Open docs/{rel} and replace each {scaffold.TO_FILL}; the lines with # say what belongs there.")
    print(f"  2. See it: python3 scripts/run.py serve, then {place.address(rel)} below the address that it prints")
    print("  3. See what is still to do: python3 scripts/run.py check")
    print(f"  4. Put it on the site: python3 scripts/run.py publish docs/{rel}")
    return 0


def part(name: str, site: Project) -> str:
    """The folder of a part. Raises EditProblem where there is no such part."""
    parts = sorted(page.rel.rpartition("/")[0] for page in site.pages if page.kind == "part")
    name = name.strip("/").removeprefix("docs/")
    if name not in parts:
        close = difflib.get_close_matches(name, parts, 1, 0.5)
        hint = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(parts)}."
        raise EditProblem(f"There is no part '{name}'. {hint}")
    return name


def begin(site: Project, kind: str, folder: str, title: str, name: str | None = None) -> str:
    """Write a draft and return its path below docs.

    Raises EditProblem where the title breaks its rule or the name is taken;
    nothing is overwritten.
    """
    title = " ".join(title.split())
    name = (name or "").removesuffix(".md").removesuffix(".draft") or place.slug(title)
    if not title:
        raise EditProblem("The title is empty.")
    if not name:
        raise EditProblem(
            f"'{title}' gives no name for a file in letters a to z; say one with --name, such as --name best-clients."
        )
    rel = f"{folder}/{name}{place.DRAFT}".lstrip("/")
    place.check_name(rel)
    if other := place.taken(rel, site):
        raise EditProblem(f"docs/{other} has this name already. Choose another title, or a name with --name.")
    text = scaffold.page(kind, title, datetime.date.today().isoformat())
    check_title(site, rel, text)
    changes = Changes()
    changes.write(site.docs / rel, text)
    changes.make()
    return rel


def check_title(site: Project, rel: str, text: str) -> None:
    """Raise EditProblem where the title of a page that is not yet written breaks the contract."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.md"
        file.write_text(text, "utf-8", newline="\n")
        page = Page(file, f"docs/{rel}", rel)
    said = [message for rule, _, _, message in contract.faults(page, site) if rule == "meta-title"]
    if said:
        raise EditProblem(f"This will not do as a title: it {said[0].removeprefix('title ')}.")
