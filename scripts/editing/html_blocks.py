"""Turns the elements of a post into blocks of Markdown."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin

from turbohtml import Element, Text

from .post import KEPT_TAGS, Block, escaped

# What an item of a list in Markdown cannot hold without surprises.
_NO_ITEM = "li table, li pre, li blockquote, li hr, li dl, li h1, li h2, li h3, li h4, li h5, li h6"
_EMPHASIS = {"em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**"}
_INLINE = {
    *_EMPHASIS,
    *KEPT_TAGS,
    "a",
    "span",
    "font",
    "code",
    "time",
    "abbr",
    "br",
    "img",
    "wbr",
    "label",
    "tt",
    "big",
    "bdi",
    "bdo",
}
HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Place(NamedTuple):
    """Where the words that follow stand: the kind of block, how deep in lists, an item's number, and whether quoted."""

    how: str = "text"
    level: int = 0
    number: int = 0
    quoted: bool = False


class Walk:
    """Collects blocks from a tree of elements."""

    def __init__(self, base: str) -> None:
        self.found: list[Block] = []
        self._base = base
        self._parts: list[str] = []
        self._place = Place()
        self._pictures: list[str] = []
        self._loose_links: list[str] = []
        self._kept_as_html: list[str] = []

    def notes(self) -> list[str]:
        """What was changed or left out on the way, a sentence each."""
        notes = []
        if self._pictures:
            notes.append(
                f"Left out {len(self._pictures)} pictures: {', '.join(self._pictures[:5])}."
                " Save them below docs/ and put them in by hand."
            )
        notes += [f"Kept as HTML, since Markdown cannot say it: {what}" for what in self._kept_as_html]
        notes += [f"A link without a full address is plain words now: {said}" for said in self._loose_links]
        return notes

    def children(self, element: Element, place: Place) -> None:
        """Take in everything below an element."""
        for child in element.children:
            if isinstance(child, Text):
                if child.data.strip():
                    self._begin_unless(place)
                self._parts.append(child.data if place.how == "code" else escaped(re.sub(r"\s+", " ", child.data)))
            elif isinstance(child, Element):
                self._element(child, place)

    def end(self) -> None:
        """Take what has been read so far for a block."""
        text = "".join(self._parts)
        self._parts = []
        text = text.strip("\n") if self._place.how == "code" else _tidy(text)
        if text.strip():
            self.found.append(Block(self._place.how, text, self._place.level, self._place.number, self._place.quoted))
            if self._place.how == "item":
                # What follows in the same item is a paragraph of its own.
                self._place = self._place._replace(how="text", level=self._place.level + 1, number=0)

    def _begin(self, place: Place) -> None:
        self.end()
        self._place = place

    def _begin_unless(self, place: Place) -> None:
        """Begin a block, unless the words that follow belong to the one that is open: its item, or a paragraph of it."""
        if place != self._place and not self._goes_on(place):
            self._begin(place)

    def _goes_on(self, place: Place) -> bool:
        """Whether an item has begun already, so that what follows is a paragraph of it."""
        return place.how == "item" and self._place.how == "text" and self._place.level == place.level + 1

    def _element(self, element: Element, place: Place) -> None:
        tag = element.tag
        if tag == "img":
            self._pictures.append(
                str(element.attrs.get("alt") or element.attrs.get("src") or "one without a name").rpartition("/")[2]
            )
        elif tag == "br":
            self._parts.append("\n" if place.how == "code" else "<br>")
        elif tag in _INLINE:
            self._begin_unless(place)
            self._inline(element, place)
        elif tag == "hr":
            self._begin(place)
            self.found.append(Block("break"))
        elif tag in ("ul", "ol"):
            self._list(element, place)
        elif tag == "table" and len(element.select("td, th")) > 1:
            self._table(element, place)
        elif tag == "dl":
            for part in element.select("dt, dd"):
                self._block(part, place._replace(how="term" if part.tag == "dt" else "definition"))
        elif tag in HEADINGS:
            self._block(element, Place("heading", HEADINGS[tag]))
        elif tag == "pre":
            self._block(element, Place("code"))
        elif tag == "blockquote":
            self._block(element, place._replace(quoted=True))
        else:
            self.end()
            self._block(element, self._place if self._goes_on(place) else place)

    def _block(self, element: Element, place: Place) -> None:
        self._begin(place)
        self.children(element, place)
        self.end()
        if not self._place.level:
            self._place = Place()

    def _inline(self, element: Element, place: Place) -> None:
        tag = element.tag
        if place.how == "code":
            self.children(element, place)
        elif tag == "code" or tag == "tt":
            ticks = "``" if "`" in element.text else "`"
            self._parts.append(f"{ticks}{element.text}{ticks}" if element.text.strip() else element.text)
        elif tag == "a":
            to = self._full(str(element.attrs.get("href") or ""), element.text)
            self._around("[" if to else "", element, place, f"]({to})" if to else "")
        elif tag in _EMPHASIS:
            self._around(_EMPHASIS[tag], element, place, _EMPHASIS[tag])
        elif tag in KEPT_TAGS:
            self._around(f"<{tag}>", element, place, f"</{tag}>")
        else:
            self.children(element, place)

    def _around(self, before: str, element: Element, place: Place, after: str) -> None:
        """Put marks around an element's words; around nothing they would read as marks."""
        if not element.text.strip() or any(
            child.tag not in _INLINE for child in element.children if isinstance(child, Element)
        ):
            self.children(element, place)
            return
        self._parts.append(before)
        self.children(element, place)
        self._parts.append(after)

    def _list(self, element: Element, place: Place) -> None:
        if any(_is_unusual(each) for each in [element, *element.select("ul, ol")]) or element.select(_NO_ITEM):
            self._as_html(element, place)
            return
        self.end()
        inside = place.level + 1 if place.how == "item" else 0
        numbered = element.tag == "ol"
        before = self.found[-1] if self.found else Block("break")
        if before.how == "item" and not before.level and not inside and (bool(before.number) != numbered or numbered):
            self.found.append(Block("apart", quoted=place.quoted and before.quoted))
        for number, item in enumerate((child for child in element.children if isinstance(child, Element)), 1):
            here = Place("item", inside, number if numbered else 0, place.quoted)
            self._begin(here)
            self.children(item, here)
            self.end()
        self._place = Place("text", inside, 0, place.quoted) if inside else Place()

    def _table(self, element: Element, place: Place) -> None:
        rows = [row.select("th, td") for row in element.select("tr")]
        simple = not element.select("table") and len({len(row) for row in rows}) == 1
        simple = simple and not any(
            name in cell.attrs for row in rows for cell in row for name in ("rowspan", "colspan")
        )
        simple = simple and not element.select("td ul, td ol, td pre, td blockquote, td p + p, caption")
        if not simple:
            self._as_html(element, place)
            return
        cells = [[self._cell(cell) for cell in row] for row in rows]
        if not all(cell.tag == "th" for cell in rows[0]):
            cells.insert(0, [" "] * len(rows[0]))
        lines = [f"| {' | '.join(row)} |" for row in cells]
        lines.insert(1, "|" + "---|" * len(cells[0]))
        self._begin(place)
        self.found.append(Block("table", "\n".join(lines)))

    def _cell(self, cell: Element) -> str:
        inner = Walk(self._base)
        for child in cell.select("p, div"):
            child.unwrap()
        inner.children(cell, Place())
        inner.end()
        self._pictures += inner._pictures
        self._loose_links += inner._loose_links
        return " ".join(block.inline for block in inner.found).replace("|", "\\|") or " "

    def _as_html(self, element: Element, place: Place) -> None:
        """Keep an element as markup, without what a page of this site may not hold."""
        for each in [element, *element.select("*")]:
            for name in list(each.attrs):
                if name not in ("start", "value", "type", "reversed", "href", "colspan", "rowspan", "scope"):
                    del each.attrs[name]
            if each.tag == "img":
                self._pictures.append("one in a table or list")
                each.decompose()
        self._begin(place)
        what = "table" if element.tag == "table" else "list"
        self._kept_as_html.append(f"a {what} that begins “{first_words(element)}”")
        self.found.append(Block("html", re.sub(r"\n\s*\n", "\n", element.html)))

    def _full(self, href: str, said: str) -> str:
        """A link's whole address, or nothing where that is not known."""
        full = urljoin(self._base, href.strip()) if href.strip() else ""
        if re.match(r"(?:https?://|mailto:)\S+$", full):
            return _for_markdown(full)
        if href.strip() and not href.startswith("#"):
            self._loose_links.append(" ".join(said.split()[:6]) or href)
        return ""


