"""Slow or outside checks, each run by its name: python3 scripts/run.py verify NAME [arguments]."""

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from verify.job import Unable

# Each is a module beside this one, with a line on what it does, NEEDS, and run(arguments).
JOBS = ("lighthouse", "nginx", "zensical", "browsers", "edits", "links", "supply")


def main(arguments: list[str]) -> int:
    """Run one job; without a name, list them. Return 0, 1 where something is wrong, 2 where the job cannot run."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print("python3 scripts/run.py verify NAME [arguments]\n")
        for name in JOBS:
            job = importlib.import_module(f"verify.{name}")
            print(f"  {name:<11}{job.__doc__.splitlines()[0]}\n{'':<13}needs {job.NEEDS}")
        return 0
    name, rest = arguments[0], arguments[1:]
    if name not in JOBS:
        print(f"There is no job '{name}'. There are: {', '.join(JOBS)}.", file=sys.stderr)
        return 2
    try:
        return importlib.import_module(f"verify.{name}").run(rest)
    except Unable as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
