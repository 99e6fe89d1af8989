"""What tests of the learning tools share: a reader's data, errors, shifts, and axe."""

import json
import re

from playwright.sync_api import Page

from visits import SHIFT, violations

# Browsers answer so where a reader blocks storage for a site.
STORAGE_BLOCKED = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("Access is denied for this document.", "SecurityError"); } });"""


def curly(words: str) -> str:
    """Words of front matter as the pages print them: a quotation mark after a space or a bracket opens, every other one closes."""
    return re.sub(r'(?<![^ (])"', "“", words.strip()).replace('"', "”").replace("'", "’")


def collect_errors(page: Page) -> list[str]:
    """A list that fills with every exception and console error of the page."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    return errors


def keep(page: Page, server: str, **kept: object) -> None:
    """Put this on the reader's device before they arrive: names as they are kept, values as data or as raw text."""
    page.goto(server + "glossary/")
    for name, value in kept.items():
        text = value if isinstance(value, str) else json.dumps(value)
        page.evaluate("([name, text]) => localStorage.setItem(name, text)", ["pushback." + name, text])


def kept(page: Page, name: str) -> dict:
    """What stands on the device under this name."""
    return json.loads(page.evaluate("(name) => localStorage.getItem(name)", "pushback." + name) or "null")


def walk_to(page: Page, selector: str, most: int = 150) -> None:
    """Press Tab until the focus is on the element, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}.")


def hindrances(page: Page, *parts: str) -> list[str]:
    """What axe finds in these parts of the page, or in all of it, in the light and in the dark: a line each.

    Whole pages, as one meets them first, are tested elsewhere; here it is about what the tools draw.
    """
    return violations(page, ("light", "dark"), ", ".join(parts) or "html")


def shift(page: Page) -> float:
    """By how much the page has moved under the reader so far."""
    return page.evaluate(SHIFT)


def wider_than_window(page: Page) -> bool:
    """Whether the page has to be moved sideways to be read."""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")
