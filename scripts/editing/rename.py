"""Moves a page, or retires it: mends nav and every link to it, and lets its old address lead on."""

from __future__ import annotations

import argparse
from pathlib import Path

from checker.project import Project
from checker.source import Page

from . import links, place
from .files import Changes, EditProblem, Source, keep
from .nav import Settings
from .scaffold import quoted


def main(arguments: list[str]) -> int:
    """Move the page that the command line names, and say what was mended."""
    parser = argparse.ArgumentParser(prog="run.py rename", description=__doc__)
    parser.add_argument("old", help="the page, such as docs/owners/cut-once.md")
    parser.add_argument("new", help="its new path, such as docs/owners/cut-early.md")
    parser.add_argument("--root", type=Path, default=place.ROOT, help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    site = place.project(told.root)
    page = place.existing(told.old, site)
    new = place.below_docs(told.new, site.docs)
    mended = rename(site, page, new)
    print(f"Moved docs/{page.rel} to docs/{new}.")
    _report(site, page, [(rel, number) for rel, number in mended if rel != page.rel])
    return 0


def retire_main(arguments: list[str]) -> int:
    """Take the page that the command line names off the site, and let its address lead on to another."""
    parser = argparse.ArgumentParser(
        prog="run.py retire", description="Takes a page off the site and lets its address lead on to another page."
    )
    parser.add_argument("old", help="the page, such as docs/recruiters/call-first.md")
    parser.add_argument("--to", required=True, metavar="PAGE", help="the page that takes its place for readers")
    parser.add_argument("--root", type=Path, default=place.ROOT, help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    site = place.project(told.root)
    page, target = place.existing(told.old, site), place.existing(told.to, site)
    kept, mended = retire(site, page, target)
    print(f"Retired docs/{page.rel}: readers of its address now come to docs/{target.rel}.")
    print(f"What stood there is kept as {kept}.")
    _report(site, page, mended)
    return 0


def _report(site: Project, page: Page, others: list[tuple[str, int]]) -> None:
    """Say which pages were mended, and what a person has still to look at."""
    if others:
        number = sum(number for _, number in others)
        print(
            f"Mended {number} {'link' if number == 1 else 'links'} in {', '.join(f'docs/{rel}' for rel, _ in others)}."
        )
    if not page.draft:
        print(
            f"The old address leads on to the new one: docs/{page.rel} now does only that."
            " Keep it, for those who have the old address."
        )
    if beside := links.named_beside(site.root, page.rel):
        print(f"These lines outside docs/ name the old path; look at them: {', '.join(beside)}")
    print("Next: python3 scripts/run.py check")


def rename(site: Project, page: Page, new: str) -> list[tuple[str, int]]:
    """Move a page to `new`, a path below docs; return the pages whose links were mended, each with how many.

    Raises EditProblem where that cannot be done; then nothing has changed.
    """
    _check(site, page, new)
    old = page.rel
    changes = Changes()
    source = Source(page.file, f"docs/{old}")
    changes.write(site.docs / new, source.changed([]))
    mended = links.mend(site, old, new, changes)
    settings = Settings(Source(site.settings_file, "mkdocs.yml"))
    settings.take_in(new)
    settings.rename(old, new)
    if page.draft:
        changes.remove(page.file)
    else:
        _lead_on(site, page, new, settings, changes)
    changes.write(site.settings_file, settings.data())
    changes.make()
    return mended


def retire(site: Project, page: Page, target: Page) -> tuple[str, list[tuple[str, int]]]:
    """Let a page's address lead on to `target`, a page that is there, and point every link to it.

    Returns where the old text is kept, and the pages whose links were mended, each
    with how many. Raises EditProblem where that cannot be done; then nothing has changed.
    """
    _check_movable(page)
    if page.draft:
        raise EditProblem(f"docs/{page.rel} is a draft, so nobody has its address: delete the file.")
    if target.rel == page.rel:
        raise EditProblem(f"docs/{page.rel} cannot lead on to itself; name another page with --to.")
    if target.draft or target.kind == "redirect":
        what = "is a draft" if target.draft else f"only leads on to {target.values.plain.get('to')}"
        raise EditProblem(f"docs/{target.rel} {what}; name a page that readers can see with --to.")
    changes = Changes()
    kept = keep(site, page.rel, changes)
    mended = links.mend(site, page.rel, target.rel, changes, merged=True)
    settings = Settings(Source(site.settings_file, "mkdocs.yml"))
    settings.remove(page.rel)
    _lead_on(site, page, target.rel, settings, changes)
    changes.write(site.settings_file, settings.data())
    changes.make()
    return kept, mended


def _lead_on(site: Project, page: Page, new: str, settings: Settings, changes: Changes) -> None:
    """Put a page in this one's place that only leads on to `new`, and keep it out of every menu."""
    if not site.patterns("not_in_nav").match_file(page.rel):
        settings.leave_out(page.rel)
    title = str(page.values.plain.get("title") or new)
    changes.write(page.file, f"---\ntemplate: redirect.html\ntitle: {quoted(title)}\nto: {new}\n---\n")


def _check_movable(page: Page) -> None:
    if page.unread:
        raise EditProblem(f"{page.path} cannot be read; mend it first: run.py check names what is wrong.")
    if page.kind == "redirect":
        raise EditProblem(f"docs/{page.rel} only leads on to {page.values.plain.get('to')}; name that page instead.")
    if Path(page.rel).stem == "index":
        raise EditProblem(
            f"docs/{page.rel} gives its folder its address, and other pages stand in that folder; it stays where it is."
        )


def _check(site: Project, page: Page, new: str) -> None:
    place.check_name(new)
    _check_movable(page)
    if Path(new).stem == "index":
        raise EditProblem(f"docs/{new} would stand for its whole folder; choose another name.")
    if page.draft != new.endswith(place.DRAFT):
        told = (
            "run.py publish gives it its final name"
            if page.draft
            else "a published page cannot become a draft again by renaming"
        )
        raise EditProblem(f"docs/{page.rel} {'is a draft' if page.draft else 'is published'}: {told}.")
    if page.kind == "lesson" and f"{new.rpartition('/')[0]}/index.md" not in site.by_rel:
        raise EditProblem(f"A lesson must stay in a part, and docs/{new.rpartition('/')[0]} is none.")
    if other := place.taken(new, site):
        there = site.by_rel.get(other)
        # A page may go back to where it once was.
        leads_back = (
            there is not None and there.kind == "redirect" and there.values.plain.get("to") == page.rel and other == new
        )
        if not leads_back:
            raise EditProblem(f"docs/{other} is there already, and stays. Choose another name.")
