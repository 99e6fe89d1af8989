"""The editors' commands: new, publish, import and rename."""

import importlib
import sys

from editing.files import EditProblem

COMMANDS = {"new": "editing.new", "publish": "editing.publish", "import": "editing.import_post", "rename": "editing.rename"}


def main(arguments: list[str]) -> int:
    """Run the command that the first argument names; return its exit code.

    Whatever goes wrong is one sentence on standard error, and then nothing has
    been changed.
    """
    if not arguments or arguments[0] not in COMMANDS:
        print(f"Say what to do, one of: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    try:
        return importlib.import_module(COMMANDS[arguments[0]]).main(arguments[1:])
    except EditProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing was changed.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
