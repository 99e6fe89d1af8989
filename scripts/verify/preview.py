"""How long a save takes to show in the preview, on the real site."""

import argparse
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from verify.job import SCRIPTS, Unable, copy_project, middle, print_table

NEEDS = "nothing"
GOAL = 2.0  # seconds, the goal for the real site


def run(arguments: list[str]) -> int:
    """Save a lesson again and again; print how long it took; return 1 where the median is over the goal."""
    parser = argparse.ArgumentParser(prog="run.py verify preview", description=__doc__)
    parser.add_argument("--saves", type=int, default=7, help="how often (7)")
    choice = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder))
        command = [sys.executable, SCRIPTS / "serve.py", "--root", project, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as preview:
            try:
                address = address_of(preview)
                seconds = [save(project, address, number) for number in range(choice.saves)]
            finally:
                preview.terminate()
    print_table(["saves", "median s", "fastest s", "slowest s"],
                [[len(seconds), f"{middle(seconds):.2f}", f"{min(seconds):.2f}", f"{max(seconds):.2f}"]])  # fmt: skip
    return 0 if middle(seconds) <= GOAL else 1


def address_of(preview: subprocess.Popen) -> str:
    """Where the preview is, once it has said so. Raises Unable where it ends before."""
    for line in preview.stdout:
        if found := re.search(r"The site is at (\S+) ", line):
            return found[1]
    raise Unable("The preview ended before it showed anything.")


def save(project: Path, address: str, number: int) -> float:
    """Save a lesson with a new word; return the seconds until the word is on the page."""
    page, word = project / "docs/owners/cut-once.md", f"newword{number}"
    text = page.read_text("utf-8")
    time.sleep(3)  # as an editor pauses: the last check and drawing have ended
    started = time.perf_counter()
    page.write_text(f"{text}\n{word}\n", "utf-8")
    while word not in urllib.request.urlopen(f"{address}owners/cut-once/").read().decode():
        time.sleep(0.02)
    return time.perf_counter() - started
