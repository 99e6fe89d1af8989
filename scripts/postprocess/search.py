"""The search index, with the phrases that templates draw from front matter: engines index only what Markdown holds."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from selectolax.lexbor import LexborNode

from postprocess.error import PostprocessError
from postprocess.pages import Page


def add_phrases(site: Path, pages: Iterable[Page]) -> None:
    """Give each phrase of a page an entry of its own, titled with what they say, that leads to the phrase,
    and each lesson its name in its part, which results show.

    A site without an index is left as it is. Raises PostprocessError where the index cannot be read.
    """
    file = site / "search/search_index.json"
    if not file.is_file():
        return
    try:
        index = json.loads(file.read_text("utf-8"))
        entries = index["docs"]
    except (ValueError, KeyError, TypeError):
        raise PostprocessError(
            "search/search_index.json is not a search index that can be read; build again."
        ) from None
    kinds = {page.address: kind for page in pages if (kind := kind_of(page))}
    for entry in entries:
        if kind := kinds.get(entry.get("location")):
            entry["kind"] = kind
    for page in pages:
        for phrase in page.tree.css("article.phrase[id]"):
            entries.append(
                {
                    "kind": "Phrase",
                    "location": f"{page.address}#{phrase.attributes['id']}",
                    "title": words(phrase, ".they q"),
                    "text": f"{words(phrase, '.strong-answer q')} {words(phrase, '.because')}",
                }
            )
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf-8")


def kind_of(page: Page) -> str:
    """What a lesson is called in its part, such as "Tip 7"; empty for other pages."""
    folio = page.tree.css_first(".folio .kicker")
    found = re.search(r"([A-Z][a-z]+ \d+) of \d+", folio.text()) if folio else None
    return found[1] if found else ""


def words(node: LexborNode, selector: str) -> str:
    """The words of the first element that `selector` finds, with nothing in them that reads as markup."""
    found = node.css_first(selector)
    return found.text().strip().replace("&", "&amp;").replace("<", "&lt;") if found else ""
