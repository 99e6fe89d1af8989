"""Rules on the form of a page's text, and on its place in the site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .project import Project
from .rule import rule
from .source import Page

Found = Iterator[tuple[int, int, str]]
FoundAt = Iterator[tuple[str, int, int, str]]

HEADINGS = ("The moment", "The idea", "How to do it", "Worked example", "Your turn")
# Kinds of page that are reached by a link or an address of their own and stand in no nav.
_OUTSIDE_NAV = ("redirect",)
# Elements that HTML closes by itself, and those that hold nothing.
_NEED_NO_END_TEXT = (
    "area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr "
    "td th thead tbody tfoot colgroup caption rt rp html head body path circle rect line use"
)
_NEED_NO_END = frozenset(_NEED_NO_END_TEXT.split())
_SNIPPET_BLOCK = re.compile(r"^[ \t]*-+8<-+[ \t]*$", re.M)
# Addresses below which theme and build keep their own files.
_TAKEN = ("assets", "search", "404", "sitemap")
_BLOCK = re.compile(r"^[ \t]*(/{3,})(?:[ \t]*$|[ \t]+(\S[^\n]*)$)", re.M)


@rule(
    "meta-headings",
    on="page",
    kinds=("lesson",),
    fix="use the five headings as they stand in every lesson, spelt the same, in the same order",
)
def headings(page: Page, project: Project) -> Found:
    """A lesson has exactly the five second-level headings, in order: The moment, The idea, How to do it, Worked
    example, Your turn."""
    found = [heading for heading in page.markdown.headings if heading.level <= 2]
    second = [heading for heading in found if heading.level == 2]
    for heading in found:
        if heading.level == 1:
            yield *page.place.of(heading.offset), "has a first-level heading; the title comes from the front matter"
    for at, heading in enumerate(second):
        wanted = HEADINGS[at] if at < len(HEADINGS) else None
        if heading.title != wanted:
            said = f"`## {heading.title}` stands where "
            said += f"`## {wanted}` belongs" if wanted else "no further heading belongs"
            yield *page.place.of(heading.offset), said
            return
    if len(second) < len(HEADINGS):
        last = page.text.rstrip("\n").count("\n") + 1
        yield max(last, page.front_end), 1, f"`## {HEADINGS[len(second)]}` is missing"


@rule(
    "meta-blocks",
    on="page",
    fix="put /// on a line of its own behind the block, with a blank line before and after the block",
)
def blocks(page: Page, project: Project) -> Found:
    """Every block that /// opens is closed by a line /// of its own, and none is closed twice."""
    open_: list[tuple[int, str, str]] = []
    for line in _BLOCK.finditer(page.markdown.bare):
        if line[2]:
            open_.append((line.start(1), line[1], line[2].split("|")[0].strip()))
        elif open_ and line[1] == open_[-1][1]:
            open_.pop()
        else:
            yield *page.place.of(line.start(1)), f"{line[1]} closes a block that is not open"
    for offset, mark, name in open_:
        yield *page.place.of(offset), f"block {name} is not closed; put a line {mark} after its end"


@rule("meta-html", on="page", fix="close what is opened; better, write Markdown")
def html_left_open(page: Page, project: Project) -> Found:
    """HTML in Markdown is closed again: tags in the order in which they were opened, and comments."""
    text = page.markdown.bare
    comment = text.find("<!--", page.body)
    if comment >= 0:
        yield *page.place.of(comment), "opens a comment that is not closed; end it with -->"
    open_: list[tuple[str, int]] = []
    for tag in page.markdown.tags:
        name = tag[1].lower()
        if name in _NEED_NO_END or tag[2].rstrip().endswith("/") or (comment >= 0 and tag.start() > comment):
            continue
        if not tag[0].startswith("</"):
            open_.append((name, tag.start()))
            continue
        if not any(name == opened for opened, _ in open_[-50:]):
            yield *page.place.of(tag.start()), f"</{name}> closes a <{name}> that is not open"
            continue
        while open_[-1][0] != name:
            inner, offset = open_.pop()
            yield *page.place.of(offset), f"<{inner}> is left open; close it with </{inner}>"
        open_.pop()
    for name, offset in open_:
        yield *page.place.of(offset), f"<{name}> is left open; close it with </{name}>"


