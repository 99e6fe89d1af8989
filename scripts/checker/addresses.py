"""Where HTML, SVG and CSS can name a file or an id, and how an address is read.

The tables follow the HTML standard (index of attributes), SVG 2 and ARIA 1.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

LINK, LOAD, NAME, HINT, ID = "link", "load", "name", "hint", "id"


class Reference(NamedTuple):
    """Something that names a file or an id.

    `how` is link (a person follows it), load (a browser fetches it), name (it
    is only said, as by canonical), hint (a browser connects to the host) or id
    (an id of the same document).
    """

    tag: str
    attribute: str
    value: str
    how: str


_SVG = "a use image textpath mpath lineargradient radialgradient pattern filter feimage animate animatemotion animatetransform set script cursor"
_SRC = "img script iframe frame embed video audio source track input"
# Attribute -> the elements on which it is an address (empty: on all).
_ONE = {
    "href": f"a area link {_SVG}", "xlink:href": _SVG, "src": _SRC, "data": "object", "poster": "video",
    "action": "form", "formaction": "button input", "cite": "blockquote q ins del", "longdesc": "img iframe frame",
    "background": "body table thead tbody tfoot tr td th", "manifest": "html",
}
_FOLLOWED = {("a", "href"), ("a", "xlink:href"), ("area", "href"), ("form", "action"), ("button", "formaction"), ("input", "formaction"),
             ("iframe", "src"), ("frame", "src")}
_SAID = {"cite", "longdesc", "manifest"}
# What a <link> makes a browser fetch at once; every other kind only says something.
_FETCHED = {"stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "modulepreload", "prefetch", "prerender"}
_IDS = {
    "for": "label output", "headers": "td th", "list": "input", "popovertarget": "button input", "commandfor": "button",
    "form": "button fieldset input label object output select textarea", "itemref": "", "aria-activedescendant": "",
    "aria-controls": "", "aria-describedby": "", "aria-details": "", "aria-errormessage": "", "aria-flowto": "",
    "aria-labelledby": "", "aria-owns": "",
}
PAINT = "fill stroke filter clip-path mask marker marker-start marker-mid marker-end cursor".split()
_META = re.compile(r"(?:og|twitter|article|music|video|book|profile):(?:.*:)?(?:image|url|video|audio|src|player|see_also|secure_url|stream)(?::(?:url|src|secure_url|stream))?"
                   r"|msapplication-(?:tileimage|config|square\d+x\d+logo|wide\d+x\d+logo|starturl)|thumbnail|image|url", re.I)
_REFRESH = re.compile(r"\s*[\d.]*\s*(?:[;,]\s*|\s+)(?:url\s*=\s*)?(.*)", re.I | re.S)

ONE = {name: frozenset(tags.split()) for name, tags in _ONE.items()}
IDS = {name: frozenset(tags.split()) for name, tags in _IDS.items()}
# What a page is searched for, beside ids and links.
SELECTOR = ",".join(
    [f"[{name}]" for name in (*(n for n in ONE if n not in ("href", "xlink:href")), "srcset", "imagesrcset", "ping", "usemap", "style", "srcdoc", *IDS)]
    + ["a[name]", "map[name]", "meta[content]", "link[href]", "area[href]", "svg [href]"]
)


def references(tag: str, name: str, value: str, told: dict) -> Iterator[Reference]:
    """What one attribute names. `told` holds the element's other attributes."""
    if value[:5].lower() == "data:":
        return
    if name in ONE:
        if tag in ONE[name] and not (tag == "input" and name == "src" and told.get("type", "").lower() != "image"):
            yield Reference(tag, name, value, _how(tag, name, told))
    elif name in IDS:
        if not IDS[name] or tag in IDS[name]:
            for word in value.split():
                yield Reference(tag, name, word, ID)
    elif name in ("srcset", "imagesrcset"):
        for address in candidates(value):
            yield Reference(tag, name, address, LOAD)
    elif name == "ping" and tag in ("a", "area"):
        for address in value.split():
            yield Reference(tag, name, address, LOAD)
    elif name == "usemap":
        yield Reference(tag, name, value.strip(), ID)
    elif name == "style" or name in PAINT:
        if "url" in value.lower() or "image-set" in value.lower():
            for _, address in css_addresses(value):
                yield Reference(tag, name, address, LOAD)
    elif name == "content" and tag == "meta":
        if told.get("http-equiv", "").lower() == "refresh":
            found = _REFRESH.fullmatch(value)
            if found and found[1].strip():
                yield Reference(tag, "refresh", unquoted(found[1].strip()), LINK)
        elif _META.fullmatch(told.get("property") or told.get("name") or told.get("itemprop") or "") and value.strip():
            yield Reference(tag, name, value, NAME)


