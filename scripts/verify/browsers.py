"""Firefox and WebKit: every kind of page opens, styled, without an error, and search works."""

import tempfile
from pathlib import Path

from playwright.sync_api import Error, Playwright, sync_playwright

from site_server import serving
from verify.job import build_site
from verify.lighthouse import one_of_each_kind

NEEDS = "Playwright's Firefox and WebKit (.venv/bin/python -m playwright install --with-deps firefox webkit)"


def run(arguments: list[str]) -> int:
    """Walk through the pages in each browser that is there; return 1 on a fault, 2 where neither is there."""
    faults, tried = [], 0
    with tempfile.TemporaryDirectory() as folder:
        site = build_site(Path(folder) / "site")
        with serving(site) as address, sync_playwright() as playwright:
            for name in arguments or ("firefox", "webkit"):
                found = walk(playwright, name, address, one_of_each_kind(site))
                if found is None:
                    print(f"{name} is not here; it needs {NEEDS.partition(' (')[2].removesuffix(')')}.")
                    continue
                tried += 1
                faults += found
                print(f"{name}: {len(found)} faults")
    print("\n".join(faults))
    return 1 if faults else 0 if tried else 2


def walk(playwright: Playwright, name: str, address: str, pages: list[str]) -> list[str] | None:
    """What is wrong in one browser, a line each; None where it is not installed."""
    try:
        browser = getattr(playwright, name).launch()
    except Error:
        return None
    faults: list[str] = []
    tab = browser.new_page()
    tab.on("pageerror", lambda error: faults.append(f"{name} {tab.url}: {error}"))
    tab.on(
        "console",
        lambda message: faults.append(f"{name} {tab.url}: {message.text}") if message.type == "error" else None,
    )
    for page in pages:
        tab.goto(address + page)
        if not tab.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')"):
            faults.append(f"{name} {tab.url}: the styles did not arrive")
    tab.keyboard.press("/")
    tab.get_by_role("searchbox").or_(tab.get_by_role("combobox")).fill("counteroffer")
    try:
        tab.locator("dialog a").first.wait_for()
    except Error:
        faults.append(f"{name}: search finds nothing")
    browser.close()
    return faults
