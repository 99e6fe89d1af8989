"""What is made for paper: a whole part, the desk cards, the running orders."""

import json
import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from readers import curly

PARTS = ("owners", "recruiters")
KINDS = ("print", "desk-card", "team")
PAGES = [f"{part}/{kind}/" for part in PARTS for kind in KINDS]


def sheets_of_paper(page: Page) -> int:
    """How many sides the page takes, printed with the browser's own settings."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def lessons(course: Path, part: str) -> list[tuple[str, dict]]:
    """The part's lessons in their order: each one's name in addresses, and its front matter."""
    nav = (course / "mkdocs.yml").read_text("utf-8")
    names = [name for name in re.findall(rf"- {part}/([\w-]+)\.md", nav.split("not_in_nav")[0]) if name != "index"]
    return [
        (name, yaml.safe_load((course / "docs" / part / f"{name}.md").read_text("utf-8").split("---\n")[1]))
        for name in names
    ]


@pytest.mark.parametrize("part", PARTS)
def test_a_whole_part_holds_every_lesson_in_order(page: Page, server: str, site: Path, course: Path, part: str) -> None:
    """Whoever prints the part must not find a lesson, a moment or a table missing at home."""
    page.goto(f"{server}{part}/print/")
    its = lessons(course, part)
    assert page.locator(".bound h2").all_inner_texts() == [curly(meta["title"]) for _, meta in its]
    assert page.locator(".contents li").count() == len(its) + 1
    for (_, meta), printed in zip(its, page.locator(".bound").all(), strict=True):
        assert printed.locator(".moment .they q").all_inner_texts() == [
            curly(moment["they_say"]) for moment in meta["moments"]
        ]
        headings = printed.locator("h3").all_inner_texts()
        wanted = [
            "The moment",
            "The idea",
            "How to do it",
            "Worked example",
            "Your turn",
            "They say, you say",
            "Check yourself",
            "Remember",
        ]
        assert [heading for heading in headings if heading in wanted] == wanted
    on_their_own = sum((site / part / name / "index.html").read_text("utf-8").count("<table") for name, _ in its)
    assert page.locator(".bound table").count() == on_their_own


@pytest.mark.parametrize("part", PARTS)
def test_ids_are_single_and_links_within_the_part_stay_on_the_page(page: Page, server: str, part: str) -> None:
    """Ten lessons have ten first footnotes. Each mark must lead to its own, and a link to another lesson to the copy here."""
    page.goto(f"{server}{part}/print/")
    faults = page.evaluate("""() => {
        const ids = [...document.querySelectorAll("[id]")].map((element) => element.id), faults = [];
        for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push("twice: " + id);
        for (const link of document.querySelectorAll("main a[href^='#']"))
            if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) faults.push("nowhere: " + link.hash);
        for (const named of document.querySelectorAll("[aria-labelledby]"))
            for (const id of named.getAttribute("aria-labelledby").split(" "))
                if (!document.getElementById(id)) faults.push("no name: " + id);
        return faults;
    }""")
    assert faults == []
    notes = page.evaluate("""() => [...document.querySelectorAll(".footnote-ref")].map((mark) =>
        mark.closest("article") === document.getElementById(decodeURIComponent(mark.hash.slice(1))).closest("article"))""")
    assert notes and all(notes)
    names = page.evaluate("[...document.querySelectorAll('.bound h2')].map((title) => title.id)")
    away = page.evaluate("[...document.querySelectorAll('.bound a')].map((link) => link.getAttribute('href'))")
    assert [link for link in away for name in names if link.startswith(f"../{name}/")] == []


@pytest.mark.parametrize("part", PARTS)
def test_links_out_of_the_printed_part_lead_somewhere(page: Page, server: str, site: Path, part: str) -> None:
    """The page stands at the lessons' depth so that their links keep their way."""
    page.goto(f"{server}{part}/print/")
    targets = page.evaluate("[...document.querySelectorAll('main a')].map((link) => link.href.split('#')[0])")
    for target in {target for target in targets if target.startswith(server)}:
        assert (site / target.removeprefix(server) / "index.html").is_file(), target