def _how(tag: str, name: str, told: dict) -> str:
    if tag == "link":
        kinds = set(told.get("rel", "").lower().split())
        if kinds & {"preconnect", "dns-prefetch"}:
            return HINT
        return LOAD if kinds & _FETCHED else NAME
    if name in _SAID:
        return NAME
    return LINK if (tag, name) in _FOLLOWED else LOAD


def unquoted(value: str) -> str:
    """The address of a meta refresh without its quotation marks."""
    if value[0] in "\"'":
        return value[1:].split(value[0])[0]
    return value


def candidates(value: str) -> list[str]:
    """The addresses of a `srcset`, taken apart as the HTML standard says."""
    found, at = [], 0
    while True:
        while at < len(value) and (value[at].isspace() or value[at] == ","):
            at += 1
        if at >= len(value):
            return found
        start = at
        while at < len(value) and not value[at].isspace():
            at += 1
        address = value[start:at]
        if address.endswith(","):
            found.append(address.rstrip(","))
            continue
        found.append(address)
        depth = 0
        while at < len(value) and (value[at] != "," or depth):
            depth += (value[at] == "(") - (value[at] == ")" and depth > 0)
            at += 1


_CSS = re.compile(
    r"/\*.*?(?:\*/|\Z)"  # a comment
    r"|\burl\(\s*(?:\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|((?:[^\s\"'()\\]|\\.)*))\s*(?=[\s)a-z]|\Z)"
    r"|@import\s+(?:\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)')"
    r"|@namespace\b[^;{]*"
    r"|\b(?:-webkit-)?image-set\("
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
    r"|[()]",
    re.I | re.S,
)
_CSS_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.I | re.S)


def css_addresses(text: str) -> Iterator[tuple[int, str]]:
    """Every address that a style names, with its offset: url(), @import, image-set()."""
    sets: list[int] = []
    depth = 0
    for found in _CSS.finditer(text):
        said = found[0]
        if said == "(":
            depth += 1
        elif said == ")":
            depth -= 1
            if sets and depth < sets[-1]:
                sets.pop()
        elif said.lower().endswith("image-set("):
            depth += 1
            sets.append(depth)
        elif found.lastindex:
            if said.lower().startswith("url"):
                depth += 1
            yield found.start(found.lastindex), css_text(found[found.lastindex])
        elif said[0] in "\"'" and sets and depth == sets[-1] and not text[max(0, found.start() - 8) : found.start()].rstrip().endswith("type("):
            yield found.start() + 1, css_text(said[1:-1])
        elif said.lower().startswith("url"):
            depth += 1


def css_text(value: str) -> str:
    """A text of CSS with its escapes taken away."""

    def letter(escape: re.Match) -> str:
        if escape[2] is not None:
            return escape[2].replace("\n", "")
        code = int(escape[1], 16)
        return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"

    return _CSS_ESCAPE.sub(letter, value)


def decoded(path: str) -> str:
    """A path with its percent-encoding taken away, once. Bytes that are no UTF-8 are kept as they are on disk."""
    if "%" not in path:
        return path
    return unquote_to_bytes(path).decode("utf-8", "surrogateescape")
