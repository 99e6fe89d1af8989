"""What a built page says: its ids, and everything in it that names a file or an id.

The parser is turbohtml, which follows the WHATWG HTML standard: measured
against selectolax and lxml it was the fastest and knows where elements stand.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import turbohtml

from .addresses import ID, LOAD, NAME, PAINT, SELECTOR, Reference, css_addresses, references

_PAINTED = ",".join(f'[{name}*="url(" i]' for name in PAINT)
# Elements whose attributes have to be read together.
_TOGETHER = frozenset(("link", "meta", "input", "map", "iframe"))
_SPACE = re.compile(r"\s")
# What looks like Markdown that was not turned into a link.
_LEFT = re.compile(r"(?<![\w\])\\])!?\[[^\[\]\n]*[^\W\d_][^\[\]\n]*\](?:\[[^\[\]\n]*\]|\((?:[^\s()]*[/.#][^\s()]*|#|[a-z]+:[^\s()]+)\))"
                   r"|(?<![\w\])\\])\[\^[^\[\]\s]+\](?!\()")
_NO_TEXT = "code,pre,kbd,samp,script,style,textarea,template,noscript,svg,title,var"
_LD_KEYS = {"url", "@id", "image", "logo", "thumbnailUrl", "contentUrl", "embedUrl", "item", "sameAs", "mainEntityOfPage",
            "target", "urlTemplate", "license", "codeRepository", "downloadUrl", "installUrl", "discussionUrl", "isPartOf"}


Shared = dict[tuple[str, str, str], tuple[Reference, ...]]
Enter = Callable[[Reference], None]


class Html:
    """A page: ids with how often they stand there, map names, references in order, `<base>`, text left over from Markdown."""

    __slots__ = ("ids", "twice", "maps", "references", "counts", "base", "manifests", "left", "broken", "anchors")

    def __init__(self) -> None:
        self.ids: frozenset[str] = frozenset()
        self.twice: dict[str, int] = {}
        self.maps: frozenset[str] = frozenset()
        self.references: tuple[Reference, ...] = ()
        # How often a reference stands there, where that is more than once.
        self.counts: dict[Reference, int] = {}
        self.base: str | None = None
        self.manifests: list[Reference] = []
        self.left: list[str] = []
        self.broken: list[str] = []
        # Names of <a name="">, to which a fragment leads as to an id.
        self.anchors: frozenset[str] = frozenset()


def read(data: bytes, shared: Shared | None = None) -> Html:
    """Read a page. `shared` lets pages share what is the same in each, for speed and memory. Never raises."""
    page, shared = Html(), {} if shared is None else shared
    document = turbohtml.parse(data, positions=False)
    # A template is there with its id; what it holds is not, until a script draws it.
    for template in document.select("template"):
        template.clear()
    # What is most frequent, links and ids, comes in one go: half of the time is saved.
    ids = Counter(map(str, document.xpath("//@id")))
    named: set[str] = set()
    counts: Counter[Reference] = Counter()
    for value, number in Counter(map(str, document.xpath("//a/@href"))).items():
        counts[_first(shared, "a", "href", value)[0]] += number

    def enter(found: Reference) -> None:
        counts[found] += 1

    for element in document.select(SELECTOR):
        tag, attributes = element.tag, element.attrs
        alone = tag not in _TOGETHER
        for name, value in attributes.items():
            if name == "id" or (tag == "a" and name == "href"):
                continue
            if alone and isinstance(value, str):
                # What such an attribute names does not depend on the others.
                counts.update(_first(shared, tag, name, value))
                if name == "name" and tag == "a":
                    named.add(value)
            else:
                _with_others(tag.lower(), name, _plain(attributes), page, enter)
    if document.select_one("svg"):
        _drawn(document, enter)
    for element in document.select("style"):
        for _, address in css_addresses(element.text):
            enter(Reference("style", "", address, LOAD))
    for element in document.select("script[type]"):
        _script(element, page, enter)
    if base := document.select_one("base[href]"):
        page.base = _plain(base.attrs)["href"].strip()
    if b"]" in data and (b"][" in data or b"](" in data or b"[^" in data):
        page.left = list(_left_over(document))
    page.ids, page.anchors = frozenset(ids), frozenset(named)
    page.twice = {name: number for name, number in _at_once(document, ids).items() if number > 1 or not name.strip() or _SPACE.search(name)}
    page.references = tuple(counts)
    page.counts = {found: number for found, number in counts.items() if number > 1}
    return page


def _at_once(document: Any, ids: Counter[str]) -> Counter[str]:
    """How often each id is there at the same time: with scripts, or, inside noscript, without."""
    if document.select_one("noscript [id]") is None:
        return ids
    without = Counter(map(str, document.xpath("//noscript//@id")))
    return Counter({name: max(number - without[name], without[name]) for name, number in ids.items()})


def _first(shared: Shared, tag: str, name: str, value: str) -> tuple[Reference, ...]:
    """What an attribute names, worked out once for all pages."""
    told = shared.get((tag, name, value))
    if told is None:
        told = shared[(tag, name, value)] = tuple(references(tag.lower(), name, value, {}))
    return told


def _with_others(tag: str, name: str, told: dict[str, str], page: Html, enter: Enter) -> None:
    """An attribute whose meaning depends on the element's others."""
    value = told[name]
    if name == "name":
        if tag == "map":
            page.maps |= {value}
    elif name == "srcdoc" and tag == "iframe":
        for found in read(value.encode("utf-8", "replace")).references:
            if found.how != ID and not found.value.startswith("#"):
                enter(found)
    else:
        for found in references(tag, name, value, told):
            enter(found)
            if tag == "link" and "manifest" in told.get("rel", "").lower().split():
                page.manifests.append(found)


