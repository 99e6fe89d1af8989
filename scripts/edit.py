"""The editors' commands: new, publish, import, rename and retire."""

import importlib
import sys

from editing.files import EditProblem

# Each command with the module and the function that does it.
COMMANDS = {
    "new": ("editing.new", "main"),
    "publish": ("editing.publish", "main"),
    "import": ("editing.import_post", "main"),
    "rename": ("editing.rename", "main"),
    "retire": ("editing.rename", "retire_main"),
}


def main(arguments: list[str]) -> int:
    """Run the command that the first argument names; return its exit code.

    Whatever goes wrong is one sentence on standard error, and then nothing has
    been changed.
    """
    if not arguments or arguments[0] not in COMMANDS:
        print(f"Say what to do, one of: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    try:
        module, function = COMMANDS[arguments[0]]
        return getattr(importlib.import_module(module), function)(arguments[1:])
    except EditProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing was changed.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
