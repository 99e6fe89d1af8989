"""The command line of the checker."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import report, run
from .project import ROOT, Project


def main(arguments: list[str]) -> int:
    """Check and report; 0 clean, 1 problems, 2 could not run."""
    told = _parser().parse_args(arguments)
    if told.rules:
        sys.stdout.write(report.rules())
        return 0
    project = Project(told.docs or ROOT / "docs", told.site_url, tuple(told.source))
    problems = run.sources(project, told.rule)
    sys.stdout.write(report.FORMATS[told.format](problems))
    return 1 if any(not p.path.endswith(".draft.md") for p in problems) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("check.py", description=__doc__)
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--site", type=Path)
    parser.add_argument("--site-url")
    parser.add_argument("--source", type=Path, action="append", default=[])
    parser.add_argument("--format", choices=report.FORMATS, default="text")
    parser.add_argument("--rule")
    parser.add_argument("--rules", action="store_true")
    return parser
