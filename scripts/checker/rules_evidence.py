"""Rules on facts: their footnotes, and their one home, the evidence page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from .contract import schema
from .project import Project
from .rule import rule
from .source import Page

EVIDENCE = "evidence.md"
_FACT = re.compile(r"[a-z]\d{1,3}[a-z]?")


@rule(
    "prose-footnote",
    on="page",
    kinds=("lesson",),
    fix="write it as the guide shows under Footnotes, defined once at the end of the file",
)
def footnote(page: Page, project: Project) -> Iterator[tuple[int, int, str]]:
    """A lesson's footnote [^f4] links to its entry, evidence.md#f4, and to the source; called, and defined once."""
    used = {note[1] for note in page.markdown.notes_used}
    seen: set[str] = set()
    for note in page.markdown.notes:
        place = page.place.of(note.start() + len(note[0]) - len(note[0].lstrip()))
        name = note[1]
        if name in seen:
            yield *place, f"footnote [^{name}] is defined a second time"
        seen.add(name)
        if name not in used:
            yield *place, f"footnote [^{name}] is called nowhere in the text"
        inside = [to.value for _, _, _, to in page.markdown.inline if note.start() <= to.offset < note.end()]
        if not any(_leads_to(page, value) == (EVIDENCE, name) for value in inside):
            up = "../" * page.rel.count("/")
            yield *place, f"footnote [^{name}] does not link to {up}{EVIDENCE}#{name}"
        if not any(re.match(r"https?://", value) for value in inside):
            yield *place, f"footnote [^{name}] does not link to its source"
    for note in page.markdown.notes_used:
        if note[1] not in seen:
            yield *page.place.of(note.start()), f"footnote [^{note[1]}] is called and not defined"


@rule(
    "prose-evidence", on="project", fix="in docs/evidence.md add or take away the page behind “Used in” of that entry"
)
def used_in(project: Project) -> Iterator[tuple[str, int, int, str]]:
    """The list “Used in” of each entry of the evidence page names the pages that cite it, no more and no fewer."""
    evidence = project.by_rel.get(EVIDENCE)
    if evidence is None:
        return
    cited: dict[str, list[Page]] = {}
    for page in project.pages:
        if page.kind != "redirect" and not page.draft and page is not evidence:
            for name in _cited(page):
                cited.setdefault(name, []).append(page)
    entries = _entries(evidence)
    for name, pages in sorted(cited.items()):
        note = next((n for n in pages[0].markdown.notes_used if n[1] == name), None)
        # A link to an entry that is not there is a broken link, and said as one.
        if name not in entries and note is not None:
            yield (
                pages[0].path,
                *pages[0].place.of(note.start()),
                f"footnote [^{name}] has no entry #{name} in {evidence.path}",
            )
    for name, (start, end) in entries.items():
        told = re.compile(r"Used[ \0]in\b").search(evidence.markdown.bare, start, end)
        listed, at = set(), evidence.place.of(start)
        if told:
            at = evidence.place.of(told.start())
            stop = re.compile(r"\n[ \t]*\n|\Z").search(evidence.markdown.bare, told.end())
            for _, _, _, to in evidence.markdown.inline:
                if told.start() <= to.offset < stop.start():
                    listed.add(_leads_to(evidence, to.value)[0])
        using = {page.rel for page in cited.get(name, [])}
        # What could not be read may well cite it; that it cannot be read is said elsewhere.
        using |= {page.rel for page in project.pages if page.rel in listed and page.kind not in schema()["$defs"]}
        for rel in sorted(using - listed):
            yield evidence.path, *at, f"entry {name}: “Used in” does not name {rel}, which cites it"
        for rel in sorted(listed - using):
            yield evidence.path, *at, f"entry {name}: “Used in” names {rel}, which does not cite it"


def _entries(evidence: Page) -> dict[str, tuple[int, int]]:
    """The entries by name, each with the span of its text: from its id to the next entry's or the next heading."""
    text = evidence.markdown
    starts = sorted((written.offset, written.value) for written in text.ids if _FACT.fullmatch(written.value))
    stops = sorted([offset for offset, _ in starts] + [h.offset for h in text.headings] + [len(evidence.text)])
    return {name: (offset, next(stop for stop in stops if stop > offset)) for offset, name in starts}


def _cited(page: Page) -> set[str]:
    """The entries that a page uses: by a footnote, or by a link to one."""
    linked = (_leads_to(page, to.value) for _, _, _, to in page.markdown.inline)
    return {note[1] for note in page.markdown.notes_used} | {
        name for rel, name in linked if rel == EVIDENCE and _FACT.fullmatch(name)
    }


def _leads_to(page: Page, destination: str) -> tuple[str, str]:
    """A link of a page as the path below docs and the fragment."""
    try:
        parts = urlsplit(destination)
    except ValueError:
        return "", ""
    if parts.scheme or parts.netloc:
        return "", ""
    path = unquote(parts.path)
    rel = posixpath.normpath(posixpath.join(posixpath.dirname(page.rel), path)) if path else page.rel
    return rel, unquote(parts.fragment)