def _drawn(document: Any, enter: Enter) -> None:
    """The addresses in drawings: old-style links, and attributes that paint."""
    for element in document.select("[xlink\\:href]"):
        told = _plain(element.attrs)
        for found in references(element.tag.lower(), "xlink:href", told["xlink:href"], told):
            enter(found)
    for element in document.select(_PAINTED):
        for name, value in _plain(element.attrs).items():
            if name in PAINT:
                for found in references(element.tag.lower(), name, value, {}):
                    enter(found)


def _plain(attributes: Any) -> dict[str, str]:
    """Attributes as texts; the parser splits some at white space, and leaves out empty values."""
    return {name: " ".join(value) if isinstance(value, list) else value or "" for name, value in attributes.items()}


def _script(element: Any, page: Html, enter: Enter) -> None:
    """The addresses of structured data and import maps."""
    kind = _plain(element.attrs)["type"].strip().lower()
    if kind not in ("application/ld+json", "importmap"):
        return
    try:
        told = json.loads(element.text)
    except (ValueError, RecursionError) as error:
        page.broken.append(f"a script of type {kind} is no JSON: {error}")
        return
    if kind == "importmap":
        imports = told.get("imports") if isinstance(told, dict) else None
        for value in imports.values() if isinstance(imports, dict) else ():
            if isinstance(value, str):
                enter(Reference("script", kind, value, LOAD))
        return
    for value in json_addresses(told, _LD_KEYS):
        # Names without a slash or a dot are terms of the vocabulary.
        if value.startswith(("/", "./", "../", "http:", "https:")):
            # What follows # tells things of one page apart; no element need have it as its id.
            enter(Reference("script", kind, value.partition("#")[0], NAME))


def json_addresses(told: Any, keys: set[str]) -> Iterator[str]:
    """The texts that stand under one of these keys, however deep."""
    waiting: list[tuple[Any, bool]] = [(told, False)]
    while waiting:
        value, named = waiting.pop()
        if isinstance(value, dict):
            waiting += [(item, key in keys) for key, item in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(item, named) for item in reversed(value)]
        elif named and isinstance(value, str) and value.strip() and "{" not in value:
            yield value


def _left_over(document: Any) -> Iterator[str]:
    """Text that looks like a Markdown link and is not code."""
    body = document.select_one("body")
    if body is None:
        return
    for element in body.select(_NO_TEXT):
        element.decompose()
    for found in _LEFT.finditer(body.text):
        yield found[0]


def data_values(data: bytes) -> Iterator[str]:
    """The values of a page's data attributes."""
    for element in turbohtml.parse(data, positions=False).select("*"):
        for name, value in _plain(element.attrs).items():
            if name.startswith("data-"):
                yield value
