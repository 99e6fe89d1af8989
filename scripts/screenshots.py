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

ROOT = Path(__file__).resolve().parent.parent
# A page of every kind; of lessons the two that show most.
PAGES = {
    "home": "",
    "article": "article/",
    "part-owners": "owners/",
    "part-recruiters": "recruiters/",
    "lesson-owners": "owners/stress-test-your-profit/",
    "lesson-recruiters": "recruiters/push-back/",
    "academy": "academy/",
    "phrasebook": "phrasebook/",
    "practice": "practice/",
    "evidence": "evidence/",
    "glossary": "glossary/",
    "about": "about/",
    "notes": "notes/",
    "note": "notes/before-you-add-ten-days/",
    "print-part": "owners/print/",
    "desk-card": "recruiters/desk-card/",
    "team-sheet": "owners/team/",
    "not-found": "no/such/page/",
}
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


def pictures() -> Iterator[Picture]:
    """Every picture to take."""
    for kind, address in PAGES.items():
        for width in WIDTHS:
            for scheme in SCHEMES:
                yield Picture(f"{kind}-{width}-{scheme}.png", address, width, scheme)
        yield Picture(f"{kind}-360-no-script.png", address, 360, "dark", script=False)
        yield Picture(f"{kind}-print.pdf", address)
    for width in (360, 1280):
        for scheme in SCHEMES:
            yield Picture(f"search-{width}-{scheme}.png", "", width, scheme, state="search")
            yield Picture(f"opened-{width}-{scheme}.png", PAGES["lesson-recruiters"], width, scheme, state="opened")


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
    choice = parser.parse_args()
    wanted = [
        picture for picture in pictures() if not choice.words or any(word in picture.name for word in choice.words)
    ]
    if not wanted:
        parser.error(f"no picture has one of these words in its name: {' '.join(choice.words)}")
    found = provide_browser()
    if found is None:
        print(WHAT_TO_INSTALL, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        if subprocess.run(
            [sys.executable, ROOT / "scripts" / "build.py", "--out", site], stdout=subprocess.DEVNULL
        ).returncode:
            return 1
        if not choice.words:
            shutil.rmtree(choice.out, ignore_errors=True)
        choice.out.mkdir(parents=True, exist_ok=True)
        with serving(site) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options(found))
            for picture in wanted:
                take(browser, picture, server, choice.out)
            browser.close()
    print(f"{len(wanted)} pictures are in {choice.out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
