"""Rules on where a reference leads: called for those that lead nowhere."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator

from .files import short
from .rule import rule
from .site import Dead, Site

_SOURCES = (".md", ".markdown", ".ipynb", ".rst")


@rule("link-outside", on="dead")
def outside(dead: Dead, site: Site) -> str | None:
    """No path climbs out of the site, by too many ../ or past the folder in which it is published."""
    if dead.path is not None:
        return None
    if dead.reference.value.strip().startswith("/") and site.below:
        return f"“{short(dead.reference.value)}” leads out of the site, which is published below /{site.below}/"
    return f"“{short(dead.reference.value)}” climbs out of the site"


@rule("link-unpublished", on="dead")
def unpublished(dead: Dead, site: Site) -> str | None:
    """No link leads to a source that is not published: a Markdown file, a draft."""
    if dead.path is None or dead.file is not None:
        return None
    if found := site.unpublished(dead.path) or _source_of(dead, site):
        what = "a draft" if found.endswith(".draft.md") else "a source that is left out of the site"
        return f"“{short(dead.reference.value)}” leads to {what}, {found}"
    if not dead.path.lower().endswith(_SOURCES):
        return None
    return f"“{short(dead.reference.value)}” leads to a source that is not there{_close_source(dead, site)}"


@rule("link-broken", on="dead")
def broken(dead: Dead, site: Site) -> str | None:
    """Every address of the site leads to a file that is there, capitals included; a folder needs its index."""
    if dead.path is None or dead.file is not None or dead.path.lower().endswith(_SOURCES) or site.unpublished(dead.path):
        return None
    said = f"“{short(dead.reference.value)}” leads to {dead.path or '/'}, which is not there"
    # MkDocs puts x.md at x/, one folder deeper than its source; HTML in Markdown is not adapted to that.
    same = site.lower.get(dead.path.casefold()) or site.lower.get(dead.path.rstrip("/").casefold() + "/")
    if same:
        return f"{said} (capitals count); did you mean {same[0]}?"
    if dead.path.rstrip("/") + ".html" in site.files:
        return f"{said}; did you mean {dead.path.rstrip('/')}.html?"
    if any(name.startswith(dead.path.rstrip("/") + "/") for name in site.files):
        return f"{said}: that folder has no index.html"
    return said + site.suggestion(dead.path)


@rule("link-fragment", on="dead")
def fragment(dead: Dead, site: Site) -> str | None:
    """Every #fragment names an id of the page to which it leads."""
    if dead.file is None or dead.fragment is None:
        return None
    page = site.pages.get(dead.file)
    ids = sorted(page.ids | page.anchors if page else site.told[dead.file].ids or ())
    close = difflib.get_close_matches(dead.fragment, ids[:2000], 1, 0.6)
    meant = f"; did you mean #{close[0]}?" if close else ""
    return f"“{short(dead.reference.value)}” leads to the id {dead.fragment}, which {dead.file} does not have{meant}"


@rule("link-leftover", on="html")
def leftover(name: str, site: Site) -> Iterator[tuple[str, str, str]]:
    """No Markdown is left over in the text: [words][reference], [words](address), [^note]."""
    source = site.source_of(name)
    written = source.markdown.bare if source else ""
    for said in dict.fromkeys(site.pages[name].left):
        # Where backslashes say so, it is meant to be read as it stands.
        plainly = re.search(r"(?<!\\)" + re.escape(said), written)
        if source and not plainly and said in written.replace("\\", ""):
            continue
        yield "text", said, f"“{said}” is left over from Markdown: its reference is not defined, or it stands in HTML"


@rule("id-duplicate", on="html")
def duplicate(name: str, site: Site) -> Iterator[tuple[str, str, str]]:
    """No id stands twice on a page."""
    for said, number in site.pages[name].twice.items():
        if number > 1 and said.strip():
            yield "id", said, f"id {said} stands {number} times on the page"


@rule("id-shape", on="html")
def shape(name: str, site: Site) -> Iterator[tuple[str, str, str]]:
    """An id is not empty and holds no white space: no link could lead to it."""
    for said in site.pages[name].twice:
        if not said.strip() or re.search(r"\s", said):
            yield "id", said, f"id “{said}” is empty or holds white space"


@rule("id-reference", on="id")
def reference_to_id(name: str, site: Site, value: str, attribute: str) -> str | None:
    """What for, headers, list, usemap or aria-… name is an id (for usemap a map's name) of the same page."""
    page = site.pages.get(name)
    if page is None:
        return None
    if attribute == "usemap":
        return None if value.startswith("#") and value[1:] in page.maps else f"usemap names {value}, which is no map of the page"
    if value in page.ids:
        return None
    return f"{attribute} names the id {value}, which the page does not have"


@rule("link-redirect", on="site")
def redirect_in_a_circle(site: Site) -> Iterator[tuple[str, str]]:
    """No redirect leads back to itself, by however many steps."""
    leads: dict[str, str] = {}
    for name, page in site.pages.items():
        for reference in page.references:
            found = site.target(name, reference) if reference.attribute == "refresh" else None
            if isinstance(found, str):
                leads[name] = found
    for name in leads:
        at, seen = leads[name], {name}
        while at in leads and at not in seen:
            seen.add(at)
            at = leads[at]
        if at == name and not _reloads(site, name):
            yield name, "redirects to itself" if leads[name] == name else f"redirects in a circle, by {leads[name]}"


def _reloads(site: Site, name: str) -> bool:
    """Whether a page only loads itself anew after a while, as a board of departures does."""
    return any(r.attribute == "refresh" and r.value.strip() in ("", "#") for r in site.pages[name].references)


def _source_of(dead: Dead, site: Site) -> str | None:
    """The source that a dead link to a Markdown file means, as a path below docs."""
    page = site.project and site.source_of(dead.origin)
    if not page or not dead.reference.value.partition("#")[0].strip().lower().endswith(_SOURCES):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.rel), dead.reference.value.strip().partition("#")[0]))
    return path if path in site.project.files else None


def _close_source(dead: Dead, site: Site) -> str:
    if not site.project:
        return ""
    page = site.source_of(dead.origin)
    here = posixpath.dirname(page.rel) if page else ""
    known = {posixpath.relpath(rel, here or "."): rel for rel in site.project.by_rel}
    value = dead.reference.value.strip().partition("#")[0]
    close = difflib.get_close_matches(value, list(known), 1, 0.6)
    return f"; did you mean {close[0]}?" if close else ""
