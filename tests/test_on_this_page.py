"""The list of a long page's sections, beside it."""

import pytest
from playwright.sync_api import Page, expect

LONG = ["academy/", "evidence/", "about/"]


@pytest.mark.parametrize("address", LONG)
def test_a_long_page_lists_its_sections_where_there_is_room(page: Page, server: str, address: str) -> None:
    """One sees at a glance what a page answers, and is one press from it; without it half of a wide screen stays empty."""
    page.goto(server + address)
    links = page.get_by_role("navigation", name="On this page").get_by_role("link")
    assert links.all_inner_texts() == page.locator(".prose h2:not(.footnote *)").all_inner_texts()
    links.last.click()
    expect(page.locator(".prose h2").last).to_be_in_viewport()
    expect(links.last).to_be_in_viewport()


def test_narrow_screens_and_short_pages_have_the_headings_alone(page: Page, server: str) -> None:
    """On a phone the list would only put off the text; for three sections or forty it would be no help."""
    page.goto(server + "glossary/")
    expect(page.locator(".on-this-page")).to_have_count(0)
    page.set_viewport_size({"width": 768, "height": 900})
    page.goto(server + "academy/")
    expect(page.locator(".on-this-page")).to_be_hidden()
