"""Runs the tests: judges the pages first, gets a browser where there is none, then hands over to pytest."""

import os
import subprocess
import sys
from pathlib import Path

from browsers import WHAT_TO_INSTALL, provide_browser

SCRIPTS = Path(__file__).resolve().parent


def main() -> int:
    """Run pytest with the arguments given; return its exit code, which is 5 where no test ran.

    Without arguments, when everything is tested, what `check` finds in the pages and settings is printed before all else.
    The test of the site fails for it too, so the exit code is pytest's.
    """
    if not sys.argv[1:]:
        subprocess.run([sys.executable, SCRIPTS / "check.py"])
    if provide_browser() is None:
        print(WHAT_TO_INSTALL, file=sys.stderr)
    command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    try:
        return subprocess.run(command, cwd=SCRIPTS.parent, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
