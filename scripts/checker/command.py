"""Checks the Markdown sources, the settings and the built site.

Exit code 0: clean. 1: there are problems. 2: it could not be checked, and why.
Problems of drafts (*.draft.md) are listed and leave the exit code as it is:
an unfinished page is left out of the site and must not stop anyone else.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from linkcheck.site import CannotCheck, Site

from . import report, run
from .files import ROOT, shown
from .rule import RULES, Problem, rule

if TYPE_CHECKING:
    from .project import Project


# What the build prints about a source: file, line and column where known, two spaces, a sentence.
_PLACED = re.compile(r"([^\s:]+\.[a-z]+)(?::(\d+)(?::(\d+))?)?  (.+)", re.S)


def main(arguments: list[str]) -> int:
    """Check as the command line says, print what is found, and return the exit code."""
    try:
        return _main(_parser().parse_args(arguments))
    except BrokenPipeError:
        # Whoever read along has seen enough (check | head).
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # A fault of the checker is no fault of the site, and no verdict on it.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        at = f"{Path(frame.filename).name}:{frame.lineno}"
        print(f"check: it could not be checked: {type(error).__name__}: {error} ({at})", file=sys.stderr)
        return 2


def _main(told: argparse.Namespace) -> int:
    begun = time.perf_counter()
    if told.rules:
        run.all_rules()
        _write(report.rules())
        return 0
    try:
        if told.outside:
            return _external(told)
        problems, site = _problems(told)
    except CannotCheck as reason:
        print(f"check: {reason}", file=sys.stderr)
        return 2
    _write(report.FORMATS[told.format](problems))
    counted = f"{report.counted(problems)}; {_seen(site)} in {time.perf_counter() - begun:.2f} seconds"
    print(counted, file=sys.stdout if told.format == "text" else sys.stderr)
    return 1 if any(not problem.path.endswith(".draft.md") for problem in problems) else 0


def _external(told: argparse.Namespace) -> int:
    """Ask the links to other sites. 1: one is gone. 2: nothing is known of the sign-up address, or of any."""
    from linkcheck import external_links

    project = _project(told)
    signup = project.setting("extra", "academy", "signup_url") if project else None
    site = _site(told, project)[0] or _no_site()
    problems, answers = external_links.check(site, signup if isinstance(signup, str) else "", told.private)
    problems.sort(key=lambda problem: signup not in problem.message if signup else False)
    _write(report.FORMATS[told.format](problems))
    number = Counter(answer.verdict for answer in answers.values())
    counted = ", ".join(f"{number[verdict]} {verdict}" for verdict in ("fine", "moved", "gone"))
    out = sys.stdout if told.format == "text" else sys.stderr
    print(f"{len(answers)} external links: {counted}, {number['unsure']} could not tell", file=out)
    first = next(iter(answers.values()), None) if signup else None
    if first:
        print(
            f"The sign-up address {signup}: {first.verdict if first.verdict != 'unsure' else 'could not tell'}",
            file=out,
        )
    nothing_known = answers and number["unsure"] == len(answers)
    return 1 if number["gone"] else 2 if nothing_known or (first and first.verdict == "unsure") else 0


def _problems(told: argparse.Namespace) -> tuple[list[Problem], Site | None]:
    """Everything that is wrong, and the site if there was one to look at."""
    if told.rule and told.rule not in RULES and told.rule not in run.all_rules():
        raise CannotCheck(f"there is no rule {told.rule}; --rules prints what there is")
    for file in told.source:
        if not file.is_file():
            raise CannotCheck(f"there is no file {file} to compare with")
    project = _project(told)
    of_sources = told.rule is None or RULES[told.rule].on in ("page", "project")
    problems = run.sources(project, told.rule) if project and of_sources else []
    site, refused = None, []
    if told.rule is None or not of_sources:
        try:
            site, refused = _site(told, project)
        except CannotCheck as reason:
            # A fault in a source is told even where no site can be looked at.
            if not any(not problem.path.endswith(".draft.md") for problem in problems):
                raise
            print(f"check: only the sources were checked: {reason}", file=sys.stderr)
    if site:
        problems = run.finished([*problems, *_not_said_twice(run.site(site, told.rule), problems)])
    problems = run.finished([*problems, *_unnamed(refused, problems)])
    if refused or any(problem.rule == "page-nav-twice" for problem in problems):
        # What follows from a page that could not be drawn is not told: it goes when that page is mended.
        problems = [problem for problem in problems if problem.line is not None]
    if project:
        from .ignored import without_ignored

        problems = without_ignored(problems, project, all_ran=bool(site) and told.rule is None)
        problems = [problem for problem in problems if told.rule in (None, problem.rule)]
    return problems, site


def _not_said_twice(found: list[Problem], said: list[Problem]) -> list[Problem]:
    """Faults of the built site without those whose field a rule on front matter has named already."""
    places = {(problem.path, problem.line, problem.column) for problem in said if problem.rule.startswith("meta-")}
    return [problem for problem in found if problem.line is None or problem[:3] not in places]


def _project(told: argparse.Namespace) -> Project | None:
    """The sources that belong to what is checked; None where a site of somebody else's is checked alone."""
    docs = told.docs or told.root / "docs"
    if not docs.is_dir():
        if told.docs or not told.site:
            raise CannotCheck(f"there is no folder {docs}")
        return None
    if told.site and not told.docs and not _made_from(told.site, docs):
        print(f"check: {told.site} was not made from {shown(docs)}, so only the site is checked", file=sys.stderr)
        return None
    from .project import Project

    return Project(docs, told.site_url, tuple(told.source))


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


