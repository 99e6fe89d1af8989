"""Where pages are: paths as people type them, and names that addresses can have."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from pathlib import Path

from checker.project import Project
from checker.source import Page

from .files import EditProblem

ROOT = Path(__file__).resolve().parent.parent.parent
DRAFT = ".draft.md"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Names that Windows keeps for devices, whatever ending they have.
_DEVICES = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}


def project(root: Path) -> Project:
    """The project in a folder. Raises EditProblem where there is none, or its settings cannot be read."""
    try:
        found = Project(root / "docs")
    except FileNotFoundError:
        raise EditProblem(f"There is no folder docs in {root}.") from None
    if found.settings_file is None:
        raise EditProblem(f"There is no mkdocs.yml in {root}.")
    if found.settings_fault:
        _, line, column, said = found.settings_fault
        raise EditProblem(f"mkdocs.yml:{line}:{column}  {said}")
    return found


def below_docs(typed: str, docs: Path) -> str:
    """A path that somebody typed, as one below docs: docs/owners/x.md, owners\\x.md and the whole path all will do.

    Raises EditProblem for a path that leads out of docs.
    """
    path = Path(typed.replace("\\", "/"))
    docs = docs.resolve()
    bases = [Path.cwd(), docs.parent, docs]
    candidates = [Path(os.path.abspath(base / path)) for base in bases]
    inside = [Path(os.path.realpath(each)) for each in candidates]
    inside = [each for each in inside if each.is_relative_to(docs) and each != docs]
    if not inside:
        raise EditProblem(f"{typed} is not below docs/; pages live there.")
    # A page that is not there yet is meant in a folder that is; else as seen from the project where the path begins with docs.
    there = [each for each in inside if each.exists()] or [each for each in inside if each.parent.is_dir()]
    named = Path(os.path.realpath(docs.parent / path))
    chosen = there[0] if there else named if named in inside else inside[-1]
    return chosen.relative_to(docs).as_posix()


def existing(typed: str, site: Project) -> Page:
    """The page that somebody means. Raises EditProblem where there is none."""
    rel = below_docs(typed, site.docs)
    page = site.by_rel.get(rel)
    if page is None:
        told = f"There is no page docs/{rel}"
        draft = rel.removesuffix(".md") + DRAFT
        close = [draft] if draft in site.by_rel else difflib.get_close_matches(rel, list(site.by_rel), 1, 0.6)
        raise EditProblem(f"{told}; did you mean docs/{close[0]}?" if close else f"{told}.")
    return page


def slug(title: str) -> str:
    """A title as the name of a file: small letters, figures and hyphens. Empty where letters of other scripts would be lost."""
    folded = unicodedata.normalize("NFKD", title.casefold())
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    folded = re.sub("['’‘]", "", folded)
    if any(letter.isalnum() and not letter.isascii() for letter in folded):
        return ""
    return "-".join(re.findall(r"[a-z0-9]+", folded))


def check_name(rel: str) -> None:
    """Raise EditProblem where a path below docs has a name that an address should not have."""
    stem = rel.removesuffix(".md").removesuffix(".draft")
    if not rel.endswith(".md"):
        raise EditProblem(f"{rel} must end in .md.")
    for part in stem.split("/"):
        if not _NAME.fullmatch(part):
            better = "/".join(slug(each) for each in stem.split("/"))
            hint = f", such as {better}.md" if all(better.split("/")) else ""
            raise EditProblem(
                f"{rel} cannot be an address: names have only small letters a to z, figures and hyphens{hint}."
            )
        if part in _DEVICES:
            raise EditProblem(f"{rel} cannot be a file on Windows, which keeps the name {part}; choose another.")
        if len(part) > 80:
            raise EditProblem(f"The name {part[:20]}… has {len(part)} characters, at most 80.")


def taken(rel: str, site: Project) -> str | None:
    """The file below docs that already has this address, if any: as a page, as a draft, or as a folder's index."""

    def address(path: str) -> str:
        return re.sub(r"(^|/)index$", "", path.removesuffix(".md").removesuffix(".draft")).casefold()

    return next((other for other in site.files if other.endswith(".md") and address(other) == address(rel)), None)


def address(rel: str) -> str:
    """The address of a page below the site's: owners/cut-once.md gives owners/cut-once/."""
    stem = rel.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        stem = stem.removesuffix("index").rstrip("/")
    return f"{stem}/" if stem else ""
