"""What every page has: a title, a description, a place in the whole, and the way to the Academy."""

import json
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from site_pages import FOR_PAPER, SitePage, read_pages

# What schema.org's types need here, by the lists of the search engines that read them.
REQUIRED = {
    "WebSite": {"name", "url"},
    "Article": {"headline", "author", "datePublished", "dateModified", "image", "mainEntityOfPage", "publisher"},
    "Course": {"name", "description", "provider", "url", "hasPart"},
    "LearningResource": {
        "name",
        "description",
        "url",
        "teaches",
        "timeRequired",
        "audience",
        "position",
        "isPartOf",
        "inLanguage",
    },
    "BreadcrumbList": {"itemListElement"},
}
TYPE_OF_KIND = {"home": "WebSite", "article": "Article", "part": "Course", "lesson": "LearningResource"}


@pytest.fixture(scope="module")
def pages(site: Path) -> list[SitePage]:
    """Every page of the site."""
    return [
        page for page in read_pages(site) if page.kind != "phrase-page"
    ]  # of which test_phrase_pages.py asks other things


@pytest.fixture(scope="module")
def listed(pages: list[SitePage]) -> list[SitePage]:
    """The pages that search engines shall list."""
    return [page for page in pages if page.kind not in FOR_PAPER | {"404"}]


