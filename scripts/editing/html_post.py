"""Takes a post apart that was saved as a web page."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin

import turbohtml
from turbohtml import Element, Text

from .files import EditProblem
from .post import KEPT_TAGS, Block, escaped

# Parts of a page that are no part of a post, whatever stands in them.
_NO_WORDS = "script, style, noscript, template, link, meta, title"
_AROUND = "nav, aside, footer, form, button, select, dialog, svg"
# Classes and ids of what blogs put below a post: bars for sharing, other posts, comments.
_BELOW = re.compile(
    r"(?:^|[-_ ])(?:shar(?:e|ing|edaddy)|social|addtoany|related(?:posts)?|newsletter|breadcrumbs?|post-navigation"
    r"|comments?-(?:area|list|form)|respond)(?:[-_ ]|$)",
    re.I,
)
_BELOW_HEADING = re.compile(
    r"(?:share (?:this|on|via)\b.{0,20}|related(?: posts| articles)?|you (?:may|might) also like|like this)\W*", re.I
)
# What an item of a list in Markdown cannot hold without surprises.
_NO_ITEM = "li table, li pre, li blockquote, li hr, li dl, li h1, li h2, li h3, li h4, li h5, li h6"
_FRAMES = "iframe, embed, object, video, audio"
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
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Elements that hold a post, the surest first.
_HOLDERS = (
    ".entry-content",
    ".post-content",
    ".article-body",
    ".post-body",
    "[itemprop=articleBody]",
    "article",
    "main",
)
# No post is nested deeper; markup made to be slow is.
_DEEPEST = 200


class Read(NamedTuple):
    """What a web page holds: blocks, what its head says, and sentences on what was left out or changed."""

    blocks: list[Block]
    head: dict[str, str]
    notes: list[str]
    post: Element


def blocks(text: str) -> Read:
    """The post in a web page. Raises EditProblem where its markup is nested beyond reason."""
    document = turbohtml.parse(text)
    if _depth(document.root) > _DEEPEST:
        raise EditProblem(f"The page is nested more than {_DEEPEST} elements deep; save the post alone and try again.")
    head = _head(document)
    for each in document.select(_NO_WORDS):
        each.decompose()
    all_words = _words(document.root)
    post = _post(document)
    around = all_words - _words(post)
    for each in post.select(_AROUND):
        around += _words(each)
        each.decompose()
    notes = [f"Left out {around} words of the web page around the post, such as menus."] if around else []
    _leave_out_below(post, notes)
    _frames_to_links(post, head.get("base", ""), notes)
    walk = _Walk(head.get("base", ""))
    walk.children(post, _Place())
    walk.end()
    return Read(walk.found, head, notes + walk.notes(), post)


def _words(element: Element) -> int:
    return sum(len(text.split()) for text in element.strings)


def _said(element: Element, most: int = 6) -> str:
    """The first words of an element."""
    words = " ".join(element.strings).split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")


def _frames_to_links(post: Element, base: str, notes: list[str]) -> None:
    """Put a link in place of every frame, film and sound: they come from other sites, and a page loads nothing from those."""
    for frame in post.select(_FRAMES):
        source = next(
            (
                each
                for each in [frame, *frame.select("source, embed")]
                if each.attrs.get("src") or each.attrs.get("data")
            ),
            None,
        )
        to = urljoin(base, str(source.attrs.get("src") or source.attrs.get("data"))) if source is not None else ""
        if not re.match(r"https?://\S+$", to):
            notes.append(f"Left out a frame without a full address: {_said(frame) or to or 'it is empty'}")
            frame.decompose()
            continue
        notes.append(f"A frame of another page became a link: {to}")
        link = turbohtml.parse_fragment("<p><a></a></p>").select_one("p")
        link.select_one("a").attrs["href"] = to
        link.select_one("a").set_text(str(frame.attrs.get("title") or "").strip() or to)
        frame.replace_with(link)


def _head(document: turbohtml.Document) -> dict[str, str]:
    """What the page's head says: meta fields by name, title, author, time, and the address that links start from."""
    head: dict[str, str] = {}
    for meta in document.select("meta[content]"):
        head.setdefault(
            str(meta.attrs.get("property") or meta.attrs.get("name") or "").lower(), str(meta.attrs["content"])
        )
    told = document.article()
    base = document.select_one("base[href], link[rel=canonical][href]")
    named = document.select_one("title")
    for name, value in {
        "title": named.text.strip() if named else "",
        "author": told.byline or "",
        "time": told.date or "",
        "base": str(base.attrs["href"]) if base else "",
    }.items():
        if value:
            head.setdefault(name, value)
    return head


def _post(document: turbohtml.Document) -> Element:
    """The element that holds the post: by its name, else what a reader mode would choose, else the whole body."""
    body = document.select_one("body") or document.root
    for holder in _HOLDERS:
        if found := document.select(holder):
            best = max(found, key=lambda each: len(each.text))
            # Title and by-line usually stand beside what calls itself the content.
            around = best.closest("article, main") or best
            return around if holder.startswith((".", "[")) else best
    return document.article().element if not document.select_one("h1") and document.article().element else body


