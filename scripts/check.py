"""Checks the site: its sources, its settings, and the pages built from them.

The whole idea on one page: read the sources, read the built pages, ask each rule, print. A rule is one function in
scripts/checker/rules_*.py, or in scripts/linkcheck/ where it knows nothing of this site.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from checker import cli, run
from checker.built import read_site, read_sources, unnamed
from checker.ignored import without_ignored
from checker.rule import RULES, Diagnostic
from linkcheck.site import CannotCheck, Site


def check(options: argparse.Namespace) -> tuple[list[Diagnostic], Site | None]:
    """Everything that is wrong, sorted, and the site if there was one to look at.

    Raises CannotCheck where neither sources nor pages can be read.
    """
    sources = read_sources(options)
    of_sources = options.rule is None or RULES[options.rule].on in ("page", "project")
    found = run.sources(sources, options.rule) if sources and of_sources else []
    site, refused = None, []
    if options.rule is None or not of_sources:
        try:
            site, refused = read_site(options, sources)
        except CannotCheck as reason:
            # A fault in a source is told even where no site can be looked at.
            if not any(not diagnostic.path.endswith(".draft.md") for diagnostic in found):
                raise
            print(f"check: only the sources were checked: {reason}", file=sys.stderr)
    if site:
        found = run.together(found, run.site(site, options.rule))
    found = run.finished([*found, *unnamed(refused, found)])
    if refused or any(diagnostic.rule == "page-nav-twice" for diagnostic in found):
        # What follows from a page that could not be rendered is not told: it goes when that page is mended.
        found = [diagnostic for diagnostic in found if diagnostic.line is not None]
    if sources:
        found = without_ignored(found, sources, all_ran=bool(site) and options.rule is None)
    return [diagnostic for diagnostic in found if options.rule in (None, diagnostic.rule)], site


def main(arguments: list[str]) -> int:
    """Check as the command line says; return the exit code."""
    return cli.command(arguments, check)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
