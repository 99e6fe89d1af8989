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


@rule("link-outside", on="broken", fix="take away one ../ or more")
def outside(link: BrokenLink, site: Site) -> Message | None:
    """No path climbs out of the site, by too many ../ or past the folder in which it is published."""
    if link.path is not None:
        return None
    value = link.reference.value
    if value.startswith("/") and site.resolver.below != "/" and "/.." not in value:
        return Message(f"{quoted(value)} leads out of the site, which is published below {site.resolver.below}")
    return Message(f"{quoted(value)} climbs out of the site")


@rule("link-unpublished", on="broken", fix="publish it, or take the link away until then")
def unpublished(link: BrokenLink, site: Site) -> Message | None:
    """No link leads to a source that is not published: a Markdown file, a draft."""
    if link.path is None or link.file is not None:
        return None
    if found := _source_behind(link, site):
        kind = "a draft" if found.endswith(".draft.md") else "a source that is left out of the site"
        return Message(f"{quoted(link.reference.value)} leads to {kind}, {found}")
    if site.sources is None and link.path.lower().endswith(_SOURCES):
        return Message(f"{quoted(link.reference.value)} leads to a source, which is no page of the site")
    return None


@rule("link-broken", on="broken", fix="in Markdown link to the file as seen from your page, such as ../part/page.md")
def broken(link: BrokenLink, site: Site) -> Message | None:
    """Every address of the site leads to a file that is there, capitals included; a folder needs its index."""
    path, value = link.path, link.reference.value
    if path is None or link.file is not None or unpublished(link, site):
        return None
    if path.lower().endswith(_SOURCES):
        return Message(f"{quoted(value)} leads to a page that is not there", _likely_source(link, site))
    said = f"{quoted(value)} leads to {path or '/'}, which is not there"
    bare = path.rstrip("/")
    if source := _same_source(link, site):
        return Message(said, f"link to the file: {source}")
    if same := site.folded.get(fold(bare)):
        why = "capitals count" if same.rstrip("/").lower() == bare.lower() else "its letters are stored in another way"
        return Message(f"{said} ({why})", did_you_mean(same))
    if bare + ".html" in site.files:
        return Message(said, did_you_mean(bare + ".html"))
    if bare in site.folders:
        return Message(f"{said}: that folder has no index.html")
    return Message(said, did_you_mean(site.likely(path)))


@rule("link-fragment", on="broken", fix="copy the part after # from the page it leads to")
def fragment(link: BrokenLink, site: Site) -> Message | None:
    """Every #fragment names an id of the page to which it leads."""
    if link.file is None:
        return None
    page = site.pages.get(link.file) or site.data[link.file]
    wanted = decoded(link.fragment)
    likely = site.suggestions.closest(wanted, link.file, (page.ids or frozenset()) | page.names)
    source = site.source_by_page.get(link.file)
    file = source.rel if source else link.file
    said = f"{quoted(link.reference.value)} leads to the id {wanted}, which {file} does not have"
    return Message(said, did_you_mean(likely and f"#{likely}"))


@rule("link-leftover", on="html", fix="words stand in square brackets, at once the address in round ones")
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


@rule("id-duplicate", on="html", fix="give two headings of one page different words, or change one of the two ids")
def duplicate(name: str, site: Site) -> Iterator[tuple[str, Message]]:
    """No id stands twice on a page."""
    for id_, number in site.pages[name].repeated.items():
        if number > 1 and id_.strip():
            yield id_, Message(f"id {id_} stands {number} times on the page")


@rule("id-shape", on="html", fix="use small letters, figures and hyphens")
def shape(name: str, site: Site) -> Iterator[tuple[str, Message]]:
    """An id is not empty and holds no white space: no link could lead to it."""
    for id_ in site.pages[name].repeated:
        if not id_.strip() or re.search(r"\s", id_):
            yield id_, Message(f"id {quoted(id_)} is empty or holds white space")


@rule("id-reference", on="id", fix="spell the id as it stands where it is defined, on the same page")
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


@rule("link-redirect", on="site", fix="let the field to name the page that is really there")
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


@rule("asset-unreadable", on="site", fix="a stray comma or an unclosed bracket is usual")
def unreadable(site: Site) -> Iterator[tuple[str, Message]]:
    """Every file can be read, and what holds addresses for programs makes sense: JSON-LD, manifest, sitemap, SVG."""
    for name, reason in site.unreadable.items():
        yield name, Message(f"cannot be read ({reason}), so nothing in it was checked")
    for name, page in site.documents():
        for reason in page.broken:
            yield name, Message(reason)


@rule("page-case", on="site", fix="rename one of the two; use small letters only")
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


def _same_source(link: BrokenLink, site: Site) -> str:
    """The source to which a link without its ending leads, or with that of its page, written as a link to it is."""
    source, value = site.source_by_page.get(link.origin), link.reference.value.partition("#")[0].strip()
    if source is None or ":" in value or link.reference.attribute != "href":
        return ""
    bare = value.rstrip("/").removesuffix(".html").removesuffix("/index")
    for name in (f"{bare}.md", f"{bare}/index.md"):
        rel = _from_source(link, site, name)
        if rel in site.page_by_rel:
            return posixpath.relpath(rel, posixpath.dirname(source.rel) or ".")
    return ""


def _likely_source(link: BrokenLink, site: Site) -> str:
    """The source that was probably meant by one that is not there, written as a link to it is."""
    source = site.source_by_page.get(link.origin)
    if source is None:
        return ""
    here = posixpath.dirname(source.rel) or "."
    stem, ending = posixpath.splitext(link.reference.value.partition("#")[0].strip())
    known = [posixpath.relpath(rel, here).removesuffix(ending) for rel in site.page_by_rel if rel.endswith(ending)]
    group = ("sources", here, ending)
    likely = site.suggestions.closest(stem, group, known, 0.7) or site.suggestions.same_end(stem, group, known)
    return did_you_mean(likely and likely + ending)


def _from_source(link: BrokenLink, site: Site, value: str) -> str:
    here = posixpath.dirname(site.source_by_page[link.origin].rel)
    return posixpath.normpath(posixpath.join(here, decoded(value)))
