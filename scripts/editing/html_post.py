"""Takes a post apart that was saved as a web page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from .post import Block, escaped

# Parts of a page that are no part of the post.
_OUTSIDE = {"script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "svg", "iframe", "select", "dialog"}
_EMPTY = {"br", "hr", "img", "input", "meta", "link", "source", "wbr", "area", "base", "col", "embed", "track", "param"}
_BLOCKS = {"p", "div", "section", "article", "main", "header", "ul", "ol", "dl", "dt", "dd", "table", "tr", "figure", "figcaption",
           "blockquote", "pre", "address", "details", "summary", "center", "body", "html", "hgroup"}  # fmt: skip
_EMPHASIS = {"em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**"}
# Signs that an element holds the post, the surest first.
_HOLDS_POST = ("entry-content", "post-content", "article-body", "post-body", "articlebody")


class Read:
    """What a web page holds: blocks, what its head says, and sentences on what was left out."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.head: dict[str, str] = {}
        self.notes: list[str] = []


def blocks(text: str) -> Read:
    """The post in a web page."""
    whole = _Parser()
    whole.feed(text)
    whole.close()
    whole.end_block()
    read = Read()
    read.head = whole.head
    chosen = whole.chosen()
    read.blocks = [block for block, _ in chosen]
    outside = sum(len(block.inline.split()) for block, _ in whole.found) - sum(len(block.inline.split()) for block in read.blocks)
    outside += whole.skipped_words
    if outside:
        read.notes.append(f"Left out {outside} words of the web page around the post, such as menus.")
    if whole.pictures:
        read.notes.append(f"Left out {len(whole.pictures)} pictures: {', '.join(whole.pictures[:5])}. Save them below docs/ and put them in by hand.")
    if whole.loose_links:
        read.notes.append(f"{whole.loose_links} links without a full address are kept as plain words.")
    return read


