"""Search: there when asked for, and no weight before."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from site_server import serving

WANTED = re.compile(r"search|worker|lunr", re.I)


@pytest.fixture
def asked_for(page: Page) -> list[str]:
    """Every address that the page has asked for so far, filling as it goes."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.fixture(scope="module")
def below(site: Path) -> Iterator[str]:
    """The same site under a path of its own, as on a host that many share."""
    with serving(site, "/course/lessons/") as address:
        yield address


def ask(page: Page, words: str) -> None:
    """Open search by its button and ask for the words; wait for the first result."""
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox", name="Search this site").fill(words)
    page.locator(".search li").first.wait_for()


def test_nothing_of_search_is_loaded_before_somebody_asks(page: Page, server: str, asked_for: list[str]) -> None:
    """A reader who never searches pays nothing for search; one who does gets script, worker and index, once."""
    page.goto(server + "recruiters/push-back/", wait_until="networkidle")
    assert not [address for address in asked_for if WANTED.search(address)]
    ask(page, "counteroffer")
    page.keyboard.press("Escape")
    ask(page, "delay")
    indexes = [address for address in asked_for if address.endswith("search_index.json")]
    assert len(indexes) == 1


def test_results_show_titles_and_the_matching_words(page: Page, server: str) -> None:
    """Each result names its page and shows the words found in their sentence, so that one sees why it is there."""
    page.goto(server)
    ask(page, "counteroffer")
    results = page.locator(".search li")
    assert results.count() >= 3
    for result in results.all():
        assert result.locator("b").text_content()
    assert "counteroffer" in " ".join(page.locator(".search mark").all_text_contents()).lower()
    titles = page.locator(".search li b").all_text_contents()
    assert "Settle the counteroffer before the offer" in titles
    status = page.locator(".search [role=status]").text_content() or ""
    assert re.fullmatch(r"(One page|\d+ pages) found\.", status)


def test_a_result_leads_to_its_page(page: Page, server: str) -> None:
    """Pressing a result opens the page, and closes search."""
    page.goto(server + "glossary/")
    ask(page, "counteroffer")
    page.locator(".search li a", has_text="Settle the counteroffer before the offer").first.click()
    page.wait_for_url(server + "recruiters/settle-the-counteroffer/**")
    assert page.locator("dialog[open]").count() == 0


def test_a_word_of_the_trade_finds_the_lesson_that_says_it_otherwise(page: Page, server: str) -> None:
    """People type the name that they know; a lesson that never says "ghosting" is still the one on it, and says why it is there."""
    page.goto(server)
    ask(page, "ghosting")
    first = page.locator(".search li").first
    assert first.locator("b").text_content() == "Close the loop with every candidate"
    assert "About: ghosting" in (first.text_content() or "")


def test_what_a_client_says_finds_the_phrase_that_answers_it(page: Page, server: str) -> None:
    """Phrases stand in front matter, which engines do not index; yet what they say is what one types before a call."""
    page.goto(server)
    ask(page, "five rounds policy")
    page.locator(".search li a", has_text="Everyone goes through five rounds").click()
    page.wait_for_url(server + "phrasebook/#push-back-2")


def test_pages_with_every_word_hide_those_with_one(page: Page, server: str) -> None:
    """Two words ask for less, not for more; and where no page has both, that is said and those with one are shown."""
    page.goto(server)
    ask(page, "counteroffer")
    one = page.locator(".search [role=status]").text_content() or ""
    field = page.get_by_role("searchbox", name="Search this site")
    field.fill("counteroffer resignation")
    page.locator(".search mark", has_text=re.compile("resignation", re.I)).first.wait_for()
    both = page.locator(".search [role=status]").text_content() or ""
    assert int(re.sub(r"\D", "", both)) < int(re.sub(r"\D", "", one))
    field.fill("counteroffer xylophone")
    page.locator(".search [role=status]", has_text="No page has all the words. ").wait_for()
    assert page.locator(".search li").count()


def test_a_whole_word_comes_before_longer_ones(page: Page, server: str) -> None:
    """Whoever asks for the fee does not mean feedback or feelings."""
    page.goto(server)
    ask(page, "fee")
    marked = page.locator(".search li").first.locator("mark").all_text_contents()
    assert marked and {word.lower() for word in marked} <= {"fee", "fees"}


def test_nothing_found_is_said_in_words(page: Page, server: str) -> None:
    """An empty list would look broken; a sentence says that nothing was found and what to try."""
    page.goto(server)
    ask(page, "client")
    page.get_by_role("searchbox", name="Search this site").fill("xylophone")
    status = page.locator(".search [role=status]", has_text="Nothing found")
    status.wait_for()
    assert "shorter" in (status.text_content() or "")
    assert page.locator(".search li").count() == 0
    page.get_by_role("searchbox", name="Search this site").fill("")
    page.locator(".search [role=status]", has_text="Type a word").wait_for()


def test_what_one_types_is_never_markup(page: Page, server: str) -> None:
    """Brackets and signs in the field are looked for as words, and neither run nor break anything."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(server)
    ask(page, "client")
    for words in ("<img src=x onerror=alert(1)>", 'fee" ~ + - : * ^', "client's", "*"):
        page.get_by_role("searchbox", name="Search this site").fill(words)
        page.wait_for_timeout(60)
    assert page.locator(".search :is(img, script)").count() == 0
    page.get_by_role("searchbox", name="Search this site").fill("fee")
    page.locator(".search mark", has_text=re.compile("fee", re.I)).first.wait_for()
    assert not errors


def test_search_works_below_a_path_and_on_the_page_for_lost_readers(page: Page, server: str, below: str) -> None:
    """On a host that gives the site a folder, and on the page that says "not here", search finds and leads to pages;
    those who are lost need it most.
    """
    for start, root in ((below + "owners/cut-once/", below), (server + "no/such/page/", server)):
        page.goto(start)
        ask(page, "counteroffer")
        page.locator(".search li a", has_text="Settle the counteroffer before the offer").first.click()
        page.wait_for_url(root + "recruiters/settle-the-counteroffer/**")
        assert page.get_by_role("heading", level=1).text_content() == "Settle the counteroffer before the offer"


def test_a_search_that_cannot_be_loaded_says_so(page: Page, server: str) -> None:
    """On a lost connection the reader hears that search failed and where everything is listed instead."""
    page.goto(server)
    page.route("**/search_index.json", lambda route: route.abort())
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator(".search [role=status]", has_text="could not be loaded").wait_for()
