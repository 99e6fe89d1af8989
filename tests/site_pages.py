"""The pages of a built site, as the browser's tests walk through them."""

import html
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

# Pages that exist for paper; they are not in search engines' lists.
FOR_PAPER = {"print-part", "desk-card", "team-sheet"}
# What some lessons have and others lack: a table to fill in, a drawing.
TELLING = re.compile("data-sheet|<figure")


@dataclass(frozen=True)
class SitePage:
    """One built page: its address below the site's, such as "owners/", its kind, and its file."""

    address: str
    kind: str
    file: Path

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page as a tree of elements."""
        return LexborHTMLParser(self.file.read_text("utf-8"))

    def text(self, selector: str) -> str:
        """The words of the first element that `selector` finds, spaces as one; empty where there is none."""
        node = self.tree.css_first(selector)
        return " ".join(node.text().split()) if node else ""

    def attribute(self, selector: str, name: str) -> str:
        """An attribute of the first element that `selector` finds; empty where there is none."""
        node = self.tree.css_first(selector)
        return (node.attributes.get(name) or "") if node else ""


def read_pages(site: Path) -> list[SitePage]:
    """Every page that people read, 404 and pages for paper included, redirects left out."""
    pages = []
    for file in sorted(site.rglob("*.html")):
        address = file.relative_to(site).as_posix().removesuffix("index.html")
        # The template names its kind in the class of the frame: class="frame lesson".
        found = re.search(r'class="?frame ([a-z-]+)', file.read_text("utf-8"))
        if found:
            pages.append(SitePage(address, "404" if address == "404.html" else html.unescape(found[1]), file))
    return pages


def richness(page: SitePage) -> int:
    """How many things of its own a page has, so that the one with the most can stand for its kind."""
    return len(set(TELLING.findall(page.file.read_text("utf-8"))))


def one_of_each(pages: list[SitePage]) -> list[SitePage]:
    """One page of every kind, and a lesson of each part."""
    chosen: dict[str, SitePage] = {}
    for page in pages:
        name = f"{page.kind} {page.address.split('/')[0]}" if page.kind == "lesson" else page.kind
        if name not in chosen or richness(page) > richness(chosen[name]):
            chosen[name] = page
    return list(chosen.values())
