"""Each phrase has a page of its own, which people can post: the quotation, the answer, and when it is true."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from postprocess.pages import Page as BuiltPage
from postprocess.phrases import add_phrase_pages
from site_pages import read_pages

BOOK = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Phrasebook</title>
<meta property="og:site_name" content="Site"><script>early()</script></head><body><div class="frame phrasebook">
<article class="phrase" id="too-dear" data-part="owners">
<p class="they"><b>Client</b><q>Too &lt;dear&gt; &amp; late</q></p>
<p class="weak-answer"><q>No.</q></p><p class="strong-answer"><b>Strong</b><q>Compared with what?</q></p>
<p class="condition"><b>Say it only if you mean it</b></p><p class="because">It asks.</p>
<p class="from"><a href="../owners/price/">Tip 1: Price</a> <a class="share" href="#too-dear">Link</a></p></article>
</div></body></html>"""


@pytest.fixture
def book(tmp_path: Path) -> BuiltPage:
    """A phrasebook with one phrase, as an engine has built it."""
    (tmp_path / "phrasebook").mkdir()
    (tmp_path / "phrasebook/index.html").write_text(BOOK, "utf-8")
    return BuiltPage(tmp_path, tmp_path / "phrasebook/index.html")


def test_a_phrase_becomes_a_page_and_the_phrasebook_leads_to_it(book: BuiltPage, tmp_path: Path, root: Path) -> None:
    """Whoever is sent a phrase reads it at once, and never its answer without the condition."""
    folder, own = add_phrase_pages(tmp_path, "https://example.com/a/", [book], root / "overrides")
    assert own.path == "phrases/too-dear/index.html" and folder.moved_to == "../phrasebook/"
    assert own.words("h1") == "Too <dear> & late" and own.words(".strong") == "Compared with what?"
    assert own.words(".condition") == "Say it only if you mean it"
    assert own.attribute("link[rel=canonical]", "href") == "https://example.com/a/phrases/too-dear/"
    links = [link.attributes["href"] for link in own.tree.css(".from a")]
    assert links == ["../../owners/price/", "../../phrasebook/#too-dear"]
    assert own.words("head script") == "early()"
    assert book.attribute(".share", "href") == "../phrases/too-dear/"


def test_a_phrase_without_its_words_stops_the_build(book: BuiltPage, tmp_path: Path, root: Path) -> None:
    """An empty page that is posted cannot be called back."""
    book.tree = LexborHTMLParser(BOOK.replace("strong-answer", "other"))
    with pytest.raises(Exception, match="'too-dear' has no quotation, or no answer"):
        add_phrase_pages(tmp_path, "https://example.com/", [book], root / "overrides")


def test_a_phrase_page_is_light(site: Path) -> None:
    """It is opened on the way, on a phone, by somebody who has never been here."""
    for one in [one for one in read_pages(site) if one.kind == "phrase-page"]:
        files = [
            one.file,
            *(site / link.attributes["href"].replace("../../", "") for link in one.tree.css("link[rel=stylesheet]")),
        ]
        files += [site / script.attributes["src"].replace("../../", "") for script in one.tree.css("script[src]")]
        assert sum(file.with_name(f"{file.name}.br").stat().st_size for file in files) <= 8_000, one.address


def test_every_phrase_is_in_the_sitemap_and_has_a_picture(site: Path) -> None:
    """A phrase is found by search engines, and shows its own words where it is posted."""
    book = next(one for one in read_pages(site) if one.kind == "phrasebook")
    names = [node.attributes["id"] for node in book.tree.css("article.phrase[id]")]
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert names
    for name in names:
        page = LexborHTMLParser((site / f"phrases/{name}/index.html").read_text("utf-8"))
        picture = page.css_first("meta[property='og:image']").attributes["content"]
        assert f"/phrases/{name}/</loc>" in sitemap
        assert (site / picture.removeprefix("https://course.example/")).is_file()


def test_copying_takes_the_condition_along(page: Page, server: str, site: Path) -> None:
    """An answer that is only true under a condition must not travel without it."""
    one = next(one for one in read_pages(site) if one.kind == "phrase-page" and one.text(".condition"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(server + one.address)
    page.get_by_role("button", name="Copy the answer").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert one.text(".condition") in page.evaluate("navigator.clipboard.readText()")


def test_the_phrase_alone_is_practised(page: Page, server: str, site: Path) -> None:
    """Whoever has read one answer wants to say that one aloud, and not ten others."""
    one = next(one for one in read_pages(site) if one.kind == "phrase-page")
    page.goto(server + one.address)
    page.get_by_role("link", name="Practise it aloud").click()
    expect(page.get_by_role("combobox")).to_have_value(f"phrase={one.address.split('/')[1]}")


def test_without_a_script_the_words_stand(browser: Browser, server: str, site: Path) -> None:
    """Buttons that could not work are not there; the words are."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    one = next(one for one in read_pages(site) if one.kind == "phrase-page")
    page.goto(server + one.address)
    assert page.locator("button:visible").count() == 0
    assert page.locator(".strong").is_visible() and json.dumps(one.text("h1"))
    context.close()


def test_a_phrase_that_is_gone_leads_to_the_phrasebook(page: Page, server: str) -> None:
    """Links that were posted go on working after an editor takes a phrase out."""
    page.goto(server + "phrases/no-longer-here/")
    page.wait_for_url(server + "phrasebook/")
