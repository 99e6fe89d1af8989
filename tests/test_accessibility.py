"""Nobody is shut out: the rules of axe, and what a screen reader is told."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from site_pages import FOR_PAPER, one_of_each, read_pages

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# WCAG 2.2, levels A and AA, and axe's own good practice. Of level AAA the contrast of 7:1, which
# finds everything that the rule of level AA would.
ALL_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
}
# The rules whose answer can differ between light and dark: nothing but colours differs there.
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast-enhanced", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
# Nothing to fetch again: pages have no frames, and no rule here reads stylesheets.
SPARE = {"preload": False, "iframes": False}
WIDTHS = (360, 1280)
# Tests of about equal length, so that workers can share them.
PORTIONS = 4

# Opens whatever opens, and answers every question of a check, right and wrong.
OPEN_ALL = """() => {
  const closed = document.querySelectorAll("details:not([open]), [data-check] button.option");
  for (const part of closed) part.matches("details") ? part.open = true : part.click();
  return closed.length;
}"""


def faults(page: Page, address: str, within: str = "html") -> list[str]:
    """What axe finds inside `within`, on a phone and a desk, light and dark; each with its address and elements."""
    lines = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in (("light", ALL_RULES), ("dark", COLOUR_RULES)):
            page.emulate_media(color_scheme=scheme)
            # The page notices its new width when it is next drawn.
            page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
            found = page.evaluate(
                "([within, rules]) => axe.run([...document.querySelectorAll(within)], rules).then((result) => result.violations)",
                [within, rules | SPARE],
            )
            for violation in found:
                places = "; ".join(" ".join(node["target"]) for node in violation["nodes"][:3])
                lines.append(f"/{address} {width} {scheme}: {violation['help']} ({violation['id']}): {places}")
    return lines


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_no_page_has_a_fault_that_axe_knows(page: Page, server: str, site: Path, portion: int) -> None:
    """Every page passes WCAG 2.2 AA as far as a machine can tell, and its text reaches 7:1, on phones and desks,
    light and dark, closed as it comes and with every answer, reason and verdict open. Otherwise people who see
    little, listen, or steer by keyboard would meet a wall.
    """
    found = []
    for one in read_pages(site)[portion::PORTIONS]:
        page.goto(server + one.address)
        page.evaluate(AXE)
        found += faults(page, one.address)
        opened = page.evaluate(OPEN_ALL)
        assert opened or one.kind not in ("home", "lesson"), f"/{one.address} has nothing to open"
        if opened:
            found += faults(page, f"{one.address} (opened)", "details, [data-check]")
    assert not found, "\n".join(found)


def test_search_with_results_has_no_fault(page: Page, server: str, site: Path) -> None:
    """Search passes on every kind of page while its results show; it must not be for the sighted alone."""
    found = []
    for one in one_of_each(read_pages(site)):
        page.goto(server + one.address)
        button = page.get_by_role("button", name="Search", exact=True)
        if one.kind in FOR_PAPER and not button.count():
            continue
        button.click()
        page.get_by_role("searchbox", name="Search this site").fill("client")
        page.locator(".search li").first.wait_for()
        page.evaluate(AXE)
        found += faults(page, one.address, ".search")
    assert not found, "\n".join(found)


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
    assert page.get_by_role("banner").get_by_role("link", name="Sign up at the Example Academy").count() == 1
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