@rule("meta-snippets", on="page", fix="spell the drawing's name as it stands in overrides/drawings/")
def snippets(page: Page, project: Project) -> Found:
    """A drawing that --8<-- names in its line is there, in one of the folders of its setting base_path."""
    bases = [base.resolve() for base in project.snippet_folders]
    for snippet in page.markdown.snippets:
        name = re.sub(r"(?::-?\d*){1,2}$|:[a-z]\w*$", "", snippet.value)
        if name.startswith(";") or not bases:
            continue
        found = [file for base in bases if (file := (base / name).resolve()).is_relative_to(base) and file.is_file()]
        if not found:
            yield *page.place.of(snippet.offset), f"draws in {name}, which is not there"
    for alone in _SNIPPET_BLOCK.finditer(page.markdown.bare):
        yield (
            *page.place.of(alone.start()),
            "names no drawing; write --8<-- and the name in quotation marks in one line",
        )


@rule(
    "page-not-in-nav", on="project", fix="add its line to nav in mkdocs.yml, or make it a draft by naming it ….draft.md"
)
def not_in_nav(project: Project) -> FoundAt:
    """Every page stands in nav, drafts, redirects and what not_in_nav names excepted."""
    if project.nav is None:
        return
    named = {path for path, _, _ in project.nav}
    spared, drafts = project.patterns("not_in_nav"), project.patterns("draft_docs")
    for page in project.pages:
        if page.rel in named or page.draft or page.kind in _OUTSIDE_NAV:
            continue
        if not spared.match_file(page.rel) and not drafts.match_file(page.rel):
            yield page.path, 1, 1, f"stands in no nav; add {page.rel} to nav in mkdocs.yml"


@rule("page-nav-missing", on="project", fix="correct the path in nav in mkdocs.yml, or delete its line")
def nav_names_nothing(project: Project) -> FoundAt:
    """Every path in nav is that of a page that is there and is no draft."""
    for path, line, column in project.nav or []:
        if re.match(r"[a-z][a-z0-9+.-]*:|/|#", path, re.I):
            continue
        if path not in project.files:
            yield project.named_settings, line, column, f"nav names {path}, which is not there"
        elif path in project.by_rel and project.by_rel[path].draft:
            yield project.named_settings, line, column, f"nav names {path}, which is still a draft"


@rule("page-nav-twice", on="project", fix="delete one of the two lines in nav in mkdocs.yml")
def nav_twice(project: Project) -> FoundAt:
    """No page stands twice in nav: it would have two numbers."""
    first: dict[str, int] = {}
    for path, line, column in project.nav or []:
        if path in first:
            yield (
                project.named_settings,
                line,
                column,
                f"nav names {path} a second time; the first is in line {first[path]}",
            )
        first.setdefault(path, line)


@rule("page-same-address", on="project", fix="rename one of the two with run.py rename")
def same_address(project: Project) -> FoundAt:
    """No two sources become the same page, as x.md and x/index.md would."""
    first: dict[str, Page] = {}
    for page in project.pages:
        stem = re.sub(r"(^|/)(index|readme)$", "", page.rel.rsplit(".", 1)[0], flags=re.I)
        if stem in _TAKEN:
            yield page.path, 1, 1, f"has the address /{stem}/, which the site needs for its own files; rename the page"
        if stem in first:
            yield page.path, 1, 1, f"becomes the same page as {first[stem].path}; rename one of them"
        first.setdefault(stem, page)


@rule("meta-settings", on="project", fix="undo your last change there; indentation is made of spaces, and counts")
def settings(project: Project) -> FoundAt:
    """mkdocs.yml can be read."""
    if project.settings_fault:
        _, line, column, said = project.settings_fault
        yield project.named_settings, line, column, said
