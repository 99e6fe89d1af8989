"""Runs the tests: gets a browser where there is none, then hands over to pytest."""

import os
import subprocess
import sys
from pathlib import Path

from browsers import WHAT_TO_INSTALL, provide_browser

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run pytest with the arguments given; return its exit code, which is 5 where no test ran."""
    if provide_browser() is None:
        print(WHAT_TO_INSTALL, file=sys.stderr)
    command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    try:
        return subprocess.run(command, cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
