"""From a fault in the built site to the line where it was written.

A line is named only where it is proved: the very destination, id or words stand there, in something
that becomes this kind of element, and no more often than in the built page. Else the built file is named.
"""

from __future__ import annotations

import html
import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from .diagnostic import Diagnostic, quoted
from .link_attributes import ID, Reference, css_addresses
from .markdown import Markdown, Positions
from .rule import Message
from .site import Site
from .sources import Source
from .url_parser import NO_HOST, decoded, parse

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~^-])")
# What each kind of link in Markdown becomes.
_BECOMES = {
    "inline": ("a", "href"),
    "reference": ("a", "href"),
    "autolink": ("a", "href"),
    "image": ("img", "src"),
    "image-reference": ("img", "src"),
}
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style", re.I | re.S)

# Path, line, column, and what is written there (empty: not to be quoted).
Written = tuple[str, int, int, str]


class Finding(NamedTuple):
    """What a rule found in a built file: a reference, an id (as text) or left-over words.

    `number` is how often it stands there; what has the same `key` is the same fault.
    """

    rule: str
    origin: str
    what: Reference | str
    number: int
    message: Message
    key: tuple


def attributed(findings: Iterable[Finding], site: Site) -> Iterator[Diagnostic]:
    """Each finding where it was written; what stands in many built files is named once, with all of them."""
    unproved: dict[tuple, list[Finding]] = {}
    proved: set[tuple] = set()
    for finding in findings:
        found = _where(finding, site)
        if found:
            proved |= {finding.key, _as_written(finding)}
        for path, line, column, written in found or ():
            text = finding.message.text
            if written and not isinstance(finding.what, str):
                # The editor's own words, not what a generator made of them.
                text = text.replace(quoted(finding.what.value), quoted(written))
            yield Diagnostic(path, line, column, text, finding.rule, finding.message.fix)
        if found is None and not finding.message.if_written:
            unproved.setdefault(finding.key, []).append(finding)
    for same in unproved.values():
        by_name = {finding.origin: finding for finding in reversed(same)}
        first, *others = sorted(by_name, key=lambda name: (name.count("/"), name == "404.html", name))
        # Text that is drawn from its own page into another is named at its source alone; what stands
        # on half of all pages comes from a template.
        if not (_drawn(same[0], proved) and len(by_name) * 2 < len(site.pages)):
            text, fix, _ = by_name[first].message
            pages = tuple(shown(site.folder / name) for name in others)
            yield Diagnostic(shown(site.folder / first), None, None, text, same[0].rule, fix, pages)


def of_file(name: str, rule: str, message: Message, site: Site) -> Diagnostic:
    """A fault of a whole built file, named as its source where it has one."""
    source = site.source_by_page.get(name)
    copied = site.sources.copied(name) if site.sources else None
    path, position = (source.path, 1) if source else (shown(copied or site.folder / name), None)
    return Diagnostic(path, position, position, message.text, rule, message.fix)


def shown(path: Path) -> str:
    """A path as people type it: from the current folder if it is below it, else in full."""
    full, here = os.path.abspath(path), os.path.join(os.getcwd(), "")
    return full.removeprefix(here).replace(os.sep, "/")


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
    return any(
        key[0] == finding.rule and isinstance(key[1], str) and finding.what.endswith("-" + key[1]) for key in proved
    )


def _where(finding: Finding, site: Site) -> list[Written] | None:
    """Where a finding was written, None where nothing proves it."""
    source, what = site.source_by_page.get(finding.origin), finding.what
    # A setting or a field can hold a wrong address; for what templates make of a right one it is not the place.
    is_link = isinstance(what, Reference) and finding.rule.startswith("link-")
    if source is None or not source.readable:
        return _in_settings(what, site) if is_link else None
    found = sorted(_in_text(what, source, site))
    if len(found) > finding.number:
        # What is there word for word comes before what a generator may have made into it.
        found = [one for one in found if one[2]] or found
    if finding.rule == "id-duplicate" and found:
        # The first is right; where a template or a heading made the other, each one here is too many.
        found = found[1:] if len(found) >= finding.number else found
    elif len(found) > finding.number:
        return None
    if found:
        return [(source.path, *source.positions.of(offset), written) for offset, written, _ in found]
    drawn = list(_in_snippets(what, source, site))
    if drawn:
        return drawn
    return (_in_fields(finding.origin, what, source, site) or _in_settings(what, site)) if is_link else None


