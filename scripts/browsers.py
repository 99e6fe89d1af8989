"""Finds a Chromium-like browser for the tests, or gets one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

WHAT_TO_INSTALL = (
    "The tests need a browser and found none. Install Chromium, Chrome or Edge"
    " (on Debian and Ubuntu: sudo apt install chromium), or connect to the network so that Playwright can fetch its own."
)

# Where the three browsers stand on Windows and macOS, which do not put them on the path.
FIXED_PLACES = (
    r"%PROGRAMFILES%\Google\Chrome\Application\chrome.exe",
    r"%PROGRAMFILES(X86)%\Google\Chrome\Application\chrome.exe",
    r"%LOCALAPPDATA%\Google\Chrome\Application\chrome.exe",
    r"%PROGRAMFILES%\Microsoft\Edge\Application\msedge.exe",
    r"%PROGRAMFILES(X86)%\Microsoft\Edge\Application\msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
)


def system_browser() -> Path | None:
    """The system's Chromium, Chrome or Edge, or None."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    for place in FIXED_PLACES:
        path = Path(os.path.expandvars(place))
        if path.is_file():
            return path
    return None


def own_browser(playwright: Playwright) -> Path | None:
    """The Chromium that Playwright fetched for itself, or None."""
    path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def find_browser(playwright: Playwright) -> Path | None:
    """A browser that is there already: the system's, else Playwright's own; None where there is neither."""
    return system_browser() or own_browser(playwright)


def provide_browser() -> Path | None:
    """A browser, fetched where there was none: Playwright's own, else (as root on Debian) the system's package.

    Returns None where neither could be had; the tests that need a browser
    then fail with WHAT_TO_INSTALL.
    """
    if found := system_browser():
        return found
    with sync_playwright() as playwright:
        if found := own_browser(playwright):
            return found
    print("No browser here; fetching Playwright's Chromium (about 150 MB, once) …", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    with sync_playwright() as playwright:
        if found := own_browser(playwright):
            return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Debian's chromium …", flush=True)
        for words in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
            subprocess.run(["apt-get", *words], check=False, stdout=subprocess.DEVNULL)
    return system_browser()


def launch_options(browser: Path) -> dict[str, object]:
    """What Playwright is to launch `browser` with: no sandbox where root forbids it, and no talk with its maker."""
    quiet = ["--disable-background-networking", "--disable-component-update"]
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": str(browser), "args": [*quiet, *(["--no-sandbox"] if as_root else [])]}
