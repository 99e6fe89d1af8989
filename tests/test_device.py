"""What is kept on the reader's device: under one prefix, moved there once from older names."""

from playwright.sync_api import Page, expect

from readers import collect_errors


def test_what_was_kept_under_older_names_is_moved_once(page: Page, server: str) -> None:
    """A reader who comes back finds their colours and figures, and what is erased stays erased."""
    errors = collect_errors(page)
    page.goto(server + "about/")
    page.evaluate(
        """localStorage.setItem("scheme", "dark"); localStorage.setItem("sheet:cash-weeks", '["240","520"]')"""
    )
    page.goto(server + "owners/know-your-cash-weeks/")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    assert page.evaluate("({ ...localStorage })") == {
        "pushback.scheme": "dark",
        "pushback.sheet.cash-weeks": '["240","520"]',
    }
    page.evaluate("""localStorage.setItem("scheme", "light")""")
    page.reload()
    assert page.evaluate("({ ...localStorage })")["pushback.scheme"] == "dark"
    page.goto(server + "about/")
    expect(page.locator("#device-data li")).to_have_text(["your choice of colours: dark", "the figures of 1 sheet"])
    assert errors == []


def test_the_site_can_stand_on_a_home_screen(page: Page, server: str) -> None:
    """There, Safari keeps what one has typed for longer than seven days without a visit."""
    page.goto(server)
    manifest = page.request.get(page.locator("link[rel=manifest]").evaluate("link => link.href")).json()
    assert manifest["display"] == "standalone"
    assert manifest["start_url"] and manifest["icons"]