def _leave_out_below(post: Element, notes: list[str]) -> None:
    """Take bars for sharing and lists of other posts out of the post, and say so for each."""
    limit = _words(post) / 2
    for each in post.select("*"):
        named = " ".join([*(each.attrs.get("class") or []), str(each.attrs.get("id") or "")])
        if each.parent is not None and each is not post and _BELOW.search(named) and _words(each) < limit:
            _left_out(" ".join(each.strings), notes)
            each.decompose()
    for each in post.select("h2, h3, h4, h5, h6, p, div, strong"):
        if each.parent is None or not _BELOW_HEADING.fullmatch(each.text.strip()):
            continue
        said = " ".join(each.strings)
        follows = each.next_sibling
        while follows is not None and (isinstance(follows, Text) and not follows.data.strip() or _only_links(follows)):
            follows, gone = follows.next_sibling, follows
            if isinstance(gone, Element):
                said += " " + " ".join(gone.strings)
                gone.decompose()
        _left_out(said, notes)
        each.decompose()


def _left_out(text: str, notes: list[str]) -> None:
    said = text.split()
    if said:
        notes.append(
            f"Left out {len(said)} words below or beside the post: {' '.join(said[:8])}{' …' if len(said) > 8 else ''}"
        )


def _only_links(node: object) -> bool:
    """Whether an element is a list, or a bar, of links and nothing else."""
    if not isinstance(node, Element) or node.tag in _HEADINGS:
        return False
    return bool(node.select("a")) and sum(_words(each) for each in node.select("a")) == _words(node)


def _depth(root: Element) -> int:
    deepest, stack = 0, [(root, 1)]
    while stack:
        element, depth = stack.pop()
        deepest = max(deepest, depth)
        stack += [(child, depth + 1) for child in element.children if isinstance(child, Element)]
    return deepest


class _Place(NamedTuple):
    """Where the words that follow stand: the kind of block, how deep in lists, an item's number, and whether quoted."""

    how: str = "text"
    level: int = 0
    number: int = 0
    quoted: bool = False


class _Walk:
    """Collects blocks from a tree of elements."""

    def __init__(self, base: str) -> None:
        self.found: list[Block] = []
        self._base = base
        self._parts: list[str] = []
        self._place = _Place()
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

    def children(self, element: Element, place: _Place) -> None:
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

    def _begin(self, place: _Place) -> None:
        self.end()
        self._place = place

    def _begin_unless(self, place: _Place) -> None:
        """Begin a block, unless the words that follow belong to the one that is open: its item, or a paragraph of it."""
        if place != self._place and not self._goes_on(place):
            self._begin(place)

    def _goes_on(self, place: _Place) -> bool:
        """Whether an item has begun already, so that what follows is a paragraph of it."""
        return place.how == "item" and self._place.how == "text" and self._place.level == place.level + 1

    def _element(self, element: Element, place: _Place) -> None:
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
        elif tag in _HEADINGS:
            self._block(element, _Place("heading", _HEADINGS[tag]))
        elif tag == "pre":
            self._block(element, _Place("code"))
        elif tag == "blockquote":
            self._block(element, place._replace(quoted=True))
        else:
            self.end()
            self._block(element, self._place if self._goes_on(place) else place)

    def _block(self, element: Element, place: _Place) -> None:
        self._begin(place)
        self.children(element, place)
        self.end()
        if not self._place.level:
            self._place = _Place()

    def _inline(self, element: Element, place: _Place) -> None:
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

    def _around(self, before: str, element: Element, place: _Place, after: str) -> None:
        """Put marks around an element's words; around nothing they would read as marks."""
        if not element.text.strip() or any(
            child.tag not in _INLINE for child in element.children if isinstance(child, Element)
        ):
            self.children(element, place)
            return
        self._parts.append(before)
        self.children(element, place)
        self._parts.append(after)

    def _list(self, element: Element, place: _Place) -> None:
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
            here = _Place("item", inside, number if numbered else 0, place.quoted)
            self._begin(here)
            self.children(item, here)
            self.end()
        self._place = _Place("text", inside, 0, place.quoted) if inside else _Place()

    def _table(self, element: Element, place: _Place) -> None:
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
        inner = _Walk(self._base)
        for child in cell.select("p, div"):
            child.unwrap()
        inner.children(cell, _Place())
        inner.end()
        self._pictures += inner._pictures
        self._loose_links += inner._loose_links
        return " ".join(block.inline for block in inner.found).replace("|", "\\|") or " "

    def _as_html(self, element: Element, place: _Place) -> None:
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
        self._kept_as_html.append(f"a {what} that begins “{_said(element)}”")
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
