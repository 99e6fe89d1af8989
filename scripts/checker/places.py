"""From a fault in the built site to the line where it was written.

A line is named only where it is proved: the very destination, id or words
stand there, in something that becomes this kind of element, and no more often
than in the built page. Else the built file is named.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from .address import anchor, parted
from .addresses import ID, Reference, css_addresses, decoded, references
from .files import short, shown
from .rule import Problem
from .site import Site

if TYPE_CHECKING:
    from .project import Project
    from .source import Page

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~^-])")
# What each kind of link in Markdown becomes.
_BECOMES = {"inline": ("a", "href"), "reference": ("a", "href"), "autolink": ("a", "href"), "image": ("img", "src"), "image-reference": ("img", "src")}
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style", re.I | re.S)


# Path, line, column, and what is written there (empty: not to be quoted).
At = tuple[str, int, int, str]


class Finding(NamedTuple):
    """What a rule found in a built file: a reference, an id (as text) or left-over words."""

    rule: str
    origin: str
    what: Reference | str
    number: int
    message: str
    key: tuple


def attributed(findings: list[Finding], site: Site) -> Iterator[Problem]:
    """Each finding as a problem at its place; what stands in many built files is named once."""
    unproved: dict[tuple, list[Finding]] = {}
    proved: set[tuple] = set()
    for finding in findings:
        at = _places(finding, site)
        if at:
            proved |= {finding.key, _as_written(finding)}
        for path, line, column, written in at or ():
            message = finding.message
            if written and not isinstance(finding.what, str):
                # The editor's own words, not what MkDocs made of them.
                message = message.replace(f"“{short(finding.what.value)}”", f"“{short(written)}”")
            yield Problem(path, line, column, message, finding.rule)
        if at is None:
            unproved.setdefault(finding.key, []).append(finding)
    for same in unproved.values():
        names = sorted({finding.origin for finding in same}, key=lambda name: (name.count("/"), name == "404.html", name))
        # Text that is drawn from its own page into another (a part in one piece,
        # for print) is named at its source alone; a template's fault is everywhere.
        if _drawn(same[0], proved) and len(names) * 2 < len(site.pages):
            continue
        more = len(names) - 1
        told = f" (and {more} more {'page' if more == 1 else 'pages'})" if more else ""
        first = next(finding for finding in same if finding.origin == names[0])
        yield Problem(built(site, names[0]), None, None, first.message + told, first.rule)


def _as_written(finding: Finding) -> tuple:
    """What a finding is called wherever it stands: from another folder the same words lead elsewhere."""
    what = finding.what
    return (finding.rule, what) if isinstance(what, str) else (finding.rule, what.tag, what.value)


def _drawn(finding: Finding, proved: set[tuple]) -> bool:
    """Whether the same is proved on another page. A page that draws many puts a word before their ids."""
    if finding.key in proved or _as_written(finding) in proved:
        return True
    if not isinstance(finding.what, str):
        return False
    return any(key[0] == finding.rule and isinstance(key[1], str) and finding.what.endswith("-" + key[1]) for key in proved)


def built(site: Site, name: str) -> str:
    """How a built file is named to people."""
    return shown(site.folder / name)


def _places(finding: Finding, site: Site) -> list[At] | None:
    """Where a finding was written, None where nothing proves it."""
    page = site.source_of(finding.origin)
    # A setting or a field can hold a wrong address; for what templates make of a right one it is not the place.
    named = finding.rule.startswith("link-")
    if page is None or page.unread:
        return _in_settings(finding, site) if named else None
    found = sorted(_written(finding, page, site))
    if len(found) > finding.number:
        # What is there word for word comes before what MkDocs may have made into it.
        found = [one for one in found if one[2]] or found
    if finding.rule == "id-duplicate" and found:
        # The first is right; where a template or a heading made the other, each one here is too many.
        found = found[1:] if len(found) >= finding.number else found
    elif len(found) > finding.number:
        return None
    if found:
        return [(page.path, *page.place.of(offset), written) for offset, written, _ in found]
    drawn = list(_in_snippets(finding, page, site))
    if drawn:
        return drawn
    return (_in_front_matter(finding, page, site) or _in_settings(finding, site)) if named else None


def _written(finding: Finding, page: Page, site: Site) -> Iterator[tuple[int, str, bool]]:
    """The offsets at which the source says what was found, what is written there, and whether it is so word for word."""
    text, what = page.markdown, finding.what
    if isinstance(what, str):
        if finding.rule.startswith("id-"):
            yield from ((written.offset, what, True) for written in text.ids if written.value == what)
        else:
            words = r"\s+".join(re.escape(word) for word in what.split())
            yield from ((found.start(), what, True) for found in re.finditer(words, text.bare))
        return
    for written in text.destinations:
        if _same(written.value, written.how, what, page, site):
            whole = written.how.split(":")[-1] not in ("srcset", "style", "content") and what.how != ID
            yield written.offset, written.value if whole else "", written.value == what.value
    if what.tag == "style":
        for style in _STYLE.finditer(text.bare):
            for offset, value in css_addresses(style[1]):
                if value == what.value:
                    yield style.start(1) + offset, value, True


def _same(value: str, how: str, what: Reference, page: Page | None, site: Site) -> bool:
    """Whether what is written becomes the reference that was found."""
    if how in _BECOMES:
        if (what.tag, what.attribute) != _BECOMES[how]:
            return False
        return _same_address(_ESCAPED.sub(r"\1", html.unescape(value)), what, page, site)
    if how.startswith("html:"):
        _, tag, name = how.split(":", 2)
        attribute = {"refresh": "content"}.get(what.attribute, what.attribute)
        if tag not in ("*", what.tag) or name != attribute:
            return False
        value = html.unescape(value)
        if attribute in ("href", "src"):
            return _same_address(value, what, page, site)
        named = references(what.tag, name, value, {"type": "image", "http-equiv": "refresh" if what.attribute == "refresh" else "", "property": "og:url"})
        return any(reference.value == what.value for reference in named)
    return False


def _same_address(value: str, what: Reference, page: Page | None, site: Site) -> bool:
    """Whether an address in a source is the one that was found: word for word, or as MkDocs adapts it."""
    value = value.strip()
    if value == what.value.strip():
        return True
    if page is None or site.project is None:
        return False
    address = parted(value)
    if address.scheme or address.host is not None or not address.path and address.fragment is None:
        return False
    rel = page.rel
    if address.path:
        if address.path.startswith("/"):
            return False
        rel = posixpath.normpath(posixpath.join(posixpath.dirname(page.rel), decoded(address.path)))
    inside, path, fragment = site.place(site.built.get(page.rel, ""), what.value)
    if not inside or path is None or fragment != anchor(address.fragment):
        return False
    # Where it leads by its name, whether or not anything is there.
    return site.find(path) == site.built.get(rel, rel) or _bare(path) == _bare(rel)


def _bare(path: str) -> str:
    """A page's path without what a generator changes: the ending, the index, the slash."""
    return re.sub(r"(?:^|/)(?:index|README)$", "", re.sub(r"\.(?:md|html)$", "", path.rstrip("/"))).strip("/")


