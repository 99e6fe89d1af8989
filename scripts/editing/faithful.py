"""Compares a post with the page that was made of it: its words in their order, and what they stand in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

import markdown as python_markdown
import turbohtml
from turbohtml import Element, Text

# What a word can stand in that a reader would miss. Elements that mean the same are called the same.
_MEANING = {
    "em": "emphasis", "i": "emphasis", "cite": "emphasis", "strong": "strong", "b": "strong",
    "del": "deleted", "ins": "inserted", "s": "struck out", "sub": "below the line", "sup": "above the line",
    "q": "quoted", "blockquote": "a quotation", "pre": "code", "code": "code", "tt": "code", "a": "a link",
    "td": "a table", "th": "a table", "dt": "a term", "dd": "its meaning",
    **{f"h{level}": "a heading" for level in range(1, 7)},
}  # fmt: skip
# Marks that repairing and typography change.
_SAME = str.maketrans("‘’‛´`“”„‟", "'''''\"\"\"\"")
# Differences named one by one; the rest is counted.
_NAMED = 8


def differences(post: Element, body: str, extensions: list[Any], configs: dict[str, Any]) -> list[str]:
    """Sentences on every stretch in which a page's Markdown does not say what the post says.

    `post` is the element that holds the post, `body` the Markdown made of it; the
    extensions are the site's. A word counts as kept where it stands at its turn and in
    the same things: heading, list and its number, table, quotation, link, emphasis.
    """
    shown = turbohtml.parse(python_markdown.markdown(body, extensions=extensions, extension_configs=configs))
    before, after = list(_words(post)), list(_words(shown.select_one("body")))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    found = []
    for kind, start, end, start_now, end_now in matcher.get_opcodes():
        if kind != "equal":
            found.append(_sentence(before[start:end], after[start_now:end_now]))
    if len(found) > _NAMED:
        found[_NAMED:] = [f"{len(found) - _NAMED} more stretches differ; compare the page with the post."]
    return found


def _words(element: Element) -> Iterator[tuple[str, str]]:
    """Each word with what it stands in."""
    for node in element.descendants:
        if not isinstance(node, Text) or not node.data.strip():
            continue
        around = set()
        for parent in node.ancestors:
            if parent is element or not isinstance(parent, Element):
                break
            if parent.tag == "a" and not re.match("https?:|mailto:", str(parent.attrs.get("href") or "")):
                continue
            if meaning := _MEANING.get(parent.tag):
                around.add(meaning)
            if parent.tag == "li":
                around.add(_item(parent))
        for word in re.findall(r"\w+|[^\w\s]", _typed(node.data)):
            if word not in "'\"":
                yield word, ", ".join(sorted(around))


def _typed(text: str) -> str:
    """A text with the signs that its page shows for what was typed."""
    text = text.translate(_SAME).replace("---", "—").replace("--", "–").replace("...", "…")
    return re.sub(r"['\"]{2}", '"', text)


def _item(item: Element) -> str:
    """Which kind of list an item is of, its number, and how deep it stands."""
    lists = [each for each in item.ancestors if isinstance(each, Element) and each.tag in ("ul", "ol")]
    if not lists or lists[0].tag == "ul":
        return f"a list at depth {len(lists)}"
    number = int(lists[0].attrs.get("start") or 1) if str(lists[0].attrs.get("start") or 1).lstrip("-").isdigit() else 1
    for each in lists[0].children:
        if isinstance(each, Element) and each.tag == "li":
            number = int(each.attrs["value"]) if str(each.attrs.get("value") or "").isdigit() else number
            if each is item or each.equals(item):
                break
            number += 1
    return f"item {number} of a numbered list at depth {len(lists)}"


def _sentence(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> str:
    said, now = _short(before), _short(after)
    if [word for word, _ in before] == [word for word, _ in after]:
        was, became = (next((where for _, where in part if where), "plain text") for part in (before, after))
        return f"“{said}” stood in {was} and stands in {became}."
    if not after:
        return f"Lost: “{said}”."
    if not before:
        return f"Not in the post: “{now}”."
    return f"“{said}” became “{now}”."


def _short(part: list[tuple[str, str]]) -> str:
    words = [word for word, _ in part]
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
