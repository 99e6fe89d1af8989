"""Puts a draft on the site: gives it its final name and a place in the order of pages."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from checker import run
from checker.contract import TO_FILL
from checker.project import Project
from checker.source import Page

from . import place
from .files import Changes, EditProblem, Source
from .links import mend
from .nav import Settings


def main(arguments: list[str]) -> int:
    """Publish the draft that the command line names, unless something in it is still to mend."""
    parser = argparse.ArgumentParser(prog="run.py publish", description=__doc__)
    parser.add_argument("page", help="the draft, such as docs/owners/know-your-best-clients.draft.md")
    parser.add_argument(
        "--after", metavar="PAGE", help="the page behind which it comes; otherwise it is the last of its part"
    )
    parser.add_argument(
        "--anyway", action="store_true", help="also with faults in it, which `check` will go on to name"
    )
    parser.add_argument("--root", type=Path, default=place.ROOT, help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    site = place.project(told.root)
    page = place.existing(told.page, site)
    after = place.existing(told.after, site).rel if told.after else None
    faults = [problem.text() for problem in run.sources(site) if problem.path == page.path] + unwritten(page)
    if faults and not told.anyway:
        listed = "\n".join(faults)
        number = "one thing is" if len(faults) == 1 else f"{len(faults)} things are"
        raise EditProblem(
            f"{listed}\nNot published: {number} still to mend, named above. With --anyway it is published all the same."
        )
    rel, in_nav = publish(site, page, after)
    if in_nav:
        print(
            f"Published docs/{rel}: it stands in nav in mkdocs.yml, which gives it its place. Move its line there to change that."
        )
    else:
        print(
            f"Published docs/{rel}. Pages in that folder stand in no menu (not_in_nav in mkdocs.yml): link to it from a page that does."
        )
    print("Next: python3 scripts/run.py check; then save your changes as CONTRIBUTING.md says.")
    return 0


def unwritten(page: Page) -> list[str]:
    """The places in a page's text that still hold the mark of a new page, as lines to print."""
    marks = re.finditer(rf"(?<!\S){TO_FILL}(?!\S)", page.markdown.bare)
    places = [page.place.of(mark.start()) for mark in marks]
    return [f"{page.path}:{line}:{column}  something is still to be written here" for line, column in places]


def publish(site: Project, page: Page, after: str | None = None) -> tuple[str, bool]:
    """Rename a draft, enter it into nav, mend links to it; return its path below docs, and whether nav has it.

    Pages that `not_in_nav` names are meant to stand outside and are left there.

    Raises EditProblem where the page is no draft or its name is taken.
    """
    if not page.draft:
        raise EditProblem(f"docs/{page.rel} is no draft; drafts end in {place.DRAFT}.")
    rel = page.rel.removesuffix(place.DRAFT) + ".md"
    place.check_name(rel)
    if rel in site.files:
        raise EditProblem(
            f"docs/{rel} is there already, and stays. Rename the draft first: run.py rename docs/{page.rel} docs/OTHER{place.DRAFT}"
        )
    changes = Changes()
    source = Source(page.file, f"docs/{page.rel}")
    changes.write(site.docs / rel, source.changed([]))
    mend(site, page.rel, rel, changes)
    settings = Settings(Source(site.settings_file, "mkdocs.yml"))
    in_nav = after is not None or not site.patterns("not_in_nav").match_file(rel)
    if in_nav and not any(path == rel for path, _, _ in site.nav or []):
        settings.add(rel, after)
        changes.write(site.settings_file, settings.data())
    changes.remove(page.file)
    changes.make()
    return rel, in_nav