@pytest.fixture(scope="module")
def settings(course: Path) -> dict:
    """The settings of the course."""
    return yaml.safe_load((course / "mkdocs.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def parts(settings: dict) -> dict[str, list[str]]:
    """For each part the addresses of its lessons, in the order of the settings."""
    found = {}
    for entry in settings["nav"]:
        for pages_of_part in entry.values() if isinstance(entry, dict) else ():
            paths = [path for path in pages_of_part if isinstance(path, str)]
            part = paths[0].removesuffix("index.md")
            if part in ("owners/", "recruiters/"):
                found[part] = [path.removesuffix(".md") + "/" for path in paths[1:]]
    return found


def data(page: SitePage) -> dict[str, dict]:
    """The structured data of a page, by type."""
    found = [json.loads(node.text()) for node in page.tree.css('script[type="application/ld+json"]')]
    return {one["@type"]: one for one in found}


# What every page has ----------------------------------------------------------


def test_each_page_has_one_title_of_its_own(pages: list[SitePage]) -> None:
    """One h1, and a title that no other page has: tabs, bookmarks and search results can be told apart."""
    for page in pages:
        assert len(page.tree.css("h1")) == 1, f"/{page.address}"
        assert page.text("h1"), f"/{page.address}"
    titles = [page.text("title") for page in pages]
    assert sorted(titles) == sorted(set(titles))
    assert all(4 <= len(title) <= 110 for title in titles), [title for title in titles if not 4 <= len(title) <= 110]


def test_each_listed_page_has_a_description_of_its_own(listed: list[SitePage]) -> None:
    """One sentence of 50 to 155 characters, unlike any other page's: it is what people read before they come."""
    descriptions = [page.attribute("meta[name=description]", "content") for page in listed]
    assert sorted(descriptions) == sorted(set(descriptions))
    for page, words in zip(listed, descriptions, strict=True):
        assert 50 <= len(words) <= 155, f"/{page.address}: {len(words)} characters"


def test_each_page_says_its_language_and_has_its_landmarks(pages: list[SitePage]) -> None:
    """English to screen readers, and one banner, one main part, one footer to jump between."""
    for page in pages:
        assert page.attribute("html", "lang") == "en", f"/{page.address}"
        for landmark in ("body > header", "main", "body > footer"):
            assert len(page.tree.css(landmark)) == 1, f"/{page.address}: {landmark}"
        assert page.attribute("main", "id") == "main", f"/{page.address}"


def test_headings_go_down_one_step_at_a_time(pages: list[SitePage]) -> None:
    """No level is jumped over: people who listen leaf through a page by its headings."""
    for page in pages:
        levels = [int(node.tag[1]) for node in page.tree.css("main :is(h1, h2, h3, h4, h5, h6)")]
        assert levels[0] == 1, f"/{page.address}"
        jumps = [(a, b) for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]
        assert not jumps, f"/{page.address}: {jumps}"


def test_apostrophes_and_quotation_marks_are_curly(pages: list[SitePage]) -> None:
    """Typewriter marks in the text look careless beside a book's; templates forget them most easily."""
    straight = []
    for page in pages:
        body = page.tree.css_first("body")
        assert body is not None
        for node in body.css("p, h1, h2, h3, li, td, dd, a, summary, legend, label"):
            if not node.css_matches("code, pre, script") and re.search(r"\w'\w|\s\"\w", node.text()):
                straight.append(f"/{page.address}: {' '.join(node.text().split())[:80]}")
    assert not straight, "\n".join(straight[:10])


# Where am I, what next ----------------------------------------------------------


def test_a_lesson_knows_its_number_and_its_neighbours(pages: list[SitePage], parts: dict[str, list[str]]) -> None:
    """Number, total, the list beside it, previous and next all follow the order of the settings and stay in the part;
    a reader who lands anywhere knows where that is.
    """
    by_address = {page.address: page for page in pages}
    assert [len(lessons) for lessons in parts.values()] == [5, 5]
    for part, lessons in parts.items():
        part_title = by_address[part].text("h1")
        for number, address in enumerate(lessons, 1):
            page = by_address[address]
            assert f"{number} of {len(lessons)}," in page.text(".folio .kicker"), f"/{address}"
            assert page.text(".folio .kicker a") == part_title, f"/{address}"
            assert page.text(".folio .numeral") == str(number), f"/{address}"
            beside = page.tree.css(".beside .toc a")
            assert [link.attributes.get("aria-current") for link in beside].index("page") == number - 1, f"/{address}"
            assert len(beside) == len(lessons), f"/{address}"
            before, after = page.attribute(".onward a[rel=prev]", "href"), page.attribute(".onward a[rel=next]", "href")
            assert before == (link_to(lessons[number - 2]) if number > 1 else ""), f"/{address}"
            assert after == (link_to(lessons[number]) if number < len(lessons) else ""), f"/{address}"


def link_to(address: str) -> str:
    """A lesson's address as its neighbour writes it."""
    return "../" + address.split("/", 1)[1]


def test_at_the_end_of_a_part_three_ways_lead_on(pages: list[SitePage], parts: dict[str, list[str]]) -> None:
    """After the last lesson come the other part, the article and the Academy: no reader ends up at a wall."""
    by_address = {page.address: page for page in pages}
    for part, lessons in parts.items():
        other = next(name for name in parts if name != part)
        last = by_address[lessons[-1]]
        onward = [link.attributes.get("href") for link in last.tree.css(".onward a")]
        assert f"../../{other}" in onward and "../../article/" in onward, f"/{last.address}"
        assert last.tree.css_first(".signup-card"), f"/{last.address}"
        onward = [link.attributes.get("href") for link in by_address[part].tree.css(".onward a")]
        assert onward == [f"../{other}", "../article/"], f"/{part}"


def test_every_page_leads_to_the_parts_and_to_everything_else(pages: list[SitePage]) -> None:
    """The masthead names the parts and the foot lists the site, so that nothing is more than two presses away."""
    for page in pages:
        assert len(page.tree.css("body > header nav a")) >= 2, f"/{page.address}"
        assert len(page.tree.css("body > footer nav a")) >= 6, f"/{page.address}"


def test_a_lesson_opens_with_its_line_and_says_whose_it_is(pages: list[SitePage]) -> None:
    """Between two calls the first screen is enough: the line to say. And nobody takes the lesson for Greg Savage's own."""
    for page in pages:
        if page.kind == "lesson":
            assert page.text(".opening .say h2") == "Between calls? Say this", f"/{page.address}"
            assert len(page.text(".opening .say q").split()) >= 4, f"/{page.address}"
            assert "not Greg Savage’s and not the Academy’s" in page.text(".byline"), f"/{page.address}"
            assert len(page.tree.css(".outcomes li")) == 3, f"/{page.address}"


# Shared links and search engines ---------------------------------------------------


def test_each_listed_page_has_one_address_and_looks_right_when_shared(
    listed: list[SitePage], site: Path, settings: dict
) -> None:
    """The canonical address, and title, words and a drawn picture of 1200 × 630 for whoever shares the link."""
    pictures = set()
    for page in listed:
        address = settings["site_url"] + page.address
        assert page.attribute("link[rel=canonical]", "href") == address, f"/{page.address}"
        shared = {
            node.attributes.get("property"): node.attributes.get("content") or ""
            for node in page.tree.css("meta[property]")
        }
        assert shared["og:url"] == address
        assert shared["og:type"] == ("website" if page.kind == "home" else "article")
        assert shared["og:description"] == page.attribute("meta[name=description]", "content")
        for name in ("og:title", "og:site_name", "og:locale", "og:image:alt"):
            assert shared.get(name), f"/{page.address}: {name}"
        assert page.attribute("meta[name='twitter:card']", "content") == "summary_large_image", f"/{page.address}"
        picture = site / shared["og:image"].removeprefix(settings["site_url"])
        assert struct.unpack(">II", picture.read_bytes()[16:24]) == (1200, 630), f"/{page.address}"
        pictures.add(picture)
    assert len(pictures) == len(listed), "each listed page has a picture of its own"


def test_structured_data_has_what_its_types_require(listed: list[SitePage]) -> None:
    """Article, courses, lessons and the way to each page are told to search engines completely; half an entry counts as none."""
    for page in listed:
        found = data(page)
        wanted = {TYPE_OF_KIND.get(page.kind), None if page.kind == "home" else "BreadcrumbList"} - {None}
        assert set(found) == wanted, f"/{page.address}"
        for name, one in found.items():
            assert one["@context"] == "https://schema.org"
            lacking = {key for key in REQUIRED[name] if not one.get(key)}
            assert not lacking, f"/{page.address}: {name} lacks {lacking}"


def test_a_course_lists_its_lessons_and_each_lesson_its_course(
    listed: list[SitePage], parts: dict[str, list[str]], settings: dict
) -> None:
    """The two courses hold ten and fifteen lessons in their order, and each lesson says what it teaches, for whom, how long."""
    by_address = {page.address: page for page in listed}
    for part, lessons in parts.items():
        course = data(by_address[part])["Course"]
        assert [one["url"] for one in course["hasPart"]] == [settings["site_url"] + address for address in lessons]
        assert course["provider"]["name"]
        for number, address in enumerate(lessons, 1):
            lesson = data(by_address[address])["LearningResource"]
            assert lesson["position"] == number and lesson["url"] == settings["site_url"] + address
            assert lesson["isPartOf"]["url"] == settings["site_url"] + part
            assert len(lesson["teaches"]) == 3 and lesson["audience"]["educationalRole"]
            assert re.fullmatch(r"PT\d+M", lesson["timeRequired"])


def test_the_trail_of_each_page_begins_at_home_and_ends_here(listed: list[SitePage], settings: dict) -> None:
    """Search results can show the way: home, part, page, numbered from one, every step with its name and address."""
    for page in listed:
        if page.kind == "home":
            continue
        steps = data(page)["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1)), f"/{page.address}"
        assert steps[0]["item"] == settings["site_url"] and steps[-1]["item"] == settings["site_url"] + page.address
        assert all(step["@type"] == "ListItem" and step["name"] for step in steps)
        assert len(steps) == (3 if page.kind in ("lesson", "note") else 2), f"/{page.address}"


def test_the_article_names_its_author_as_the_origin_not_as_the_writer(listed: list[SitePage]) -> None:
    """The retelling is this site's; Greg Savage is credited as the author of what it is based on, with its date.
    Where his own text stands, he is its author.
    """
    shown = next(page for page in listed if page.kind == "article")
    article = data(shown)["Article"]
    retold = "This is a retelling" in shown.tree.css_first("main").text()
    assert (article["author"]["name"] != "Greg Savage") == retold
    assert article["isBasedOn"]["author"]["name"] == "Greg Savage"
    assert article["isBasedOn"]["datePublished"] == "2023-04-03"


def test_the_sitemap_lists_what_search_engines_shall_find(site: Path, listed: list[SitePage], settings: dict) -> None:
    """Every readable page once, no page for paper, no redirect, no 404."""
    tree = ElementTree.parse(site / "sitemap.xml")
    found = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    phrases = [page.address for page in read_pages(site) if page.kind == "phrase-page"]
    assert sorted(found) == sorted(
        settings["site_url"] + address for address in [*(p.address for p in listed), *phrases]
    )


def test_pages_that_nobody_should_find_ask_not_to_be_listed(pages: list[SitePage]) -> None:
    """Pages for paper repeat what stands elsewhere, and nobody searches for a 404; everything else may be found."""
    for page in pages:
        hidden = "noindex" in page.attribute("meta[name=robots]", "content")
        assert hidden == (page.kind in FOR_PAPER | {"404"}), f"/{page.address}"


def test_robots_manifest_and_icons_are_there(site: Path, pages: list[SitePage]) -> None:
    """Crawlers are let in; the tab, the bookmark and the home screen show the ribbon in every size they ask for."""
    robots = (site / "robots.txt").read_text("utf-8")
    assert "User-agent: *" in robots and "Disallow: /\n" not in robots
    for page in (pages[0], pages[-1]):
        for rel, kind in (
            ("icon", ".svg"),
            ("alternate icon", ".png"),
            ("apple-touch-icon", ".png"),
            ("manifest", ".webmanifest"),
        ):
            href = page.attribute(f"link[rel='{rel}']", "href")
            assert href.endswith(kind), f"/{page.address}: {rel}"
            file = site / href.lstrip("/") if href.startswith("/") else (page.file.parent / href).resolve()
            assert file.is_file(), f"/{page.address}: {href}"
    manifest = json.loads((site / "manifest.webmanifest").read_text("utf-8"))
    assert manifest["name"] and manifest["start_url"] and manifest["display"]
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        file = site / icon["src"]
        assert file.is_file(), icon["src"]
        if file.suffix == ".png":
            width = int(icon["sizes"].split("x")[0])
            assert struct.unpack(">II", file.read_bytes()[16:24]) == (width, width), icon["src"]
