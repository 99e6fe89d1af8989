"""Rules that keep words from becoming code: scripts and styles come from overrides/ alone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from sources import forbidden

from .project import Project
from .rule import rule
from .source import Page

Found = Iterator[tuple[int, int, str]]
FoundAt = Iterator[tuple[str, int, int, str]]

# Elements that run, load, send or take a page over.
_ACTIVE_TEXT = (
    "script style iframe frame frameset object embed applet base meta link form portal fencedframe "
    "animate set foreignobject dialog template slot"
)
_ACTIVE = frozenset(_ACTIVE_TEXT.split())
_ORDER = re.compile(r"[\s\"'/](on[a-z]{3,}|style|srcdoc|formaction|http-equiv)\s*=", re.I)
_RUNS = re.compile(r"(?:javascript|vbscript|livescript|data:(?!image/(?:png|jpe?g|gif|webp|avif)\b))[^,\s]*:?", re.I)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")
_LINE = re.compile(r"([^:]+):(\d+):(\d+)  (.*?)\.?", re.S)


@rule("code-html", on="page", fix="write it in Markdown; scripts, styles and forms belong into overrides/")
def active_html(page: Page, project: Project) -> Found:
    """No HTML in Markdown runs, loads, sends or takes the page over: script, style, frame, form, meta, on…."""
    for tag in page.markdown.tags:
        name = tag[1].lower()
        if tag[0].startswith("</"):
            continue
        if name in _ACTIVE:
            yield *page.place.of(tag.start()), f"<{name}> could run, or take the page over"
        elif order := _ORDER.search(tag[2]):
            yield *page.place.of(tag.start(2) + order.start(1)), f"the attribute {order[1]} could run as code"


@rule("code-address", on="page", fix="link to a page or a file")
def active_address(page: Page, project: Project) -> Found:
    """No link runs as code or brings its own page along: javascript:, vbscript:, data:."""
    for written in page.markdown.destinations:
        if found := _RUNS.match(_UNSEEN.sub("", html.unescape(written.value))):
            yield *page.place.of(written.offset), f"{found[0].partition(':')[0]}: in an address could run as code"


@rule("code-file", on="project", fix="take the file out of docs/, or what is named out of the file")
def active_file(project: Project) -> FoundAt:
    """docs/ holds no page of HTML, script, style, active drawing, file for a host, or link that leads out of it."""
    if project.docs.name != "docs":
        return
    for line in forbidden(project.root):
        found = _LINE.fullmatch(line)
        if found and not found[1].endswith((".md", ".yml")):
            yield found[1], int(found[2]), int(found[3]), found[4]
