"""Files that are no pages and still name files: CSS, SVG, XML, JSON and plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from . import html_page
from .html_page import Page, json_addresses
from .link_attributes import LOAD, NAME, Reference, css_addresses

_MANIFEST_KEYS = {"src", "start_url", "scope", "url", "action"}
_XML_TEXT = {"loc", "link", "url", "comments", "image", "icon", "logo", "guid"}
_XML_ATTRIBUTES = {"href", "src", "url", "template"}

Reader = Callable[[Page, str, str], None]


def reader_of(name: str) -> Reader | None:
    """What reads a file of this name, None for one that names nothing."""
    last = name.rpartition("/")[2].lower()
    return next((read for pattern, read in _READERS if re.fullmatch(pattern, last)), None)


def read(name: str, data: bytes, reader: Reader) -> Page:
    """What a file says. Never raises; what cannot be read is in `broken`."""
    page = Page()
    reader(page, data.decode("utf-8-sig", "replace"), name)
    return page


def _css(page: Page, text: str, name: str) -> None:
    # In a file of styles, #id means the page that uses it.
    page.add(*(Reference("css", "", value, LOAD) for value in css_addresses(text) if not value.startswith("#")))


def _svg(page: Page, text: str, name: str) -> None:
    # Browsers are strict with a drawing that is a file of its own; what it names is the same as in a page.
    if _xml(page, text) is not None:
        drawn = html_page.read(text.encode())
        page.references, page.ids = drawn.references, drawn.ids


def _feed(page: Page, text: str, name: str) -> None:
    root = _xml(page, text)
    for element in root.iter() if root is not None else ():
        tag = _local(element.tag)
        value = (element.text or "").strip()
        if (
            tag in _XML_TEXT
            and not (tag == "guid" and element.attrib.get("isPermaLink") == "false")
            and re.match(r"(?:https?:)?//|\.{0,2}/|[^\s{}]+\.\w+$", value)
        ):
            page.add(Reference(tag, "", value, NAME))
        for key, value in element.attrib.items():
            if _local(key) in _XML_ATTRIBUTES and value.strip() and "{" not in value:
                page.add(Reference(tag, _local(key), value, NAME))


def _xml(page: Page, text: str) -> ElementTree.Element | None:
    # Entities of its own are what makes XML dangerous; no file here needs them.
    if "<!ENTITY" in text:
        page.broken.append("declares entities, which no file of a site needs")
        return None
    try:
        return ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        page.broken.append(f"is no XML that can be read: {error}")
        return None


def _local(name: Any) -> str:
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def _json(page: Page, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        page.broken.append(f"is no JSON that can be read: {error}")
        return None


def manifest(page: Page, text: str, name: str) -> None:
    """Reads a web app's manifest."""
    page.add(*(Reference("manifest", "", value, LOAD) for value in json_addresses(_json(page, text), _MANIFEST_KEYS)))


def _search_index(page: Page, text: str, name: str) -> None:
    found = _json(page, text)
    entries = found.get("docs") if isinstance(found, dict) else None
    up = "../" * name.count("/")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("location"), str):
            page.add(Reference("search", "", (up + entry["location"]) or "./", NAME))


def _robots(page: Page, text: str, name: str) -> None:
    for found in re.finditer(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", text, re.I | re.M):
        page.add(Reference("robots", "sitemap", found[1], NAME))


def _redirects(page: Page, text: str, name: str) -> None:
    for line in text.splitlines():
        parts = [] if line.lstrip().startswith("#") else line.split()
        if len(parts) >= 2:
            start = parts[0].strip("/")
            page.answers.append((start.removesuffix("*"), start.endswith("*")))
            if not re.search(r":\w+|\*", re.sub(r"^https?:", "", parts[1])):
                page.add(Reference("redirects", "", parts[1], NAME))


_READERS: tuple[tuple[str, Reader], ...] = (
    (r".*\.css", _css),
    (r".*\.svg", _svg),
    (r"search_index\.json", _search_index),
    (r".*\.webmanifest|manifest\.json|site\.manifest", manifest),
    (r".*\.xml", _feed),
    (r"robots\.txt", _robots),
    (r"_redirects", _redirects),
)
