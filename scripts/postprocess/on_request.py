"""For the preview: pages that a build makes in post-processing, made of a rendering when somebody asks for them."""

from pathlib import Path

from postprocess.binding import bind
from postprocess.pages import Page
from postprocess.phrases import FOLDER, PRACTICE, phrase_page, phrasebook_of

# No page has a longer address, and files may not have names that are much longer.
LONGEST = 240


def made_on_request(site: Path, path: str, address: str, overrides: Path) -> str | None:
    """The page at `path` below a rendered site: a phrase, or a part with its lessons; None for any other."""
    if len(path) > LONGEST or "\0" in path:
        return None
    found = site / path.strip("/") / "index.html"
    if path.startswith(f"{FOLDER}/"):
        book = page_at(site, "phrasebook/")
        name = path.strip("/").rpartition("/")[2]
        node = book and phrasebook_of([book]) and book.tree.css_first(f'article.phrase[id="{name}"]')
        practice = PRACTICE.removesuffix("index.html") if (site / PRACTICE).is_file() else ""
        return phrase_page(book, node, address, overrides, practice) if node else None
    if found.is_file() and "data-bind" in found.read_text("utf-8", errors="replace"):
        page = Page(site, found)
        bind(page, lambda there: page_at(site, there))
        return page.tree.html
    return None


def page_at(site: Path, address: str) -> Page | None:
    """The rendered page at an address below the site's."""
    file = site / address / "index.html"
    return Page(site, file) if file.is_file() else None