def _in_text(what: Reference | str, source: Source, site: Site) -> Iterator[tuple[int, str, bool]]:
    """The offsets at which a source says what was found, what is written there, and whether it is so word for word."""
    text = source.markdown
    if isinstance(what, str):
        yield from ((written.offset, what, True) for written in text.ids if written.value == what)
        if "[" in what:
            words = r"\s+".join(re.escape(word) for word in what.split())
            yield from ((found.start(), what, True) for found in re.finditer(words, text.bare))
        return
    for written in text.destinations:
        if _becomes(written.value, written.how, what, source, site):
            whole = written.how.split(":")[-1] not in ("srcset", "style", "content") and what.how != ID
            yield written.offset, written.value if whole else "", written.value == what.value
    for style in _STYLE.finditer(text.bare) if what.tag == "style" else ():
        if what.value in css_addresses(style[1]):
            yield style.start(1) + max(style[1].find(what.value), 0), "", True


def _becomes(value: str, how: str, what: Reference, source: Source | None, site: Site) -> bool:
    """Whether what is written becomes the reference that was found."""
    if how in _BECOMES:
        value = _ESCAPED.sub(r"\1", html.unescape(value))
        return (what.tag, what.attribute) == _BECOMES[how] and _same_address(value, what, source, site)
    if not how.startswith("html:"):
        return False
    _, tag, name = how.split(":", 2)
    if tag not in ("*", what.tag) or name != ("content" if what.attribute == "refresh" else what.attribute):
        return False
    value = html.unescape(value)
    if name in ("href", "src"):
        return _same_address(value, what, source, site)
    if name == "style":
        return what.value in css_addresses(value)
    if what.how == ID:
        return what.value in value.split()
    return what.value in re.split(r"[\s,;='\"()]+", value) or value.strip() == what.value


def _same_address(value: str, what: Reference, source: Source | None, site: Site) -> bool:
    """Whether an address in a source is the one that was found: word for word, or as MkDocs adapts it."""
    value = value.strip()
    if value == what.value.strip():
        return True
    url = parse(value)
    if source is None or url is None or url.host != NO_HOST or value.startswith(("/", "\\")):
        return False
    path = re.split(r"[?#]", value)[0]
    if not path and not url.fragment:
        return False
    rel = posixpath.normpath(posixpath.join(posixpath.dirname(source.rel), decoded(path))) if path else source.rel
    page = site.page_by_rel.get(source.rel, "")
    found = site.locate(page, what.value)
    if not found.inside or found.path is None or found.fragment != url.fragment.partition(":~:")[0]:
        return False
    if found.itself:
        return rel == source.rel
    # Where it leads by its name, whether or not anything is there.
    return site.find(found.path) == site.page_by_rel.get(rel, rel) or _bare(found.path) == _bare(rel)


def _bare(path: str) -> str:
    """A page's path without what a generator changes: the ending, the index, the slash."""
    return re.sub(r"(?:^|/)(?:index|README)$", "", re.sub(r"\.(?:md|html)$", "", path.rstrip("/"))).strip("/")


def _in_snippets(what: Reference | str, source: Source, site: Site) -> Iterator[Written]:
    """Where a file that the source draws in says it."""
    for snippet in source.markdown.snippets:
        for folder in site.sources.snippet_folders if site.sources else ():
            file = folder / snippet.value.split(":")[0]
            try:
                text = file.read_text("utf-8")
            except (OSError, ValueError):
                continue
            positions, drawn = Positions(text), Markdown(text)
            for written in drawn.ids if isinstance(what, str) else drawn.destinations:
                if (
                    written.value == what
                    if isinstance(what, str)
                    else _becomes(written.value, written.how, what, None, site)
                ):
                    yield shown(file), *positions.of(written.offset), ""
            break


def _in_fields(origin: str, what: Reference, source: Source, site: Site) -> list[Written]:
    """Where a field before the Markdown names the page to which the reference leads."""
    path = site.locate(origin, what.value).path or ""
    for value, line, column in source.fields():
        same = value.strip() == what.value.strip() and re.search(r"[/.#:]", value)
        if same or (value.endswith(".md") and path and _bare(path) == _bare(value)):
            return [(source.path, line, column, "")]
    return []


def _in_settings(what: Reference, site: Site) -> list[Written] | None:
    """Where the settings hold the address, word for word and once."""
    if site.sources is None or not re.search(r"[/:]", what.value):
        return None
    found = list(site.sources.in_settings(what.value.strip()))
    return [(*found[0], "")] if len(found) == 1 else None
