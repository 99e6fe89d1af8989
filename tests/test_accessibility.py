"""Nobody is shut out: the rules of axe, and what a screen reader is told."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from site_pages import one_of_each, read_pages
from visits import violations


@pytest.mark.parametrize("width", (360, 1280))
def test_search_with_results_has_no_fault(page: Page, server: str, width: int) -> None:
    """Search passes while its results show, also on the page for lost readers; it must not be for the sighted alone."""
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("recruiters/push-back/", "no/such/page/"):
        page.goto(server + address)
        page.get_by_role("button", name="Search", exact=True).click()
        page.get_by_role("searchbox", name="Search this site").fill("client")
        page.locator(".search li").first.wait_for()
        assert violations(page, ("light", "dark"), ".search") == [], f"/{address}"


def test_a_screen_reader_is_told_what_everything_is(page: Page, server: str, site: Path) -> None:
    """Every landmark that stands twice has a name of its own, and every control, link and drawing has a name. Without
    names a listener hears "link, link, button" and has to guess.
    """
    found = []
    for one in one_of_each(read_pages(site)):
        page.goto(server + one.address)
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        named = [
            (node["role"]["value"], node.get("name", {}).get("value", ""))
            for node in nodes
            if not node["ignored"] and "role" in node
        ]
        for role in (
            "link",
            "button",
            "radio",
            "checkbox",
            "searchbox",
            "textbox",
            "image",
            "navigation",
            "complementary",
            "dialog",
        ):
            if any(name == "" for a_role, name in named if a_role == role):
                found.append(f"/{one.address}: a {role} without a name")
        landmarks = [pair for pair in named if pair[0] in ("navigation", "complementary", "search", "region")]
        found += [
            f"/{one.address}: two landmarks are called {pair}" for pair in set(landmarks) if landmarks.count(pair) > 1
        ]
    assert not found, "\n".join(found)


def test_names_in_the_accessibility_tree_say_where_one_is(page: Page, server: str) -> None:
    """A listener learns from names alone which lesson this is, which part it is in, and that sign-up is the Academy's."""
    page.goto(server + "recruiters/push-back/")
    part = page.get_by_role("navigation", name="5 imperatives for recruiters")
    assert part.get_by_role("listitem").count() == 5
    here = part.locator("[aria-current=page]")
    assert here.count() == 1 and here.text_content() == page.get_by_role("heading", level=1).text_content()
    main = page.get_by_role("navigation", name="Main")
    assert main.locator("[aria-current=true]").text_content() == "For recruiters"
    colours = page.get_by_role("group", name="Colours").get_by_role("radio")
    assert colours.count() == 3 and colours.first.is_checked()


def test_a_screen_reader_hears_the_verdict(page: Page, server: str) -> None:
    """Whoever answers the check hears at once whether it was right and why; silence would leave them with a dead button."""
    page.goto(server + "recruiters/push-back/")
    check = page.get_by_role("region", name="Check yourself")
    assert check.get_by_role("status").first.text_content() == ""
    check.get_by_role("button").first.click()
    verdict = check.get_by_role("status").first.text_content() or ""
    assert verdict.startswith(("Right.", "Not this one.")) and len(verdict) > 30
