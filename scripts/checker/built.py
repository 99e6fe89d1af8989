"""What is checked: the sources, and the site that is built from them where none is named."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from linkcheck.site import CannotCheck, Site

from .files import shown
from .project import Project
from .rule import Diagnostic, rule

# What the build prints about a source: file, line and column where known, two spaces, a sentence.
_PLACED = re.compile(r"([^\s:]+\.[a-z]+)(?::(\d+)(?::(\d+))?)?  (.+)", re.S)


def read_sources(options: argparse.Namespace) -> Project | None:
    """The sources that belong to what is checked; None where a site of somebody else's is checked alone."""
    docs = options.docs or options.root / "docs"
    if not docs.is_dir():
        if options.docs or not options.site:
            raise CannotCheck(f"there is no folder {docs}")
        return None
    if options.site and not options.docs and not _made_from(options.site, docs):
        print(f"check: {options.site} was not made from {shown(docs)}, so only the site is checked", file=sys.stderr)
        return None
    return Project(docs, options.site_url, tuple(options.source))


def _made_from(site: Path, docs: Path) -> bool:
    """Whether a site has a page for at least half of the Markdown files that a folder holds."""
    rels = [file.relative_to(docs) for file in docs.rglob("*.md") if not file.name.endswith(".draft.md")]
    pages = [
        rel.with_suffix(".html") if rel.stem in ("index", "README") else rel.with_suffix("") / "index.html"
        for rel in rels
    ]
    found = sum(
        (site / page).is_file() or (site / rel.with_suffix(".html")).is_file()
        for page, rel in zip(pages, rels, strict=True)
    )
    return bool(rels) and found * 2 >= len(rels)


def read_site(options: argparse.Namespace, project: Project | None) -> tuple[Site | None, list[Diagnostic]]:
    """The built site, read, and what keeps it from being published; no site where there is none to look at.

    The project's own is built before where its sources have changed, as far as it can be built.
    """
    folder, refused = options.site, []
    if options.sources_only:
        return None, []
    if folder is None:
        if options.docs and options.docs.resolve() != (options.root / "docs").resolve():
            print(
                "check: only the sources were checked; --site DIR names the site that was built from them",
                file=sys.stderr,
            )
            return None, []
        folder, refused, url = _built(options.root.resolve(), options.site_url)
        if folder is None:
            return None, refused
    else:
        url = options.site_url if options.site_url is not None else project.site_url if project else ""
    if not folder.is_dir():
        raise CannotCheck(f"there is no folder {folder}")
    return Site(folder, url, project).read(), refused


def _built(root: Path, site_url: str | None) -> tuple[Path | None, list[Diagnostic], str]:
    """The project's site, built where its sources have changed, what keeps it from being published, and its address.

    Raises CannotCheck where no site can be built for a reason that stands in no source.
    """
    import build  # the link check alone starts faster without it
    from settings import SettingsProblem, read_settings
    from staging import FolderProblem

    lines: list[str] = []
    folder, address = None, ""
    try:
        settings = read_settings(root / "mkdocs.yml")
        # A wrong address is named at its line by a rule; the pages are checked all the same.
        address = str(site_url or settings.get("site_url") or "")
        try:
            address = build.checked_address(address)
        except build.BuildProblem:
            if site_url:
                raise
            address = "https://unset.example/"
        folder, lines = build.build_for_check(build.BuildOptions(root, root / "site", address))
    except (build.BuildProblem, SettingsProblem, FolderProblem) as reason:
        lines = str(reason).splitlines()
    refused = [found for line in lines if (found := _refusal(line))]
    if folder is None and len(refused) < len(lines):
        raise CannotCheck("\n".join(line for line in lines if not _refusal(line)))
    return folder, refused or [Diagnostic("mkdocs.yml", 1, 1, line, "page-refused") for line in lines], address


@rule("page-refused", on="run", fix="mend the line named; the site that stands stays as it is until then")
def refused() -> None:
    """Nothing keeps a page from being drawn and published. What another rule names is named by that rule alone."""


def _refusal(line: str) -> Diagnostic | None:
    """What the build says about a source, as a problem; None where it names no place."""
    if found := _PLACED.fullmatch(line):
        return Diagnostic(found[1], int(found[2] or 1), int(found[3] or 1), found[4].rstrip("."), "page-refused")
    return None


def unnamed(refused: list[Diagnostic], found: list[Diagnostic]) -> list[Diagnostic]:
    """What keeps the site from being published and no rule has named, by its line, or its page."""
    lines = {(problem.path, problem.line) for problem in found}
    pages = {problem.path for problem in found}
    placed = {problem.message for problem in refused if problem.line != 1}
    fields = any(problem.rule.startswith("meta-") for problem in found)
    code = {problem.path for problem in found if problem.rule.startswith("code-")}
    left = []
    for problem in refused:
        again = problem.line == 1 and (problem.path in pages or problem.message in placed)
        # A page that lists others is not drawn either where one of them lacks a field; and code is named once.
        follows = (fields and problem.line == 1) or problem.path in code
        # A reference is written in one line and used in others, where its rule names it.
        link = re.match(r"the link '([^']+)'", problem.message)
        named = link and any(f"“{link[1]}”" in other.message for other in found if other.path == problem.path)
        if (problem.path, problem.line) not in lines and not (again or follows or named):
            left.append(problem)
    return left


def refusals(root: Path, address: str, folder: Path | None, lines: list[str]) -> list[str]:
    """What keeps the site from being published, in the checker's words where a rule names it: the lines of `check`.

    `lines` are the build's own words for it, `folder` is what could be built. Faults that do not stop a build are
    left to `check`.
    """
    from . import run

    project = Project(root / "docs", address)
    found = run.sources(project)
    if folder and folder.is_dir():
        found = run.together(found, run.site(Site(folder, address, project).read()))
    refused = [diagnostic for line in lines if (diagnostic := _refusal(line))]
    places = {(diagnostic.path, diagnostic.line) for diagnostic in refused}
    named = [diagnostic for diagnostic in found if (diagnostic.path, diagnostic.line) in places]
    left = unnamed(refused, found)
    pages = {diagnostic.path for diagnostic in refused} - {diagnostic.path for diagnostic in [*named, *left]}
    stops = ("meta-", "link-", "code-", "page-")
    named += [diagnostic for diagnostic in found if diagnostic.path in pages and diagnostic.rule.startswith(stops)]
    said = [diagnostic.text() for diagnostic in run.finished([*named, *left])]
    return [*said, *(line for line in lines if not _refusal(line))] or lines
