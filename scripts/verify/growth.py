"""How the time to build grows with the number of pages: the site as it is, and 320 and 1,000 made from its lessons."""

import argparse
import tempfile
import time
from pathlib import Path

import yaml

from settings import read_settings
from verify.job import build_site, copy_project, print_table

NEEDS = "nothing but time: some minutes"
SIZES = (0, 320, 1000)
# How much more than in proportion a page may cost on the largest site before it is called a fault:
# measurements on a busy machine differ by that much.
SLACK = 1.3


def run(arguments: list[str]) -> int:
    """Build each size and print a table; return 1 where a page costs more on a larger site."""
    parser = argparse.ArgumentParser(prog="run.py verify growth", description=__doc__)
    parser.add_argument(
        "sizes", nargs="*", type=int, default=SIZES, help="numbers of pages (0 320 1000; 0 is the site as it is)"
    )
    choice = parser.parse_args(arguments)
    each, rows = [], []
    for size in choice.sizes:
        with tempfile.TemporaryDirectory() as folder:
            project = grow(copy_project(Path(folder)), size)
            started = time.perf_counter()
            site = build_site(project / "site", root=project)
            seconds = time.perf_counter() - started
            pages = list(site.rglob("index.html"))
            page = site / "owners/cut-once/index.html"
            each.append(seconds / len(pages))
            rows.append([len(pages), f"{seconds:.1f}", f"{1000 * each[-1]:.0f}", f"{page.stat().st_size:,}"])
    print_table(["pages", "seconds", "ms a page", "bytes of one lesson"], rows)
    if max(each[1:], default=0) > each[0] * SLACK:
        print("A page costs more on a larger site; does it carry the whole navigation?")
        return 1
    return 0


def grow(project: Path, size: int) -> Path:
    """Give the project about `size` pages: new parts with copies of the owners' lessons, in the navigation as real parts are."""
    settings_file = project / "mkdocs.yml"
    nav = read_settings(settings_file)["nav"]
    lessons = sorted((project / "docs/owners").glob("*.md"))
    missing = max(0, size - len(list((project / "docs").rglob("*.md"))))
    for part in range(1 + missing // len(lessons)):
        name, files = f"part{part}", []
        for source in lessons[: missing - part * len(lessons)]:
            target = project / "docs" / name / source.name
            target.parent.mkdir(exist_ok=True)
            text = source.read_text("utf-8").replace("owners/", f"{name}/")
            target.write_text(text.replace("\ntitle: ", f"\ntitle: {part} ", 1), "utf-8")
            files.append(f"{name}/{source.name}")
        if files:
            files.sort(key=lambda path: not path.endswith("/index.md"))
            nav.append({f"Part {part}": files})
    # The copies' links need not lead anywhere.
    checks = ("omitted_files", "not_found", "anchors", "unrecognized_links", "absolute_links")
    overlay = {"INHERIT": "base.yml", "nav": nav, "validation": dict.fromkeys(checks, "ignore")}
    settings_file.rename(project / "base.yml")
    settings_file.write_text(
        yaml.safe_dump(overlay, allow_unicode=True) + "site_url: https://pushback.example/\n", "utf-8"
    )
    return project