def _site(told: argparse.Namespace, project: Project | None) -> tuple[Site | None, list[Problem]]:
    """The built site, read, and what keeps it from being published; no site where there is none to look at.

    The project's own is built before where its sources have changed, as far as it can be built.
    """
    folder, refused = told.site, []
    if told.sources_only:
        return None, []
    if folder is None:
        if told.docs and told.docs.resolve() != (told.root / "docs").resolve():
            print(
                "check: only the sources were checked; --site DIR names the site that was built from them",
                file=sys.stderr,
            )
            return None, []
        folder, refused, url = _built(told.root.resolve(), told.site_url)
        if folder is None:
            return None, refused
    else:
        url = told.site_url if told.site_url is not None else project.site_url if project else ""
    if not folder.is_dir():
        raise CannotCheck(f"there is no folder {folder}")
    return Site(folder, url, project).read(), refused


def _built(root: Path, site_url: str | None) -> tuple[Path | None, list[Problem], str]:
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
    return folder, refused or [Problem("mkdocs.yml", 1, 1, line, "page-refused") for line in lines], address


@rule("page-refused", on="run", fix="mend the line named; the site that stands stays as it is until then")
def refused() -> None:
    """Nothing keeps a page from being drawn and published. What another rule names is named by that rule alone."""


def _refusal(line: str) -> Problem | None:
    """What the build says about a source, as a problem; None where it names no place."""
    if found := _PLACED.fullmatch(line):
        return Problem(found[1], int(found[2] or 1), int(found[3] or 1), found[4].rstrip("."), "page-refused")
    return None


def _unnamed(refused: list[Problem], found: list[Problem]) -> list[Problem]:
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


def _no_site() -> Site:
    raise CannotCheck("there is no site to look at; name it with --site DIR")


def _seen(site: Site | None) -> str:
    return f"{len(site.pages)} pages and {site.links} links" if site else "sources only"


def _write(text: str) -> None:
    """Print in UTF-8 on every system; what cannot be written so (odd names of files) is escaped."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "run.py check", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--docs", type=Path, metavar="DIR", help="the Markdown sources, with mkdocs.yml beside them (docs)"
    )
    parser.add_argument(
        "--site",
        type=Path,
        metavar="DIR",
        help="a built site; then nothing is built (otherwise site, built when needed)",
    )
    parser.add_argument("--sources-only", action="store_true", help="look at no built site and build none")
    parser.add_argument("--site-url", metavar="URL", help="the address of the site (otherwise site_url in mkdocs.yml)")
    parser.add_argument(
        "--source",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="a text with which no page may share eight words in a row; may be given several times",
    )
    parser.add_argument("--format", choices=report.FORMATS, default="text", help="how problems are printed (text)")
    parser.add_argument("--rule", metavar="NAME", help="check this rule alone")
    parser.add_argument("--rules", action="store_true", help="print every rule with what it asks for")
    parser.add_argument("--outside", action="store_true", help="ask the links to other sites whether they still answer")
    parser.add_argument("--private", action="store_true", help="with --outside: also ask hosts inside private networks")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    return parser
