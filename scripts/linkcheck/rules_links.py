"""Rules on where references lead, on ids, and on files that cannot be read or told apart."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from .diagnostic import quoted
from .link_attributes import Reference
from .rule import Message, rule
from .site import BrokenLink, Site, fold
from .suggestions import did_you_mean
from .url_parser import decoded

_SOURCES = (".md", ".markdown", ".ipynb", ".rst")
# Of pages whose source is not known, only this is certainly left over from Markdown: words, not signs.
_WORDS = re.compile(r"!?\[[^\W\d_]+(?:[ ’'-][^\W\d_]+)*[?!.]?\](?:\[(?:[^\W_]{3,}[\w -]*)?\]|\(.*\))|\[\^\d+\]")
_ONE_WORD = re.compile(r"\[\w+\]\[\w+\]")


@rule("link-outside", on="broken")
def outside(link: BrokenLink, site: Site) -> Message | None:
    """No path climbs out of the site, by too many ../ or past the folder in which it is published."""
    if link.path is not None:
        return None
    value = link.reference.value
    if value.startswith("/") and site.resolver.below != "/" and "/.." not in value:
        return Message(f"{quoted(value)} leads out of the site, which is published below {site.resolver.below}")
    return Message(f"{quoted(value)} climbs out of the site")


@rule("link-unpublished", on="broken")
def unpublished(link: BrokenLink, site: Site) -> Message | None:
    """No link leads to a source that is not published: a Markdown file, a draft."""
    if link.path is None or link.file is not None:
        return None
    if found := _source_behind(link, site):
        kind = "a draft" if found.endswith(".draft.md") else "a source that is left out of the site"
        return Message(f"{quoted(link.reference.value)} leads to {kind}, {found}")
    if not link.path.lower().endswith(_SOURCES):
        return None
    return Message(
        f"{quoted(link.reference.value)} leads to a source that is not there", _likely_source(link, site, ending="")
    )


@rule("link-broken", on="broken")
def broken(link: BrokenLink, site: Site) -> Message | None:
    """Every address of the site leads to a file that is there, capitals included; a folder needs its index."""
    path = link.path
    if path is None or link.file is not None or path.lower().endswith(_SOURCES) or _source_behind(link, site):
        return None
    said = f"{quoted(link.reference.value)} leads to {path or '/'}, which is not there"
    bare = path.rstrip("/")
    if fix := _likely_source(link, site, ending=".md"):
        return Message(said, fix)
    if same := site.folded.get(fold(bare)):
        return Message(f"{said} (capitals count)", did_you_mean(same))
    if bare + ".html" in site.files:
        return Message(said, did_you_mean(bare + ".html"))
    if bare in site.folders:
        return Message(f"{said}: that folder has no index.html")
    return Message(said, did_you_mean(site.likely(path)))


@rule("link-fragment", on="broken")
def fragment(link: BrokenLink, site: Site) -> Message | None:
    """Every #fragment names an id of the page to which it leads."""
    if link.file is None:
        return None
    page = site.pages.get(link.file) or site.data[link.file]
    wanted = decoded(link.fragment)
    likely = site.suggestions.closest(wanted, link.file, (page.ids or frozenset()) | page.names)
    said = f"{quoted(link.reference.value)} leads to the id {wanted}, which {link.file} does not have"
    return Message(said, did_you_mean(likely and f"#{likely}"))


@rule("link-leftover", on="html")
def leftover(name: str, site: Site) -> Iterator[tuple[str, Message]]:
    """No Markdown is left over in the text: [words][reference], [words](address), [^note]."""
    source = site.source_by_page.get(name)
    written = source.markdown.bare if source else ""
    for words in dict.fromkeys(site.pages[name].leftovers):
        if source:
            # Where backslashes say so, it is meant to be read as it stands.
            plainly = re.search(r"(?<!\\)" + re.escape(words), written)
            meant = not plainly and words in written.replace("\\", "")
        else:
            meant = not _WORDS.fullmatch(words) or _ONE_WORD.fullmatch(words) is not None
        if not meant:
            yield (
                words,
                Message(f"{quoted(words)} is left over from Markdown", "define its reference, or put it into Markdown"),
            )


@rule("id-duplicate", on="html")
def duplicate(name: str, site: Site) -> Iterator[tuple[str, Message]]:
    """No id stands twice on a page."""
    for id_, number in site.pages[name].repeated.items():
        if number > 1 and id_.strip():
            yield id_, Message(f"id {id_} stands {number} times on the page")


