"""Files that are no pages and still name files: CSS, SVG, XML, JSON and plain text."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

from .addresses import LOAD, NAME, Reference, css_addresses, references
from .html import json_addresses

_MANIFEST_KEYS = {"src", "start_url", "scope", "url", "action"}
_XML_TEXT = {"loc", "link", "url", "comments", "image", "icon", "logo", "guid"}
_XML_ATTRIBUTES = {"href", "src", "url", "template"}


class Told:
    """What such a file names: references, ids (None where it can have none), what kept it from being read."""

    __slots__ = ("references", "ids", "broken", "answers")

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.ids: frozenset[str] | None = None
        self.broken: list[str] = []
        # Addresses for which `_redirects` answers, and whether with all below them.
        self.answers: list[tuple[str, bool]] = []


def read_data(name: str, data: bytes | None, manifest: bool = False) -> Told | None:
    """Read a file by its name; without data say whether there is anything to read. Never raises."""
    last = name.rpartition("/")[2].lower()
    reader = next((read for pattern, read in _READERS if re.fullmatch(pattern, last)), None)
    if manifest:
        reader = _manifest
    if reader is None:
        return None
    told = Told()
    if data is not None:
        reader(told, data.decode("utf-8-sig", "replace"), name)
    return told


def _css(told: Told, text: str, name: str) -> None:
    # In a file of styles, #id means the page that uses it.
    told.references = [Reference("css", "", value, LOAD) for _, value in css_addresses(text) if not value.startswith("#")]


def _svg(told: Told, text: str, name: str) -> None:
    root = _xml(told, text)
    ids = set()
    for element in root.iter() if root is not None else ():
        tag, plain = _local(element.tag), {_local(key): value for key, value in element.attrib.items()}
        if "id" in plain:
            ids.add(plain["id"])
        for key, value in element.attrib.items():
            told.references += references(tag, _local(key), value, plain)
        if tag == "style" and element.text:
            told.references += [Reference("style", "", value, LOAD) for _, value in css_addresses(element.text)]
    told.ids = frozenset(ids)


def _feed(told: Told, text: str, name: str) -> None:
    root = _xml(told, text)
    for element in root.iter() if root is not None else ():
        tag = _local(element.tag)
        value = (element.text or "").strip()
        if tag in _XML_TEXT and value and not (tag == "guid" and element.attrib.get("isPermaLink") == "false"):
            if re.match(r"(?:https?:)?//|\.{0,2}/|[^\s{}]+\.\w+$", value):
                told.references.append(Reference(tag, "", value, NAME))
        for key, value in element.attrib.items():
            if _local(key) in _XML_ATTRIBUTES and value.strip() and "{" not in value:
                told.references.append(Reference(tag, _local(key), value, NAME))


def _xml(told: Told, text: str) -> ElementTree.Element | None:
    # Entities of its own are what makes XML dangerous; no file here needs them.
    if "<!ENTITY" in text:
        told.broken.append("declares entities, which no file of a site needs")
        return None
    try:
        return ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        told.broken.append(f"is no XML that can be read: {error}")
        return None


def _local(name: Any) -> str:
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def _json(told: Told, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        told.broken.append(f"is no JSON that can be read: {error}")
        return None


def _manifest(told: Told, text: str, name: str) -> None:
    told.references = [Reference("manifest", "", value, LOAD) for value in json_addresses(_json(told, text), _MANIFEST_KEYS)]


def _search_index(told: Told, text: str, name: str) -> None:
    found = _json(told, text)
    entries = found.get("docs") if isinstance(found, dict) else None
    up = "../" * name.count("/")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("location"), str):
            told.references.append(Reference("search", "", (up + entry["location"]) or "./", NAME))


def _robots(told: Told, text: str, name: str) -> None:
    for found in re.finditer(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", text, re.I | re.M):
        told.references.append(Reference("robots", "sitemap", found[1], NAME))


def _redirects(told: Told, text: str, name: str) -> None:
    for line in text.splitlines():
        parts = line.split("#")[0].split() if line.lstrip().startswith("#") else line.split()
        if len(parts) >= 2:
            start = parts[0].strip("/")
            told.answers.append((start.removesuffix("*"), start.endswith("*")))
            if not re.search(r":\w+|\*", re.sub(r"^https?:", "", parts[1])):
                told.references.append(Reference("redirects", "", parts[1], NAME))


_READERS = (
    (r".*\.css", _css),
    (r".*\.svg", _svg),
    (r"search_index\.json", _search_index),
    (r".*\.webmanifest|manifest\.json|site\.manifest", _manifest),
    (r".*\.xml", _feed),
    (r"robots\.txt", _robots),
    (r"_redirects", _redirects),
)
