"""Our link checker beside lychee, on sites made for the purpose: what each finds, and how fast."""

import subprocess
import sys

from verify.job import SCRIPTS

NEEDS = "lychee for the comparison; says so where it is not there"


def run(arguments: list[str]) -> int:
    """Run the benchmark with the arguments given; return its exit code."""
    return subprocess.run([sys.executable, SCRIPTS / "benchmarks/links.py", *arguments]).returncode