@rule("id-shape", on="html")
def shape(name: str, site: Site) -> Iterator[tuple[str, Message]]:
    """An id is not empty and holds no white space: no link could lead to it."""
    for id_ in site.pages[name].repeated:
        if not id_.strip() or re.search(r"\s", id_):
            yield id_, Message(f"id {quoted(id_)} is empty or holds white space")


@rule("id-reference", on="id")
def reference_to_id(name: str, site: Site, reference: Reference) -> Message | None:
    """What for, headers, list, usemap or aria-… name is an id (for usemap a map's name) of the same page."""
    page, value = site.pages.get(name), reference.value
    if page is None:
        return None
    if reference.attribute == "usemap":
        known = value.startswith("#") and value[1:] in page.maps
        return None if known else Message(f"usemap names {value}, which is no map of the page")
    if page.ids is None or value in page.ids:
        return None
    return Message(f"{reference.attribute} names the id {value}, which the page does not have")


@rule("link-redirect", on="site")
def redirect_in_a_circle(site: Site) -> Iterator[tuple[str, Message]]:
    """No redirect leads back to itself, by however many steps."""
    leads: dict[str, str] = {}
    for name, page in site.pages.items():
        for reference in page.references:
            # A page that only loads itself anew after a while, as a board of departures does, is none.
            if reference.attribute == "refresh" and reference.value not in ("", "#"):
                found = site.target(name, reference)
                leads |= {name: found} if isinstance(found, str) else {}
    for name in leads:
        at, seen = leads[name], {name}
        while at in leads and at not in seen:
            seen.add(at)
            at = leads[at]
        if at == name:
            by = "to itself" if leads[name] == name else f"in a circle, by {leads[name]}"
            yield name, Message(f"redirects {by}")


@rule("asset-unreadable", on="site")
def unreadable(site: Site) -> Iterator[tuple[str, Message]]:
    """Every file can be read, and what holds addresses for programs makes sense: JSON-LD, manifest, sitemap, SVG."""
    for name, reason in site.unreadable.items():
        yield name, Message(f"cannot be read ({reason}), so nothing in it was checked")
    for name, page in site.documents():
        for reason in page.broken:
            yield name, Message(reason)


@rule("page-case", on="site")
def differ_in_case(site: Site) -> Iterator[tuple[str, Message]]:
    """No two files differ in capitals only: on some systems they are the same file."""
    seen: dict[str, str] = {}
    for path in (*sorted(site.folders), *site.files):
        first = seen.setdefault(fold(path), path)
        if first != path and path in site.files:
            yield path, Message(f"differs from {first} in capitals only", "rename one of them")


def _source_behind(link: BrokenLink, site: Site) -> str:
    """The source that would answer, were it published: a draft, or one that is excluded."""
    files = site.sources.files if site.sources else ()
    stem = (link.path or "").rstrip("/").removesuffix("/index.html").removesuffix(".html")
    written = link.reference.value.partition("#")[0].strip()
    candidates = [f"{stem}.md", f"{stem}/index.md".lstrip("/")]
    if link.origin in site.source_by_page and written.lower().endswith(_SOURCES):
        candidates.append(_from_source(link, site, written))
    return next((rel for rel in candidates if rel in files and rel not in site.page_by_rel), "")


def _likely_source(link: BrokenLink, site: Site, ending: str) -> str:
    """The source that was probably meant, written as a link to it is; with an ending, only that very source."""
    source = site.source_by_page.get(link.origin)
    if source is None or site.sources is None or ":" in link.reference.value:
        return ""
    here = posixpath.dirname(source.rel) or "."
    value = link.reference.value.partition("#")[0].strip()
    if ending:
        bare = value.rstrip("/").removesuffix(".html").removesuffix("/index")
        for rel in (_from_source(link, site, bare + ending), _from_source(link, site, bare + "/index" + ending)):
            if rel in site.page_by_rel:
                return did_you_mean(posixpath.relpath(rel, here))
        return ""
    known = [posixpath.relpath(rel, here) for rel in site.page_by_rel]
    return did_you_mean(site.suggestions.closest(value, ("sources", here), known))


def _from_source(link: BrokenLink, site: Site, value: str) -> str:
    here = posixpath.dirname(site.source_by_page[link.origin].rel)
    return posixpath.normpath(posixpath.join(here, decoded(value)))
