"""What a built page says: its ids, and everything in it that names a file or an id."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import turbohtml

from .link_attributes import ID, LOAD, NAME, Reference, empty, links, others, text_of, words

_SPACE = re.compile(r"\s")
_EMPTY = re.compile(rb"\b(?:href|src|poster|data)\s*(?:=\s*(?:\"\s*\"|'\s*'|[>])|[\s>])", re.I)
# What looks like Markdown that was not turned into a link.
_ADDRESS = r"[^\s()]*[/.#][^\s()]*|#|[a-z]+:[^\s()]+"
_LEFT = re.compile(
    rf"(?<![\w\])\\])!?\[[^\[\]\n]*[^\W\d_][^\[\]\n]*\](?:\[[^\[\]\n]*\]|\((?:{_ADDRESS})\))"
    r"|(?<![\w\])\\])\[\^[^\[\]\s]+\](?!\()"
)
_NO_TEXT = "code,pre,kbd,samp,script,style,textarea,template,noscript,svg,title,var"
_LD_KEYS = words(
    "url @id image logo thumbnailUrl contentUrl embedUrl item sameAs mainEntityOfPage target urlTemplate license"
    " codeRepository downloadUrl installUrl discussionUrl isPartOf"
)

Shared = dict[tuple, Reference]


@dataclass(slots=True)
class Page:
    """A page, or another file that names files.

    `references` holds how often each stands there. `ids` is None where a file has none that could be
    judged. `repeated` are ids that stand there more than once, are empty or hold white space.
    `broken` is what kept it, or a part of it, from being read.
    """

    references: dict[Reference, int] = field(default_factory=dict)
    ids: frozenset[str] | None = None
    repeated: dict[str, int] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    maps: frozenset[str] = frozenset()
    base: str | None = None
    leftovers: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    manifests: list[str] = field(default_factory=list)
    # Addresses for which a file of redirects answers, and whether with all below them.
    answers: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, *references: Reference) -> None:
        """Note references, each time that they stand there."""
        for reference in references:
            self.references[reference] = self.references.get(reference, 0) + 1


def read(data: bytes, shared: Shared | None = None) -> Page:
    """Read a page. `shared` lets pages share what is the same in each, for memory. Never raises."""
    page, shared = Page(), {} if shared is None else shared
    document = turbohtml.parse(data, positions=False)
    # A template is there with its id; what it holds is not, until a script draws it.
    for template in document.select("template"):
        template.clear()
    counts = Counter(links(document))
    counts.update(others(document))
    if _EMPTY.search(data):
        counts.update(empty(document))
    page.references = {
        shared.get(found) or shared.setdefault(found, Reference(*found)): number for found, number in counts.items()
    }
    for element in document.select("link[rel~=manifest i][href]"):
        page.manifests.append(text_of(element.attrs["href"]))
    for element in document.select("script[type],iframe[srcdoc]"):
        _script(element, page) if element.tag == "script" else _frame(element, page)
    if base := document.select_one("base[href]"):
        page.base = text_of(base.attrs["href"]).strip()
    ids = Counter(map(str, document.xpath("//@id")))
    page.ids = frozenset(ids)
    page.names = frozenset(map(str, document.xpath("//a/@name")))
    page.maps = frozenset(map(str, document.xpath("//map/@name")))
    if len(ids) < ids.total() or any(not name or _SPACE.search(name) for name in ids):
        at_once = _at_once(document, ids)
        page.repeated = {name: n for name, n in at_once.items() if n > 1 or not name or _SPACE.search(name)}
    if b"]" in data and (b"][" in data or b"](" in data or b"[^" in data):
        page.leftovers = list(_left_over(document))
    return page


def _at_once(document: Any, ids: Counter[str]) -> Counter[str]:
    """How often each id is there at the same time: with scripts, or, inside noscript, without."""
    without = Counter(map(str, document.xpath("//noscript//@id")))
    return Counter({name: max(number - without[name], without[name]) for name, number in ids.items()})


def _frame(element: Any, page: Page) -> None:
    """The addresses of a page that is written into an attribute."""
    for found, number in read(text_of(element.attrs["srcdoc"]).encode("utf-8", "replace")).references.items():
        if found.how != ID and not found.value.startswith("#"):
            page.references[found] = page.references.get(found, 0) + number


def _script(element: Any, page: Page) -> None:
    """The addresses of structured data and import maps."""
    kind = text_of(element.attrs["type"]).strip().lower()
    if kind not in ("application/ld+json", "importmap"):
        return
    try:
        data = json.loads(element.text)
    except (ValueError, RecursionError) as error:
        page.broken.append(f"a script of type {kind} is no JSON: {error}")
        return
    if kind == "importmap":
        imports = data.get("imports") if isinstance(data, dict) else None
        values = imports.values() if isinstance(imports, dict) else ()
        page.add(*(Reference("script", kind, value, LOAD) for value in values if isinstance(value, str)))
        return
    for value in json_addresses(data, _LD_KEYS):
        # Names without a slash or a dot are terms of the vocabulary.
        if value.startswith(("/", "./", "../", "http:", "https:")):
            # What follows # tells things of one page apart; no element need have it as its id.
            page.add(Reference("script", kind, value.partition("#")[0], NAME))


def json_addresses(data: Any, keys: Collection[str]) -> Iterator[str]:
    """The texts that stand under one of these keys, however deep."""
    waiting: list[tuple[Any, bool]] = [(data, False)]
    while waiting:
        value, named = waiting.pop()
        if isinstance(value, dict):
            waiting += [(item, key in keys) for key, item in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(item, named) for item in reversed(value)]
        elif named and isinstance(value, str) and value.strip() and "{" not in value:
            yield value


def _left_over(document: Any) -> Iterator[str]:
    """Text that looks like a Markdown link and is not code. Changes the document, so it comes late."""
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
        yield from (text_of(value) for name, value in element.attrs.items() if name.startswith("data-"))
