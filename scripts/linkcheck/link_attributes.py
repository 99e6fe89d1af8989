"""What a page names: files, other pages, ids. Most of it is found by turbohtml; the rest by the tables here.

The tables follow the HTML standard (index of attributes), SVG 2, ARIA 1.2 and the Open Graph protocol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

LINK, LOAD, NAME, HINT, ID = "link", "load", "name", "hint", "id"


class Reference(NamedTuple):
    """Something that names a file or an id.

    `how` is link (a person follows it), load (a browser fetches it), name (it is only said, as by
    canonical), hint (a browser connects to the host) or id (an id of the same document).
    """

    tag: str
    attribute: str
    value: str
    how: str


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


_FOLLOWED = words(
    "a.href a.xlink:href area.href form.action button.formaction input.formaction iframe.src frame.src meta.content"
)
_HOW = {tuple(name.split(".")): LINK for name in _FOLLOWED}
_SAID = ("cite", "longdesc")
_TAKES_SRC = words("img script iframe frame embed video audio source track input bgsound fencedframe")
# What a <link> makes a browser fetch at once; every other kind only says something.
_FETCHED = words("stylesheet icon apple-touch-icon mask-icon manifest preload modulepreload prefetch prerender")
_IDS = {
    "for": "label output",
    "headers": "td th",
    "list": "input",
    "usemap": "img object",
    "popovertarget": "button input",
    "commandfor": "button",
    "form": "button fieldset input label object output select textarea",
    "itemref": "",
} | {
    f"aria-{name}": ""
    for name in words("activedescendant controls describedby details errormessage flowto labelledby owns")
}
IDS = {name: words(tags) for name, tags in _IDS.items()}
PAINT = words("fill stroke filter clip-path mask marker marker-start marker-mid marker-end cursor")
_KINDS = "image|url|video|audio|src|player|see_also|secure_url|stream"
_META = re.compile(
    rf"(?:og|twitter|article|music|video|book|profile):(?:.*:)?(?:{_KINDS})(?::(?:url|src|secure_url|stream))?"
    r"|msapplication-(?:tileimage|config|square\d+x\d+logo|wide\d+x\d+logo|starturl)|thumbnail|image|url",
    re.I,
)
_OTHERS = ",".join([*(f"[{name}]" for name in IDS), "meta[content]", "[style]"])
_PAINTED = ",".join(f'[{name}*="url(" i]' for name in PAINT)


def links(document: Any) -> Iterator[tuple[str, str, str, str]]:
    """The links that the parser finds, as plain tuples of a Reference's fields; those in styles are `others`'."""
    for element, attribute, value in document.links():
        tag = element.tag
        if attribute is None or attribute == "style" or tag == "base" or value[:5].lower() == "data:":
            continue
        if (attribute == "src" and tag not in _TAKES_SRC) or (attribute == "data" and tag != "object"):
            continue
        how = _HOW.get((tag, attribute), NAME if attribute in _SAID else LOAD)
        if tag == "link":
            how = _kind_of_link(text_of(element.attrs.get("rel")))
        elif tag == "input" and attribute == "src" and text_of(element.attrs.get("type")).lower() != "image":
            continue
        elif tag == "meta":
            attribute = "refresh"
        yield tag.lower(), attribute, value, how


def others(document: Any) -> Iterator[tuple[str, str, str, str]]:
    """What the parser does not take for links: ids that are named, pictures to share, styles and paint."""
    for element in document.select(_OTHERS):
        tag, attributes = element.tag.lower(), element.attrs
        for name, value in attributes.items():
            if name in IDS:
                if not IDS[name] or tag in IDS[name]:
                    yield from ((tag, name, word, ID) for word in text_of(value).split())
            elif name == "style":
                yield from _in_style(tag, name, text_of(value))
            elif name == "content" and tag == "meta":
                key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
                if _META.fullmatch(text_of(key)) and text_of(value).strip():
                    yield tag, name, text_of(value), NAME
    for element in document.select("style"):
        yield from _in_style("style", "", element.text)
    if document.select_one("svg"):
        for element in document.select(_PAINTED):
            for name, value in element.attrs.items():
                if name in PAINT:
                    yield from _in_style(element.tag.lower(), name, text_of(value))


def empty(document: Any) -> Iterator[tuple[str, str, str, str]]:
    """Addresses that are empty, which the parser leaves out."""
    for element in document.select("[href],[src],[poster],object[data]"):
        tag, attributes = element.tag.lower(), element.attrs
        for name in ("href", "src", "poster", "data"):
            if name in attributes and not text_of(attributes[name]).strip() and (name != "src" or tag in _TAKES_SRC):
                yield tag, name, "", _HOW.get((tag, name), LOAD)


def _kind_of_link(rel: str) -> str:
    kinds = set(rel.lower().split())
    if kinds & {"preconnect", "dns-prefetch"}:
        return HINT
    return LOAD if kinds & _FETCHED else NAME


def _in_style(tag: str, name: str, style: str) -> Iterator[tuple[str, str, str, str]]:
    if "url" in style.lower() or "import" in style or "image-set" in style:
        yield from ((tag, name, value, LOAD) for value in css_addresses(style))


def text_of(value: Any) -> str:
    """An attribute's value as one text: the parser splits some at white space, and None stands for an empty one."""
    return " ".join(value) if isinstance(value, list) else value or ""


_QUOTED = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
_CSS = re.compile(
    r"/\*.*?(?:\*/|\Z)|@namespace\b[^;{]*|\btype\([^)]*\)"
    rf"|\burl\(\s*({_QUOTED}|(?:[^\s\"'()\\]|\\.)*)\s*(?=[\s)a-z]|\Z)|@import\s+({_QUOTED})"
    rf"|\b(?P<set>(?:-webkit-)?image-set\()|(?P<text>{_QUOTED})|(?P<end>[;{{}}])",
    re.I | re.S,
)
_CSS_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\\n|\\(.)", re.I | re.S)


def css_addresses(style: str) -> Iterator[str]:
    """Every address that a style names: by url(), @import, or as a text of image-set()."""
    in_set = False
    for found in _CSS.finditer(style):
        if found["set"] or found["end"]:
            in_set = bool(found["set"])
        elif value := found[1] or found[2] or (found["text"] if in_set else ""):
            value = _CSS_ESCAPE.sub(_letter, value[1:-1] if value[0] in "\"'" else value)
            if value.strip() and value[:5].lower() != "data:":
                yield value


def _letter(escape: re.Match) -> str:
    code = int(escape[1] or "0", 16)
    if not escape[1]:
        return escape[2] or ""
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
