"""The command line of the checker: its options, its exit codes, and how it prints.

Exit code 0: clean. 1: there are problems. 2: it could not be checked, and why.
Problems of drafts (*.draft.md) are listed and leave the exit code as it is:
an unfinished page is left out of the site and must not stop anyone else.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from linkcheck.site import CannotCheck, Site

from . import report, run
from .built import read_site, read_sources
from .files import ROOT
from .rule import RULES, Diagnostic

# What is wrong, and the site if there was one to look at.
Found = tuple[list[Diagnostic], "Site | None"]


def command(arguments: list[str], check: Callable[[argparse.Namespace], Found]) -> int:
    """Check as the command line says, print what is found, and return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.rules:
            run.all_rules()
            _write(report.rules())
            return 0
        return _external(options) if options.outside else _check(options, check)
    except CannotCheck as reason:
        print(f"check: {reason}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read along has seen enough (check | head).
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for what is left of this process
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # A fault of the checker is no fault of the site, and no verdict on it.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        at = f"{Path(frame.filename).name}:{frame.lineno}"
        print(f"check: it could not be checked: {type(error).__name__}: {error} ({at})", file=sys.stderr)
        return 2


def _check(options: argparse.Namespace, check: Callable[[argparse.Namespace], Found]) -> int:
    begun = time.perf_counter()
    if options.rule and options.rule not in RULES and options.rule not in run.all_rules():
        raise CannotCheck(f"there is no rule {options.rule}; --rules prints what there is")
    for file in options.source:
        if not file.is_file():
            raise CannotCheck(f"there is no file {file} to compare with")
    found, site = check(options)
    _write(report.FORMATS[options.format](found))
    seen = f"{len(site.pages)} pages and {site.links} links" if site else "sources only"
    counted = f"{report.counted(found)}; {seen} in {time.perf_counter() - begun:.2f} seconds"
    print(counted, file=sys.stdout if options.format == "text" else sys.stderr)
    return 1 if any(not diagnostic.path.endswith(".draft.md") for diagnostic in found) else 0


def _external(options: argparse.Namespace) -> int:
    """Ask the links to other sites. 1: one is gone. 2: nothing is known of the sign-up address, or of any."""
    from linkcheck import external_links

    project = read_sources(options)
    signup = project.setting("extra", "academy", "signup_url") if project else None
    site = read_site(options, project)[0]
    if site is None:
        raise CannotCheck("there is no site to look at; name it with --site DIR")
    problems, answers = external_links.check(site, signup if isinstance(signup, str) else "", options.private)
    problems.sort(key=lambda problem: signup not in problem.message if signup else False)
    _write(report.FORMATS[options.format](problems))
    number = Counter(answer.verdict for answer in answers.values())
    counted = ", ".join(f"{number[verdict]} {verdict}" for verdict in ("fine", "moved", "gone"))
    out = sys.stdout if options.format == "text" else sys.stderr
    print(f"{len(answers)} external links: {counted}, {number['unsure']} could not tell", file=out)
    first = next(iter(answers.values()), None) if signup else None
    if first:
        print(
            f"The sign-up address {signup}: {first.verdict if first.verdict != 'unsure' else 'could not tell'}",
            file=out,
        )
    nothing_known = answers and number["unsure"] == len(answers)
    return 1 if number["gone"] else 2 if nothing_known or (first and first.verdict == "unsure") else 0


def _write(text: str) -> None:
    """Print in UTF-8 on every system; what cannot be written so (odd names of files) is escaped."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "run.py check", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--docs", type=Path, metavar="DIR", help="the Markdown sources, with mkdocs.yml beside them (docs)"
    )
    parser.add_argument(
        "--site",
        type=Path,
        metavar="DIR",
        help="a built site; then nothing is built (otherwise site, built when needed)",
    )
    parser.add_argument("--sources-only", action="store_true", help="look at no built site and build none")
    parser.add_argument("--site-url", metavar="URL", help="the address of the site (otherwise site_url in mkdocs.yml)")
    parser.add_argument(
        "--source",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="a text with which no page may share eight words in a row; may be given several times",
    )
    parser.add_argument("--format", choices=report.FORMATS, default="text", help="how problems are printed (text)")
    parser.add_argument("--rule", metavar="NAME", help="check this rule alone")
    parser.add_argument("--rules", action="store_true", help="print every rule with what it asks for")
    parser.add_argument("--outside", action="store_true", help="ask the links to other sites whether they still answer")
    parser.add_argument("--private", action="store_true", help="with --outside: also ask hosts inside private networks")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    return parser
