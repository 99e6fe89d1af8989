"""Whose the site is: one setting, and every sentence that depends on it follows."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from site_pages import SitePage, read_pages

# The page of a single phrase is a quotation, and leads to the lesson that says whose it is.
SINGLE = "phrase-page"

# What only an independent site says, and only the Academy's own.
OF_THE_INDEPENDENT = re.compile(
    r"not Greg Savage’s|not the Academy’s|not his and|this site’s own|\bour own words\b|independent (learning )?site|So far as we know",
    re.I,
)
OF_THE_ACADEMY = re.compile(r"From the Example Academy|[Pp]ublished by the Example Academy|By the Example Academy")
OWN_WORDS = "I started as a recruiter, and I still am one."
# Notes and what they print carry no line of their own about the publisher; the foot of the page does.
FIRST_PERSON = re.compile(r"\b(I|my|mine)\b")


@pytest.fixture(scope="module")
def academy_site(course: Path, tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The course as the Academy itself would publish it, in its own words and with one answer given."""
    folder = tmp_path_factory.mktemp("academy")
    shutil.copytree(course, folder / "course")
    settings = folder / "course" / "mkdocs.yml"
    told = yaml.safe_load(settings.read_text("utf-8"))
    told["extra"]["publisher"] = "academy"
    told["extra"]["contact"] = "hello@academy.example"
    told["extra"]["academy"]["own_words"] = OWN_WORDS
    told["extra"]["academy"]["answers"] = {
        "price": {"text": "Forty a month.", "checked": "2026-11-20", "source": "https://academy.example/price"}
    }
    settings.write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True), "utf-8")
    command = [sys.executable, root / "scripts" / "build.py", "--root", folder / "course", "--out", folder / "site"]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> list[SitePage]:
    """The pages as an independent site publishes them."""
    return [page for page in read_pages(site) if page.kind != SINGLE]


def words(page: SitePage) -> str:
    """All that one can read on a page, scripts and templates left out."""
    for node in page.tree.css("script, template, style"):
        node.decompose()
    return " ".join(page.tree.body.text(separator=" ").split())


def test_an_independent_site_says_once_a_page_whose_it_is_not(pages: list[SitePage]) -> None:
    """Said nowhere, a reader takes the lessons for Greg Savage's; said three times, the site seems to have something to hide."""
    for page in pages:
        said = len(re.findall("not the Academy’s", words(page)))
        assert said == 1, f"/{page.address}: {said} times"
        assert not OF_THE_ACADEMY.search(words(page)), f"/{page.address}"


def test_the_academys_own_site_disclaims_nothing(academy_site: Path) -> None:
    """Nobody says of their own lessons that they are somebody else's."""
    for page in read_pages(academy_site):
        assert not OF_THE_INDEPENDENT.search(words(page)), f"/{page.address}: {OF_THE_INDEPENDENT.search(words(page))}"
        if page.kind == SINGLE:
            continue
        assert OF_THE_ACADEMY.search(words(page)), f"/{page.address} does not say whose it is"
        assert '"name":"Pushback","url":"https://course.example/"},"image"' not in page.file.read_text("utf-8")


def test_the_first_person_is_spoken_by_the_academys_own_words_alone(academy_site: Path, site: Path) -> None:
    """Words put into somebody's mouth are forged, however kind."""
    for page in read_pages(academy_site):
        for node in page.tree.css(".signup-card, .byline, .footer"):
            said = " ".join(node.text().split()).replace(OWN_WORDS, "")
            assert not FIRST_PERSON.search(said), f"/{page.address}: {said}"
        if page.kind in ("academy", "lesson"):
            assert words(page).count(OWN_WORDS) == 1, f"/{page.address}"
    for page in read_pages(site):
        assert OWN_WORDS not in words(page)


def test_what_the_owner_knows_is_dated_and_the_rest_is_asked(academy_site: Path, pages: list[SitePage]) -> None:
    """A price without its day is soon a lie; and a question that the page answers need not be asked."""
    academy = next(page for page in read_pages(academy_site) if page.kind == "academy")
    assert "Forty a month. Seen on 20 November 2026." in academy.text("dl.answers")
    assert academy.attribute("dl.answers a", "href") == "https://academy.example/price"
    lesson = next(page for page in read_pages(academy_site) if page.kind == "lesson")
    assert "Price seen on 20 November 2026: Forty a month." in lesson.text(".signup-card")
    independent = next(page for page in pages if page.kind == "academy")
    assert not independent.tree.css_first("dl.answers")
    assert len(independent.tree.css("h2#what-should-you-ask-before-paying ~ ol li")) == 6


def test_whoever_stands_behind_the_site_can_be_written_to(academy_site: Path, pages: list[SitePage]) -> None:
    """A contact that is given is a link; where none is given, no sentence sends a reader to nobody."""
    about = next(page for page in read_pages(academy_site) if page.address == "about/")
    assert about.attribute(".prose a[href^=mailto]", "href") == "mailto:hello@academy.example"
    silent = next(page for page in pages if page.address == "about/")
    assert not re.search(r"whoever runs|write to|please tell", words(silent), re.I)
