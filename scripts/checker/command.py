"""Checks the Markdown sources, the settings and the built site.

Exit code 0: clean. 1: there are problems. 2: it could not be checked, and why.
Problems of drafts (*.draft.md) are listed and leave the exit code as it is:
an unfinished page is left out of the site and must not stop anyone else.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from . import report, run
from .files import ROOT, shown
from .rule import RULES, Problem
from .site import Site

if TYPE_CHECKING:
    from .project import Project


class CannotRun(Exception):
    """Why nothing could be checked, as a sentence."""


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


def _main(told: argparse.Namespace) -> int:
    begun = time.perf_counter()
    if told.rules:
        run.all_rules()
        _write(report.rules())
        return 0
    try:
        if told.outside:
            from . import outside

            project = _project(told)
            return outside.check(_site(told, project) or _no_site(), told)
        problems, site = _problems(told)
    except CannotRun as reason:
        print(f"check: {reason}", file=sys.stderr)
        return 2
    _write(report.FORMATS[told.format](problems))
    counted = f"{report.counted(problems)}; {_seen(site)} in {time.perf_counter() - begun:.2f} seconds"
    print(counted, file=sys.stdout if told.format == "text" else sys.stderr)
    return 1 if any(not problem.path.endswith(".draft.md") for problem in problems) else 0


def _problems(told: argparse.Namespace) -> tuple[list[Problem], Site | None]:
    """Everything that is wrong, and the site if there was one to look at."""
    if told.rule and told.rule not in RULES and told.rule not in run.all_rules():
        raise CannotRun(f"there is no rule {told.rule}; --rules prints what there is")
    for file in told.source:
        if not file.is_file():
            raise CannotRun(f"there is no file {file} to compare with")
    project = _project(told)
    of_sources = told.rule is None or RULES[told.rule].on in ("page", "project")
    problems = run.sources(project, told.rule) if project and of_sources else []
    site = None
    if told.rule is None or not of_sources:
        try:
            site = _site(told, project)
        except CannotRun as reason:
            # A fault in a source is told even where no site can be looked at.
            if not any(not problem.path.endswith(".draft.md") for problem in problems):
                raise
            print(f"check: only the sources were checked: {reason}", file=sys.stderr)
    if site:
        problems = run.finished([*problems, *_not_said_twice(run.site(site, told.rule), problems)])
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
    docs = told.docs or ROOT / "docs"
    if not docs.is_dir():
        if told.docs or not told.site:
            raise CannotRun(f"there is no folder {docs}")
        return None
    if told.site and not told.docs and not _made_from(told.site, docs):
        print(f"check: {told.site} was not made from {shown(docs)}, so only the site is checked", file=sys.stderr)
        return None
    from .project import Project

    return Project(docs, told.site_url, tuple(told.source))


def _made_from(site: Path, docs: Path) -> bool:
    """Whether a site has a page for at least half of the Markdown files that a folder holds."""
    rels = [file.relative_to(docs) for file in docs.rglob("*.md") if not file.name.endswith(".draft.md")]
    pages = [rel.with_suffix(".html") if rel.stem in ("index", "README") else rel.with_suffix("") / "index.html" for rel in rels]
    found = sum((site / page).is_file() or (site / rel.with_suffix(".html")).is_file() for page, rel in zip(pages, rels, strict=True))
    return bool(rels) and found * 2 >= len(rels)


def _site(told: argparse.Namespace, project: Project | None) -> Site | None:
    """The built site, read; built before where it is the project's own. None where there is none to look at."""
    folder = told.site
    if told.sources_only:
        return None
    if folder is None:
        if told.docs and told.docs.resolve() != (ROOT / "docs").resolve():
            print("check: only the sources were checked; --site DIR names the site that was built from them", file=sys.stderr)
            return None
        import subprocess  # the link check alone starts faster without it

        folder = ROOT / "site"
        command = [sys.executable, str(ROOT / "scripts" / "build.py"), "--if-needed"]
        command += ["--site-url", told.site_url] if told.site_url else []
        built = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")
        sys.stderr.write(built.stdout + built.stderr)
        if built.returncode:
            raise CannotRun("the site could not be built")
    if not folder.is_dir():
        raise CannotRun(f"there is no folder {folder}")
    url = told.site_url if told.site_url is not None else project.site_url if project else ""
    site = Site(folder, url, project)
    site.read()
    if not site.pages:
        raise CannotRun(f"{folder} holds no page, so there is nothing to check")
    return site


def _no_site() -> Site:
    raise CannotRun("there is no site to look at; name it with --site DIR")


def _seen(site: Site | None) -> str:
    return f"{len(site.pages)} pages and {site.links} links" if site else "sources only"


def _write(text: str) -> None:
    """Print in UTF-8 on every system; what cannot be written so (odd names of files) is escaped."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "run.py check", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, metavar="DIR", help="the Markdown sources, with mkdocs.yml beside them (docs)")
    parser.add_argument("--site", type=Path, metavar="DIR", help="a built site; then nothing is built (otherwise site, built when needed)")
    parser.add_argument("--sources-only", action="store_true", help="look at no built site and build none")
    parser.add_argument("--site-url", metavar="URL", help="the address of the site (otherwise site_url in mkdocs.yml)")
    parser.add_argument("--source", type=Path, metavar="FILE", action="append", default=[],
                        help="a text with which no page may share eight words in a row; may be given several times")
    parser.add_argument("--format", choices=report.FORMATS, default="text", help="how problems are printed (text)")
    parser.add_argument("--rule", metavar="NAME", help="check this rule alone")
    parser.add_argument("--rules", action="store_true", help="print every rule with what it asks for")
    parser.add_argument("--outside", action="store_true", help="ask the links to other sites whether they still answer")
    parser.add_argument("--max-age", type=float, metavar="DAYS", default=7, help="with --outside: how long an answer is remembered (7)")
    parser.add_argument("--private", action="store_true", help="with --outside: also ask hosts inside private networks")
    parser.add_argument("--cache", type=Path, metavar="FILE", default=ROOT / ".cache" / "outside-links.json", help="with --outside: where answers are kept")
    return parser