def _is_unusual(element: Element) -> bool:
    """Whether a list counts otherwise than from one, or holds something between its items."""
    items = [child for child in element.children if isinstance(child, Element)]
    return (
        str(element.attrs.get("start") or "1") != "1"
        or any(name in element.attrs for name in ("type", "reversed"))
        or any(item.tag != "li" or "value" in item.attrs for item in items)
    )


def _for_markdown(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29")


def _tidy(text: str) -> str:
    """Inline Markdown with single spaces, and marks of emphasis at the words that they belong to."""
    text = re.sub(r"[ \u00a0\t\n]+", " ", text).strip()
    text = re.sub(r"(?:\s*<br>\s*)+$|^(?:\s*<br>\s*)+", "", text)
    for mark in (r"\*\*", r"(?<![*\\])\*(?!\*)"):
        pieces = re.split(f"({mark})", text)
        if len(pieces) % 4 != 1:
            continue  # not in pairs
        for at in range(1, len(pieces), 4):
            said = pieces[at + 1]
            lead, tail = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]
            pieces[at + 1] = said.strip()
            pieces[at - 1] += lead
            pieces[at + 3] = tail + pieces[at + 3]
            if not said.strip():
                pieces[at] = pieces[at + 2] = ""
        text = "".join(pieces)
    return re.sub(r"\[\s*\]\([^)]*\)", "", text).strip()


def first_words(element: Element, most: int = 6) -> str:
    """The first words of an element."""
    words = " ".join(element.strings).split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")
