"""The wall between words and code: only scripts and styles that stand in overrides/ may run on a page."""

import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from postprocess.error import Fault

# Script types that are data to every browser; all others are taken for code, the many old names of it too.
DATA = {"application/ld+json", "application/json"}
# Elements that no template of ours uses, and that bring in, or take over, a page.
NEVER = {
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "portal",
    "fencedframe",
    "animate",
    "set",
    "foreignobject",
}
IN_TEMPLATE = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1\s*>", re.S | re.I)
COMMENT = re.compile(r"\{#.*?#\}", re.S)
LINKS = {"href", "src", "xlink:href", "action", "formaction", "data", "poster", "srcset", "to", "values", "from"}
ACTIVE_LINK = re.compile(r"(?:javascript|vbscript|data:(?!image/)|livescript)[^,\s]*:?", re.I)
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")


class OwnCode:
    """The inline scripts and styles of the templates. Their spaces do not count."""

    def __init__(self, overrides: Path, *more: str) -> None:
        """Read all templates below `overrides`; `more` are scripts that post-processing adds."""
        self.texts = {squeezed(text) for text in more}
        for template in sorted(overrides.rglob("*.html")):
            for _, text in IN_TEMPLATE.findall(COMMENT.sub("", template.read_text("utf-8", errors="replace"))):
                self.texts.add(squeezed(text))

    def strangers(self, path: str, tree: LexborHTMLParser) -> Iterator[Fault]:
        """What stands in a page and could run in it though it comes from no template."""
        for node in tree.css("*"):
            for sentence in self._faults(node):
                yield Fault(path, f"<{node.tag}> {sentence}", _words(node))

    def _faults(self, node: LexborNode) -> Iterator[str]:
        tag = (node.tag or "").lower()
        if tag in NEVER:
            yield "is not allowed on a page."
        if tag in ("script", "style"):
            if "src" not in node.attributes and not is_data(node) and squeezed(node.text()) not in self.texts:
                yield "does not come from a template in overrides/, so it is not allowed to run."
            if _inside(node, "svg") and "href" in node.attributes:
                yield "loads a script into a drawing."
        if tag == "meta" and "http-equiv" in node.attributes and not _inside(node, "head"):
            yield "gives orders to the browser, which only a template may."
        if tag == "link" and not _inside(node, "head"):
            yield "loads something, which only a template may."
        if tag == "form" and (node.attributes.get("action") or "").strip():
            yield "sends what is typed to an address; nothing on this site is sent."
        for name, value in node.attributes.items():
            if name == "style" or name.startswith("on") or name in ("srcdoc", "formaction"):
                yield f"has the attribute '{name}', which the policy forbids; use a class or a script file instead."
            elif name in LINKS and ACTIVE_LINK.match(INVISIBLE.sub("", value or "")):
                yield f"has an address in '{name}' that would run as code."


def is_data(script: LexborNode) -> bool:
    """Whether a script element holds data, which no browser runs."""
    return script.tag == "script" and (script.attributes.get("type") or "").strip().lower() in DATA


def squeezed(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())


def _inside(node: LexborNode, tag: str) -> bool:
    while node := node.parent:
        if node.tag == tag:
            return True
    return False


def _words(node: LexborNode) -> list[str]:
    """By what the element may be found in its source: the beginning of its own text, then its name."""
    first = (node.text() or "").strip().splitlines()
    return [*(f"<{node.tag}{end}" for end in (" ", ">", "")), *first[:1]]
