"""The way to the Academy: it is found, it leaves the site once a page, and each place can be told from the others."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Page

from site_pages import SitePage, read_pages

# The page of a single phrase is a quotation, and leads to the lesson that says whose it is.
SINGLE = "phrase-page"

# Kinds of page that have the card. Notes for hiring managers, reference pages, tools and paper sell nothing.
WITH_CARD = {"article", "part", "lesson", "academy"}


@pytest.fixture(scope="module")
def pages(site: Path) -> list[SitePage]:
    """Every page of the course."""
    return [page for page in read_pages(site) if page.kind != SINGLE]


@pytest.fixture(scope="module")
def academy(course: Path) -> dict:
    """What the course's settings say of the Academy."""
    return yaml.safe_load((course / "mkdocs.yml").read_text("utf-8"))["extra"]["academy"]


def places(page: SitePage, address: str) -> list[str]:
    """Where on the page links to the sign-up address say that they stand, in their order."""
    found = []
    for link in page.tree.css("a[href]"):
        href = urlsplit(link.attributes["href"] or "")
        if href._replace(query="", fragment="").geturl() == address:
            found.append(parse_qs(href.query)["utm_content"][0])
    return found


def test_no_two_places_share_a_name(pages: list[SitePage], academy: dict) -> None:
    """The Academy reads the names in its visitors' addresses: two places under one name could never be told apart."""
    names = Counter(name for page in pages for name in places(page, academy["signup_url"]))
    assert [name for name, times in names.items() if times > 1] == []
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)
    assert {"academy", "article-end", "owners-end", "recruiters-end", "owners-cut-once"} <= set(names)


def test_only_the_card_leaves_the_site(pages: list[SitePage], academy: dict) -> None:
    """Masthead and front page lead to the page about the Academy, which says what one gets before it asks for a press."""
    for page in pages:
        leaving = page.tree.css("a[href*=utm_]")
        assert len(leaving) == (1 if page.kind in WITH_CARD else 0), f"/{page.address}"
        assert all(link.css_matches(".signup-card .button") for link in leaving), f"/{page.address}"
        masthead = page.tree.css_first(".masthead .signup")
        assert masthead and masthead.text() == academy["short_label"], f"/{page.address}"
        assert (masthead.attributes["href"] or "").endswith("academy/") or page.kind == "academy", f"/{page.address}"
        for link in leaving:
            query = {name: value[0] for name, value in parse_qs(urlsplit(link.attributes["href"] or "").query).items()}
            wanted = (academy["source"], "referral", academy["campaign"])
            assert (query["utm_source"], query["utm_medium"], query["utm_campaign"]) == wanted, f"/{page.address}"


def test_the_card_says_what_one_gets_and_that_it_leaves(pages: list[SitePage], academy: dict) -> None:
    """One heading, one button, and one line about where it leads and whose terms hold there; nothing after it but ways on."""
    for page in pages:
        cards = page.tree.css(".signup-card")
        assert len(cards) == (1 if page.kind in WITH_CARD else 0), f"/{page.address}: {len(cards)} cards"
        for card in cards:
            words = " ".join(card.text().split())
            assert academy["heading"] in words and academy["offer"].strip() in words, f"/{page.address}"
            assert f"Leaves this site for the {academy['name']}." in words and academy["operator"] in words
            following = [node.tag for node in page.tree.css(".signup-card ~ *")]
            if page.kind != "academy":
                assert set(following) <= {"nav"}, f"/{page.address}: after the card come {following}"


def test_a_course_on_the_lessons_subject_is_named_there_alone(pages: list[SitePage], academy: dict) -> None:
    """ "They teach exactly this" helps where it is true, and is noise anywhere else."""
    subject = academy["courses"][0]["subject"]
    told = [page.address for page in pages if subject in page.text(".signup-card")]
    assert told == [academy["courses"][0]["lesson"].replace(".md", "/")]


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 720), (1920, 1000)])
def test_on_the_academys_page_the_button_is_on_the_first_screen(
    page: Page, server: str, width: int, height: int
) -> None:
    """Whoever came to sign up need not look for it."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(server + "academy/")
    box = page.locator(".signup-card .button").bounding_box()
    assert box and box["y"] + box["height"] <= height


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1000)])
def test_the_front_pages_button_is_on_the_first_screen(page: Page, server: str, width: int, height: int) -> None:
    """The way in is seen before anything else is read."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(server)
    box = page.locator(".hero .button").bounding_box()
    assert box and box["y"] + box["height"] <= height