@pytest.mark.parametrize("part", PARTS)
def test_the_answers_at_the_end_fit_the_letters(page: Page, server: str, course: Path, part: str) -> None:
    """On paper an answer is found by its letter; one off would teach the wrong thing."""
    page.goto(f"{server}{part}/print/")
    right = page.locator(".answers li:has-text('Right.') b").all_inner_texts()
    letters = [
        "ABCD"[[bool(option.get("right")) for option in meta["check"]["options"]].index(True)]
        for _, meta in lessons(course, part)
    ]
    assert right == [f"{letter}. Right." for letter in letters]
    assert (
        page.locator(".bound .options").first.evaluate("list => getComputedStyle(list).listStyleType") == "upper-alpha"
    )
    expect(page.locator(".bound details, .bound button")).to_have_count(0)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_prints_with_its_cover_first_and_wastes_no_paper(
    page: Page, server: str, course: Path, part: str
) -> None:
    """Cover and contents have a side each, lessons follow one another under a running head, and an opening is not torn in
    two. The site's furniture stays off the paper. Fifteen lessons fit 55 sides, so five fit twenty.
    """
    page.goto(f"{server}{part}/print/")
    page.emulate_media(media="print")
    for furniture in (".masthead", ".footer", ".paper-tools", "[data-print-page]"):
        expect(page.locator(furniture)).to_be_hidden()
    breaks = page.locator(".cover, .contents").evaluate_all("all => all.map((one) => getComputedStyle(one).breakAfter)")
    assert set(breaks) == {"page"}
    assert page.locator(".bound .opening").first.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
    assert page.locator("main > [data-part]").evaluate("one => getComputedStyle(one).page") == part
    assert sheets_of_paper(page) <= 2 + 3.6 * len(lessons(course, part))


@pytest.mark.parametrize("part", PARTS)
def test_a_desk_card_is_one_side_with_every_line(page: Page, server: str, course: Path, part: str) -> None:
    """It hangs on a wall. A second side would hang behind it. If this fails, a line has grown: shorten it, or the type in paper.css."""
    page.goto(f"{server}{part}/desk-card/")
    its = lessons(course, part)
    assert page.locator(".desk a").all_inner_texts() == [curly(meta["title"]) for _, meta in its]
    assert page.locator(".desk q").all_inner_texts() == [curly(meta["line"]) for _, meta in its]
    assert sheets_of_paper(page) == 1


@pytest.mark.parametrize("part", PARTS)
def test_a_running_order_has_a_week_a_date_and_a_task_for_each_lesson(
    page: Page, server: str, course: Path, part: str
) -> None:
    """A team's leader fills in the dates and needs nothing else."""
    page.goto(f"{server}{part}/team/")
    its = lessons(course, part)
    assert page.locator("tbody td.number").all_inner_texts() == [str(week) for week in range(1, len(its) + 1)]
    assert page.locator("tbody th a").all_inner_texts() == [curly(meta["title"]) for _, meta in its]
    assert page.locator("tbody th p").all_inner_texts() == [curly(meta["team"]) for _, meta in its]
    page.emulate_media(media="print")
    for date in page.locator("tbody td:empty").all():
        size = date.bounding_box()
        assert size["width"] >= 90 and size["height"] >= 30
    assert page.locator("tbody td:empty").count() == len(its)
    assert sheets_of_paper(page) <= 2


@pytest.mark.parametrize("part", PARTS)
def test_part_and_home_lead_to_what_is_on_paper(page: Page, server: str, part: str) -> None:
    """Nobody looks for a page that no other names."""
    for address in ("", f"{part}/"):
        page.goto(server + address)
        for kind in KINDS:
            expect(
                page.locator(f"main a[href$='{part}/{kind}/'], main a[href='{kind}/'], main a[href='./{kind}/']").first
            ).to_be_visible()


def test_they_are_kept_out_of_searches_and_menus(page: Page, server: str, site: Path) -> None:
    """They repeat the lessons. Found in their place, they would hide them."""
    index = json.loads(next((site / "search").glob("search_index*.json")).read_text("utf-8"))
    found = {entry["location"].split("#")[0] for entry in index["docs"]}
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    for address in PAGES:
        assert "noindex" in (site / address / "index.html").read_text("utf-8").split("</head>")[0]
        assert address not in found
        assert f"/{address}<" not in sitemap
    page.goto(server + "owners/")
    lists = page.locator(".toc a").evaluate_all("all => all.map((link) => link.getAttribute('href'))")
    assert not [link for link in lists for kind in KINDS if link.rstrip("/").endswith(kind)]


def test_the_button_prints_and_without_a_script_there_is_none(page: Page, browser: Browser, server: str) -> None:
    """A button that does nothing is worse than none; the browser's own menu is always there."""
    page.goto(server + "owners/desk-card/")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate("window.printed")
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(server + "owners/desk-card/")
    expect(plain.get_by_role("button", name="Print this page")).to_be_hidden()
    expect(plain.locator(".desk li").first).to_be_visible()
    context.close()
