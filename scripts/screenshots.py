"""Takes pictures of every kind of page into screenshots/, for people to look at.

Phone, tablet and desk, light and dark; without JavaScript; with search, answers
and verdicts open; and on paper as PDF. The names say which is which.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from browsers import WHAT_TO_INSTALL, launch_options, provide_browser
from site_server import serving
from verify.job import kinds

ROOT = Path(__file__).resolve().parent.parent
# A whole part on a phone is taller than browsers can draw; from here on it is cut.
HIGHEST = 12_000
WIDTHS = (360, 768, 1280, 1920)
SCHEMES = ("light", "dark")
OPEN_ALL = """for (const part of document.querySelectorAll("details, [data-check] button.option"))
  part.matches("details") ? part.open = true : part.click()"""


class Picture(NamedTuple):
    """One picture: its name, the page's address, and how it is looked at."""

    name: str
    address: str
    width: int = 1280
    scheme: str = "light"
    script: bool = True
    state: str = ""


def pictures(pages: dict[str, str]) -> Iterator[Picture]:
    """Every picture to take of these pages, by the name of their kind."""
    for kind, address in pages.items():
        for width in WIDTHS:
            for scheme in SCHEMES:
                yield Picture(f"{kind}-{width}-{scheme}.png", address, width, scheme)
        yield Picture(f"{kind}-360-no-script.png", address, 360, "dark", script=False)
        yield Picture(f"{kind}-print.pdf", address)
    lesson = next(address for kind, address in pages.items() if kind.startswith("lesson"))
    for width in (360, 1280):
        for scheme in SCHEMES:
            yield Picture(f"search-{width}-{scheme}.png", "", width, scheme, state="search")
            yield Picture(f"opened-{width}-{scheme}.png", lesson, width, scheme, state="opened")


def take(browser: Browser, picture: Picture, server: str, folder: Path) -> None:
    """Take one picture into the folder."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": 900},
        color_scheme=picture.scheme,
        java_script_enabled=picture.script,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(server + picture.address, wait_until="networkidle")
    if picture.script:
        page.reload(wait_until="networkidle")  # the faces are used from the second page on
    bring_about(page, picture.state)
    if picture.name.endswith(".pdf"):
        page.pdf(path=folder / picture.name, prefer_css_page_size=True)
    else:
        height = (
            900 if picture.state == "search" else min(HIGHEST, page.evaluate("document.documentElement.scrollHeight"))
        )
        clip = {"x": 0, "y": 0, "width": picture.width, "height": height}
        page.screenshot(path=folder / picture.name, full_page=picture.state != "search", clip=clip, timeout=120_000)
    context.close()


def bring_about(page: Page, state: str) -> None:
    """Bring the page into the state that the picture is to show."""
    if state == "opened":
        page.evaluate(OPEN_ALL)
    if state == "search":
        page.get_by_role("button", name="Search", exact=True).click()
        page.get_by_role("searchbox", name="Search this site").fill("delay")
        page.locator(".search li").first.wait_for()


def main() -> int:
    """Build the site, take the pictures, and say where they are; return 1 where that was not possible."""
    parser = argparse.ArgumentParser(prog="run.py screenshots", description=__doc__.splitlines()[0])
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORD",
        help="only pictures with one of these words in their name, such as lesson or dark",
    )
    parser.add_argument(
        "--out", type=Path, default=ROOT / "screenshots", help="the folder to write to, instead of screenshots/"
    )
    parser.add_argument(
        "--engines", action="store_true", help="each kind of page in WebKit, Firefox and Chromium instead, side by side"
    )
    choice = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        command = [sys.executable, ROOT / "scripts" / "build.py", "--out", site]
        if subprocess.run(command, stdout=subprocess.DEVNULL).returncode:
            return 1
        pages = {kind: address for kind, address in kinds(site).items() if kind != "redirect"}
        if not choice.words:
            shutil.rmtree(choice.out, ignore_errors=True)
        choice.out.mkdir(parents=True, exist_ok=True)
        with serving(site) as server:
            take_all = in_each_engine if choice.engines else in_chromium
            taken = take_all(pages, choice.words, server, choice.out)
    print(f"{taken} pictures are in {choice.out}.")
    return 0 if taken else 1


def in_chromium(pages: dict[str, str], words: list[str], server: str, folder: Path) -> int:
    """Take every picture whose name has one of the words, or all; return how many."""
    found = provide_browser()
    if found is None:
        print(WHAT_TO_INSTALL, file=sys.stderr)
        return 0
    wanted = [picture for picture in pictures(pages) if fits(picture.name, words)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options(found))
        for picture in wanted:
            take(browser, picture, server, folder)
        browser.close()
    return len(wanted)


def in_each_engine(pages: dict[str, str], words: list[str], server: str, folder: Path) -> int:
    """Take the first screen of each kind of page, on a phone and a desk, in each engine that is here; say how many."""
    from verify.engines import PACKAGES, window  # their drivers are installed for `verify` alone
    from verify.walk import DESK, PHONE

    taken = 0
    for engine in PACKAGES:
        with window(engine) as opened:
            if opened is None:
                print(f"{engine} is not here.", file=sys.stderr)
                continue
            for width, height in (PHONE, DESK):
                opened.resize(width, height)
                for kind, address in pages.items():
                    name = f"{kind}-{width}-{engine}.png"
                    if fits(name, words):
                        opened.open(server + address)
                        opened.run("await document.fonts.ready; return ''")
                        opened.picture(folder / name)
                        taken += 1
    return taken


def fits(name: str, words: list[str]) -> bool:
    """Whether a picture's name has one of the words; without words, all fit."""
    return not words or any(word in name for word in words)


if __name__ == "__main__":
    sys.exit(main())
