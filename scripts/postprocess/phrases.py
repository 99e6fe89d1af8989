"""A page for each phrase, at phrases/ID/, made from the built phrasebook: the quotation, the answer, its condition."""

import functools
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import Environment, FileSystemLoader, Template
from selectolax.lexbor import LexborNode

from postprocess.error import PostprocessError
from postprocess.pages import Page

FOLDER = "phrases"
# Where phrases are practised, if the site has it.
PRACTICE = "practice/index.html"
# The address of the phrases' folder, and of those that are gone, leads on to the phrasebook.
LEADS_ON = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex">
<title>Phrases</title><meta http-equiv="refresh" content="0; url={to}"></head>
<body><main><h1>All phrases</h1><p><a href="{to}">stand in the phrasebook.</a></p></main></body></html>
"""


def phrasebook_of(pages: list[Page]) -> Page | None:
    """The page that holds the phrases, if there is one."""
    return next((page for page in pages if page.tree.css_first("article.phrase[id]")), None)


def add_phrase_pages(site: Path, address: str, pages: list[Page], overrides: Path) -> list[Page]:
    """Write a page for each phrase of the phrasebook, and let the phrasebook link to them; return the new pages.

    A site without a phrasebook, or without the template phrase.html, is left as it is.
    """
    book = phrasebook_of(pages)
    if book is None or not (overrides / "phrase.html").is_file():
        return []
    practice = next((page.address for page in pages if page.path == PRACTICE), "")
    files = {f"{FOLDER}/index.html": LEADS_ON.format(to=f"../{book.address}")}
    for node in book.tree.css("article.phrase[id]"):
        name = node.attributes["id"] or ""
        files[f"{FOLDER}/{name}/index.html"] = phrase_page(book, node, address, overrides, practice)
        for link in node.css(f'a[href="#{name}"]'):
            link.attrs["href"] = f"../{FOLDER}/{name}/"
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8", newline="\n")
    return [Page(site, site / name) for name in files]


def phrase_page(book: Page, node: LexborNode, address: str, overrides: Path, practice: str) -> str:
    """The page of one phrase of a phrasebook, whole. Raises PostprocessError where the phrase lacks its words."""

    def words(selector: str) -> str:
        found = node.css_first(selector)
        return " ".join(found.text().split()) if found else ""

    name, lesson = node.attributes["id"] or "", node.css_first(".from a[href]")
    phrase = {
        "id": name,
        "part": node.attributes.get("data-part") or "",
        "address": f"{address}{FOLDER}/{name}/",
        "speaker": words(".they b"),
        "they": words(".they q"),
        "strong": words(".strong-answer q"),
        "condition": words(".condition"),
        "why": words(".because"),
        "lesson": urljoin("/" + book.address, lesson.attributes["href"] or "").lstrip("/") if lesson else "",
        "title": " ".join(lesson.text().split()) if lesson else "",
    }
    if not phrase["they"] or not phrase["strong"]:
        raise PostprocessError(f"{book.path}: the phrase '{name}' has no quotation, or no answer, that can be found.")
    early = book.tree.css_first("head script:not([src]):not([type])")
    site = {
        "name": book.text_of("og:site_name"),
        "address": address,
        "phrasebook": book.address,
        "practice": practice,
        "updated": book.updated,
    }
    return template(overrides).render(phrase=phrase, site=site, early=early.text() if early else "")


@functools.lru_cache(1)
def template(overrides: Path) -> Template:
    """The template phrase.html. Everything that it is given is escaped."""
    return Environment(loader=FileSystemLoader(overrides), autoescape=True).get_template("phrase.html")
