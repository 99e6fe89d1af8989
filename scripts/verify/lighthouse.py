"""Lighthouse on a phone, over every kind of page: medians, and what falls short of the goals."""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

from browsers import WHAT_TO_INSTALL, system_browser
from site_server import serving
from verify.job import Unable, build_site, kinds, middle, print_table, program

NEEDS = "Node with npx, the npm registry (or a copy of lighthouse in npm's cache), and Chromium or Chrome"
VERSION = "12.8.2"
SCORES = ("performance", "accessibility", "best-practices", "seo")
# The goals: scores of 100, performance of 98, and milliseconds.
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST = {"largest-contentful-paint": 1400, "total-blocking-time": 50, "cumulative-layout-shift": 0}
# A whole part on one page, which is met with a printer at hand: it may take its time to arrive.
SLOW = 'class="frame print-part"'


def run(arguments: list[str]) -> int:
    """Measure and print a table; return 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="run.py verify lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often each page is measured (5)")
    parser.add_argument(
        "pages", nargs="*", help="addresses below the site's, such as owners/; one of each kind when left out"
    )
    choice = parser.parse_args(arguments)
    npx = program("npx", "Install Node from https://nodejs.org/.")
    browser = system_browser()
    if browser is None:
        raise Unable(WHAT_TO_INSTALL)
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        site = build_site(Path(folder) / "site")
        rows = []
        with serving(site) as address:
            for page in choice.pages or [page for kind, page in kinds(site).items() if kind != "redirect"]:
                results = [measure(npx, browser, address + page, Path(folder)) for _ in range(choice.runs)]
                row = {name: middle(result[name] for result in results) for name in results[0]}
                html = html_of(site, page)
                listed, most_of = "noindex" not in html, MOST
                if SLOW in html:
                    most_of = {name: most for name, most in MOST.items() if name != "largest-contentful-paint"}
                rows.append(
                    [
                        f"/{page}",
                        *(f"{value:.0f}" if value > 1 or value == 0 else f"{value:.3f}" for value in row.values()),
                    ]
                )
                missed += [f"/{page}: {name} {row[name]:.0f}, at least {goal}" for name, goal in GOALS.items()
                           if row[name] < goal and (listed or name != "seo")]  # fmt: skip
                missed += [
                    f"/{page}: {name} {row[name]:.3g}, at most {most}"
                    for name, most in most_of.items()
                    if row[name] > most
                ]
        print_table(["page", "performance", "accessibility", "best practices", "SEO", "LCP ms", "TBT ms", "CLS"], rows)
    print("\n".join(missed) if missed else "Every goal is met.")
    return 1 if missed else 0


def html_of(site: Path, page: str) -> str:
    """A built page's text."""
    return (site / (page if page.endswith(".html") else page + "index.html")).read_text("utf-8")


def measure(npx: str, browser: Path, address: str, folder: Path) -> dict[str, float]:
    """One run: the four scores of a hundred, LCP and TBT in milliseconds, and CLS."""
    report = folder / "report.json"
    flags = "--headless=new --disable-background-networking" + (
        " --no-sandbox" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    )
    done = subprocess.run(
        [npx, "--yes", f"lighthouse@{VERSION}", address, "--quiet", "--output=json", f"--output-path={report}",
         f"--chrome-flags={flags}", f"--only-categories={','.join(SCORES)}"],
        capture_output=True, text=True, encoding="utf-8", cwd=folder, env=os.environ | {"CHROME_PATH": str(browser)},
    )  # fmt: skip
    if done.returncode:
        raise Unable(
            f"Lighthouse could not measure {address}: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}"
        )
    told = json.loads(report.read_text("utf-8"))
    scores = {name: round(100 * (told["categories"][name]["score"] or 0)) for name in SCORES}
    return scores | {name: told["audits"][name]["numericValue"] for name in MOST}
