"""By keyboard alone: everything is reached, in reading order, with the focus in sight."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from site_pages import SitePage, one_of_each, read_pages

# Everything that the Tab key should reach: what is shown and can be used. Of radio buttons of
# one name, the chosen one.
REACHABLE = """() => {
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  const stops = [...all].filter((stop) => stop.checkVisibility({ visibilityProperty: true }) && !stop.disabled
    && stop.tabIndex >= 0 && (stop.type !== "radio" || stop.checked));
  stops.forEach((stop, place) => { stop.dataset.place = place; });
  return stops.map((stop) => stop.outerHTML.slice(0, 120));
}"""
# Where the focus is, whether it shows, and whether anything lies over it.
FOCUS = """() => {
  const stop = document.activeElement;
  if (stop === document.body) return { place: "end" };
  const style = getComputedStyle(stop);
  const shows = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
    || (stop.type === "radio" && style.outlineStyle !== "none");
  const boxes = [...stop.getClientRects()].filter((box) => box.width && box.height);
  const inSight = boxes.some((box) => {
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
    const top = document.elementFromPoint(x, y);
    return top && (stop.contains(top) || top.contains(stop) || stop.labels?.[0]?.contains(top));
  });
  return { place: stop.dataset.place, inMasthead: !!stop.closest(".masthead"), shows, inSight, html: stop.outerHTML.slice(0, 120) };
}"""


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """One window for all walks. The low height is that of a laptop at 200 %, where sticky parts hide most."""
    context = browser.new_context(viewport={"width": 1280, "height": 500}, reduced_motion="reduce", locale="en-GB")
    yield context.new_page()
    context.close()


def open_tools(page: Page) -> None:
    """The fields of a lesson's exercise come with the first Tab: let them come before anything is counted."""
    page.evaluate("dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }))")
    page.wait_for_function(
        "() => !document.querySelector('[data-exercise]') || document.querySelector('.exercise, .computes')"
    )


def walk(page: Page) -> tuple[list[str], list[dict]]:
    """Press Tab from the top of the page to its end; what should be reached, and each stop that was."""
    open_tools(page)
    wanted = page.evaluate(REACHABLE)
    stops = []
    for _ in range(len(wanted) + 5):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["place"] == "end" or (stops and stop["place"] == stops[0]["place"]):
            break
        stops.append(stop)
    return wanted, stops


def faults_of_walk(page: Page, one: SitePage) -> list[str]:
    """What somebody at the keyboard would complain about on this page."""
    wanted, stops = walk(page)
    places = [int(stop["place"]) for stop in stops if stop["place"]]
    below = [
        int(stop["place"]) for stop in stops if stop["place"] and not stop["inMasthead"]
    ]  # which has a test of its own
    faults = [
        f"/{one.address}: Tab does not reach {wanted[place]}" for place in sorted(set(range(len(wanted))) - set(places))
    ]
    faults += [f"/{one.address}: out of order at {wanted[b]}" for a, b in zip(below, below[1:], strict=False) if b < a]
    faults += [f"/{one.address}: no focus to be seen on {stop['html']}" for stop in stops if not stop["shows"]]
    faults += [f"/{one.address}: the focus is hidden on {stop['html']}" for stop in stops if not stop["inSight"]]
    return faults


@pytest.mark.parametrize("width", (360, 1280))
def test_tab_reaches_everything_in_order_and_in_sight(window: Page, server: str, site: Path, width: int) -> None:
    """On every kind of page each link, button, field and disclosure is reached in the order of the text, with a ring
    around it that nothing covers. Who cannot use a mouse would otherwise be lost or stuck.
    """
    window.set_viewport_size({"width": width, "height": 500})
    faults = []
    for one in one_of_each(read_pages(site)):
        if one.kind == "phrasebook" and width == 360:
            continue  # the same links as at 1280 px, and by far the most
        window.goto(server + one.address)
        faults += faults_of_walk(window, one)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", (360, 1280))
def test_the_focus_moves_as_the_eye_does_across_the_masthead(page: Page, server: str, width: int) -> None:
    """From left to right and from row to row, also where the masthead breaks into two rows; jumping back and forth
    makes people doubt where they are.
    """
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(server)
    page.keyboard.press("Tab")
    spots = []
    for _ in range(page.locator(".masthead :is(a, button)").count()):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(() => { const box = document.activeElement.getBoundingClientRect(); return [Math.round(box.top / 20), box.left]; })()"
        )
        spots.append(box)
    assert spots == sorted(spots)


def test_the_first_stop_skips_to_the_text(page: Page, server: str, site: Path) -> None:
    """One Tab and Enter lead past the masthead on every kind of page, and the next Tab goes on from there. Without it
    a keyboard's user passes the same links on each of fifty pages.
    """
    for one in one_of_each(read_pages(site)):
        if one.address.startswith("phrases/"):
            continue  # one link stands before its text
        page.goto(server + one.address)
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert skip.text_content() == "Skip to the text", one.address
        box = skip.bounding_box()
        assert box and box["x"] >= 0 and box["y"] >= 0 and box["height"] >= 24, (
            f"/{one.address}: the skip link is out of sight"
        )
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main", one.address
        page.keyboard.press("Tab")
        inside = page.evaluate("!document.activeElement.closest('.masthead')")
        assert inside, f"/{one.address}: the next Tab goes back to the masthead"


def test_search_by_keyboard_from_slash_to_escape(page: Page, server: str) -> None:
    """`/` opens search, arrows walk through the results and back to the field, Enter follows one, Escape closes and gives
    the focus back. Somebody between two calls has no time for the mouse; somebody without hands has no mouse.
    """
    page.goto(server + "owners/cut-once/")
    page.get_by_role("button", name="Search").focus()
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Search this site")
    field.wait_for()
    assert page.evaluate("document.activeElement.id") == "search-words"
    assert field.input_value() == "", "the slash that opened search must not be typed into it"
    page.keyboard.type("counteroffer")
    links = page.locator(".search li a")
    links.first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert links.nth(1).evaluate("(link) => link === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.keyboard.press("Escape")
    field.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.id") == "open-search", "the focus goes back to where it was"
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    target = links.first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(target)


def test_slash_is_a_letter_where_one_types(page: Page, server: str) -> None:
    """In a field a slash stays a slash, so that "and/or" can be written."""
    page.goto(server + "phrasebook/")
    field = page.get_by_role("searchbox").first
    field.focus()
    page.keyboard.type("and/or")
    assert field.input_value() == "and/or"
    assert page.locator("dialog[open]").count() == 0


def test_the_focus_stays_inside_open_search(page: Page, server: str) -> None:
    """While search is open, Tab does not wander through the covered page."""
    page.goto(server)
    page.keyboard.press("/")
    page.get_by_role("searchbox", name="Search this site").wait_for()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")


def test_disclosures_and_the_check_answer_to_keys(page: Page, server: str) -> None:
    """Enter and the space bar open a disclosure and answer the check, as a press of the mouse does."""
    page.goto(server + "about/")
    page.evaluate("""localStorage.setItem("pushback.scheme", "light")""")
    page.reload()
    page.locator("main summary:visible").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details:has(summary:focus)").first.get_attribute("open") is not None
    page.goto(server + "recruiters/push-back/")
    page.locator("[data-check] button").nth(1).focus()
    page.keyboard.press("Space")
    assert page.locator("[data-check] .verdict").nth(1).text_content()