def _in_snippets(finding: Finding, page: Page, site: Site) -> Iterator[At]:
    """Where a file that the source draws in says it."""
    from .markdown import Markdown, Place  # the link check alone starts faster without it

    for snippet in page.markdown.snippets:
        for base in site.project.snippet_folders:
            file = base / snippet.value.split(":")[0]
            try:
                text = file.read_text("utf-8")
            except (OSError, ValueError):
                continue
            place, drawn = Place(text), Markdown(text)
            for written in drawn.ids if isinstance(finding.what, str) else drawn.destinations:
                if isinstance(finding.what, str) and written.value == finding.what or (
                    not isinstance(finding.what, str) and _same(written.value, written.how, finding.what, None, site)):
                    yield shown(file), *place.of(written.offset), ""
            break


def _in_front_matter(finding: Finding, page: Page, site: Site) -> list[At] | None:
    """Where a field of the front matter names the page to which the reference leads."""
    if isinstance(finding.what, str):
        return None
    path = site.place(finding.origin, finding.what.value)[1] or ""
    for at, value in page.values.strings():
        stem = re.sub(r"(?:^|(?<=/))(?:index|readme)$", "", value.removesuffix(".md"), flags=re.I)
        if value.endswith(".md") and path.removesuffix("index.html").removesuffix(".html").strip("/") == stem.strip("/"):
            return [(page.path, *page.values.place(at), "")]
        if value.strip() == finding.what.value.strip() and re.search(r"[/.#:]", value):
            return [(page.path, *page.values.place(at), "")]
    return None


def _in_settings(finding: Finding, site: Site) -> list[At] | None:
    """Where `mkdocs.yml` holds the address, word for word and once."""
    project: Project | None = site.project
    if project is None or isinstance(finding.what, str) or not re.search(r"[/:]", finding.what.value):
        return None
    found = project.settings_saying(finding.what.value.strip())
    return [(project.named_settings, *found[0], "")] if len(found) == 1 else None