class _Parser(HTMLParser):
    """Collects blocks, each with the elements around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[Block, tuple[str, ...]]] = []
        self.head: dict[str, str] = {}
        self.pictures: list[str] = []
        self.loose_links = 0
        self.skipped_words = 0
        self._open: list[tuple[str, str]] = []
        self._parts: list[str] = []
        self._lists: list[int] = []
        self._links: list[str] = []
        self._base = ""
        self._how = ("text", 0, 0)

    def chosen(self) -> list[tuple[Block, tuple[str, ...]]]:
        """The blocks of the post: of the element that says it holds one, else of the longest article, else all."""
        for sign in ("article", "main"):
            groups: dict[str, list[tuple[Block, tuple[str, ...]]]] = {}
            for block, around in self.found:
                holder = next((each for each in around if each.split("#")[0] == sign), None)
                if holder:
                    groups.setdefault(holder, []).append((block, around))
            if groups:
                return max(groups.values(), key=lambda group: sum(len(block.inline) for block, _ in group))
        inner = [(block, around) for block, around in self.found if any(sign in each for each in around for sign in _HOLDS_POST)]
        if not inner:
            return self.found
        # Title and by-line usually stand before what calls itself the content.
        first = self.found.index(inner[0])
        title = max((at for at in range(first) if self.found[at][0].how == "heading" and self.found[at][0].level == 1), default=first)
        return self.found[title:first] + inner

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.head.setdefault((told.get("property") or told.get("name") or "").lower(), told.get("content", ""))
        elif tag == "base" or (tag == "link" and told.get("rel") == "canonical"):
            self._base = self._base or told.get("href", "")
        elif tag == "time" and told.get("datetime"):
            self.head.setdefault("time", told["datetime"])
        if tag in _EMPTY:
            self._empty(tag, told)
            return
        if tag in _BLOCKS or tag in ("li", "h1", "h2", "h3", "h4", "h5", "h6"):
            self.end_block()
        if tag in ("ul", "ol"):
            self._lists.append(1 if tag == "ol" else 0)
        self._open.append((tag, f"{tag}#{len(self.found)}.{self.getpos()} {told.get('class', '').lower()}"))
        if self._outside():
            return
        if tag in _EMPHASIS:
            self._parts.append(_EMPHASIS[tag])
        elif tag == "code" and not self._in("pre"):
            self._parts.append("`")
        elif tag == "a":
            self._links.append(self._full(told.get("href", "")))
            self._parts.append("[" if self._links[-1] else "")
        self._how = self._now()

    def handle_endtag(self, tag: str) -> None:
        if tag not in [name for name, _ in self._open]:
            return
        while True:
            name, _ = self._open[-1]
            if not self._outside():
                self._close(name)
            self._open.pop()
            if name in ("ul", "ol") and self._lists:
                self._lists.pop()
            if name == tag:
                break
        self._how = self._now()

    def handle_data(self, data: str) -> None:
        if self._in("title") and not self._in("svg"):
            self.head.setdefault("title", data.strip())
        elif self._in("head"):
            return
        elif self._outside():
            if not self._in("script") and not self._in("style"):
                self.skipped_words += len(data.split())
        elif self._in("pre"):
            self._parts.append(data)
        elif self._in("code"):
            self._parts.append(data.replace("`", "'"))
        else:
            self._parts.append(escaped(re.sub(r"\s+", " ", data)))

    def end_block(self) -> None:
        """Take what has been read so far for a block."""
        how, level, number = self._how
        text = "".join(self._parts)
        self._parts = []
        if how == "code":
            text = text.strip("\n")
        else:
            text = _tidy(text)
        if text.strip():
            if how == "item" and number:
                self._lists[-1] += 1
            self.found.append((Block(how, text, level, number), tuple(mark for _, mark in self._open)))

    def _close(self, tag: str) -> None:
        if tag in _EMPHASIS:
            self._end_emphasis(_EMPHASIS[tag])
        elif tag == "code" and not self._in("pre"):
            self._parts.append("`")
        elif tag == "a" and self._links:
            to = self._links.pop()
            self._parts.append(f"]({to})" if to else "")
        elif tag in ("td", "th"):
            self._parts.append(" ")
        elif tag in _BLOCKS or tag == "li" or re.fullmatch("h[1-6]", tag):
            self.end_block()

    def _end_emphasis(self, mark: str) -> None:
        """End an emphasis; one around nothing would read as marks."""
        after = len(self._parts) - 1 - self._parts[::-1].index(mark) if mark in self._parts else -1
        if after >= 0 and not "".join(self._parts[after + 1 :]).strip():
            del self._parts[after]
        else:
            self._parts.append(mark)

    def _empty(self, tag: str, told: dict[str, str]) -> None:
        if self._outside() or self._in("head"):
            return
        if tag == "br":
            self._parts.append("\n" if self._in("pre") else "<br>")
        elif tag == "hr":
            self.end_block()
            self.found.append((Block("break"), tuple(mark for _, mark in self._open)))
        elif tag == "img":
            self.pictures.append(told.get("alt") or told.get("src", "").rpartition("/")[2] or "one without a name")

    def _full(self, href: str) -> str:
        """A link's whole address, or nothing where that is not known."""
        full = urljoin(self._base, href.strip()) if href.strip() else ""
        if re.match(r"(?:https?://|mailto:)\S+$", full):
            return full.replace("(", "%28").replace(")", "%29")
        self.loose_links += bool(href.strip() and not href.startswith("#"))
        return ""

    def _now(self) -> tuple[str, int, int]:
        """What kind of block the words that follow belong to."""
        names = [name for name, _ in self._open]
        heading = next((name for name in reversed(names) if re.fullmatch("h[1-6]", name)), None)
        if heading:
            return "heading", int(heading[1]), 0
        if "pre" in names:
            return "code", 0, 0
        if "li" in names and self._lists:
            return "item", min(3, len(self._lists) - 1), self._lists[-1]
        if "blockquote" in names:
            return "quote", 0, 0
        return "text", 0, 0

    def _in(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def _outside(self) -> bool:
        return any(name in _OUTSIDE for name, _ in self._open)


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
