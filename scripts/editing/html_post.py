"""Takes a post apart that was saved as a web page."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin

import turbohtml
from turbohtml import Element, Text

from .files import EditProblem
from .html_blocks import HEADINGS, Place, Walk, first_words
from .post import Block

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
_FRAMES = "iframe, embed, object, video, audio"
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
    walk = Walk(head.get("base", ""))
    walk.children(post, Place())
    walk.end()
    return Read(walk.found, head, notes + walk.notes(), post)


def _words(element: Element) -> int:
    return sum(len(text.split()) for text in element.strings)


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
            notes.append(f"Left out a frame without a full address: {first_words(frame) or to or 'it is empty'}")
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
    if not isinstance(node, Element) or node.tag in HEADINGS:
        return False
    return bool(node.select("a")) and sum(_words(each) for each in node.select("a")) == _words(node)


def _depth(root: Element) -> int:
    deepest, stack = 0, [(root, 1)]
    while stack:
        element, depth = stack.pop()
        deepest = max(deepest, depth)
        stack += [(child, depth + 1) for child in element.children if isinstance(child, Element)]
    return deepest
