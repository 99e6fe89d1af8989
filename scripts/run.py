#!/usr/bin/env python3
"""Starts everything: sets the project up when needed, then runs one task.

Uses the standard library only, so that any Python new enough can start it. It
makes an environment in `.venv`, installs the locked requirements that the task
needs, and runs the task with that environment's Python. Nothing is installed
outside `.venv`, and nothing is installed again while the locks stay as they are.
"""

import sys

# The oldest Python that every locked package runs on: pymdown-extensions asks
# for 3.11.5. Compared before anything else, in words that old Pythons read too.
OLDEST = (3, 11, 5)
if sys.version_info < OLDEST:
    sys.exit(
        "This needs Python %d.%d.%d or newer, and this is Python %d.%d.%d. Install a newer one from"
        " https://www.python.org/downloads/ and start again with it." % (OLDEST + tuple(sys.version_info[:3]))
    )

import hashlib  # noqa: E402 - the version must be compared first
import importlib.util  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import shutil  # noqa: E402
import subprocess  # noqa: E402
import textwrap  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import NamedTuple, NoReturn  # noqa: E402

from file_lock import Busy, file_lock  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "scripts"
LOCKS = SCRIPTS / "requirements"
ENVIRONMENT = ROOT / ".venv"
INSTALLED = "installed.json"


class Task(NamedTuple):
    """One command of the launcher.

    `groups` are the locks it needs, `script` what runs (below scripts/, or a
    module with -m), `says` the line in the help.
    """

    groups: tuple[str, ...]
    script: tuple[str, ...]
    says: str


TASKS = {
    "serve": Task(
        ("site", "checks", "postprocess"),
        ("serve.py",),
        "preview at http://127.0.0.1:8000, rendered anew at every save",
    ),
    "test": Task(
        ("site", "checks", "postprocess", "tests", "links"),
        ("testing.py",),
        "run every test; more arguments go to pytest",
    ),
    "build": Task(("site", "postprocess"), ("build.py",), "make site/, ready to upload"),
    "check": Task(("site", "postprocess", "checks"), ("check.py",), "find faults in the pages and the built site"),
    "patterns": Task(("checks",), ("patterns.py",), "count the habits of the lessons' prose: a report, never a fault"),
    "links": Task(
        ("site", "postprocess", "checks", "links"),
        ("check.py", "--outside"),
        "ask the outside links whether they still answer",
    ),
    "verify": Task(
        ("site", "checks", "postprocess", "tests", "verify"), ("verify",), "slow or outside checks, each by its name"
    ),
    "new": Task(("checks",), ("edit.py", "new"), "begin a lesson, an article, a page or a note, as a draft"),
    "publish": Task(("checks",), ("edit.py", "publish"), "put a draft on the site"),
    "import": Task(("site", "checks"), ("edit.py", "import"), "turn a blog post into the article"),
    "rename": Task(
        ("checks",), ("edit.py", "rename"), "move a page, mend the links to it, and lead on from its old address"
    ),
    "retire": Task(("checks",), ("edit.py", "retire"), "take a page off the site, and lead its readers on to another"),
    "screenshots": Task(
        ("site", "checks", "postprocess", "tests", "verify"),
        ("screenshots.py",),
        "pictures of every kind of page, to look at",
    ),
    "generate": Task(("checks",), ("generate.py",), "renew what is made from the fields and the rules"),
    "lock": Task(("lock",), ("lock.py",), "renew the locked versions"),
}


# Groups that only a task's own argument of the same name asks for: build --engine zensical.
ON_DEMAND = ("zensical",)


class SetupProblem(Exception):
    """Something that stops the set-up; its text is the sentence to print."""


def main(arguments: list[str]) -> int:
    """Run the task that `arguments` name; return its exit code."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(help_text())
        return 0 if arguments else 2
    name, rest = arguments[0], arguments[1:]
    task = TASKS.get(name)
    if task is None or not (SCRIPTS / task.script[0]).exists():
        known = ", ".join(tasks_here())
        print(f"There is no command '{name}'. There are: {known}.", file=sys.stderr)
        return 2
    try:
        python = set_up(task.groups + tuple(group for group in ON_DEMAND if group in rest))
    except (SetupProblem, Busy) as problem:
        print(problem, file=sys.stderr)
        return 1
    script, *fixed = task.script
    return run([str(python), str(SCRIPTS / script), *fixed, *rest])


def tasks_here() -> dict[str, Task]:
    """The tasks whose scripts are there."""
    return {name: task for name, task in TASKS.items() if (SCRIPTS / task.script[0]).exists()}


def help_text() -> str:
    """What the launcher can do, one command to a line."""
    rows = "\n".join(f"  {name:<12}{task.says}" for name, task in tasks_here().items())
    return textwrap.dedent(
        """\
        python3 scripts/run.py COMMAND [arguments]

        {rows}

        'COMMAND --help' says what a command takes."""
    ).replace("{rows}", rows)


def set_up(groups: tuple[str, ...], environment: Path = ENVIRONMENT) -> Path:
    """Make the environment hold the locked `groups`; return its Python.

    Raises SetupProblem, whose text says what is in the way. Another set-up of
    the same environment is waited for.
    """
    wanted = {group: fingerprint(LOCKS / f"{group}.txt") for group in groups}
    python = python_of(environment)
    if missing(environment, wanted):
        lock_file = environment.with_name(f"{environment.name}.lock")
        try:
            with file_lock(lock_file, wait="Waiting for another set-up of this project to end …"):
                if not usable(environment):
                    make_environment(environment)
                for group in missing(environment, wanted):
                    install(group, python)
                    note_installed(environment, {group: wanted[group]})
        except OSError as error:
            raise SetupProblem(
                f"{error.filename or lock_file}: {error.strerror}. The set-up writes into the project's folder."
            ) from None
    return python


def fingerprint(lock: Path) -> str:
    """A digest of one lock, to see whether it changed since it was installed."""
    try:
        return hashlib.sha256(lock.read_bytes()).hexdigest()
    except OSError as error:
        raise SetupProblem(
            f"The lock {lock} cannot be read ({error.strerror}); get it back from the repository."
        ) from None


def missing(environment: Path, wanted: dict[str, str]) -> list[str]:
    """The groups of `wanted` that the environment lacks, or has from another lock."""
    if not usable(environment):
        return list(wanted)
    installed = json.loads((environment / INSTALLED).read_text("utf-8"))
    return [group for group, digest in wanted.items() if installed.get(group) != digest]


def usable(environment: Path) -> bool:
    """Whether the environment was finished, and by this version of Python.

    A set-up that was stopped half-way has not yet written its note, so it is
    made anew.
    """
    try:
        note = json.loads((environment / INSTALLED).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return (
        isinstance(note, dict) and note.get("python") == list(sys.version_info[:2]) and python_of(environment).exists()
    )


def note_installed(environment: Path, news: dict[str, object]) -> None:
    """Write down what the environment now holds."""
    path = environment / INSTALLED
    note = json.loads(path.read_text("utf-8")) if path.exists() else {}
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(note | news, indent=1), "utf-8")
    beside.replace(path)


def python_of(environment: Path) -> Path:
    """Where an environment keeps its Python on this system."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment(environment: Path) -> None:
    """Make an empty environment with pip in it, in place of whatever stands there.

    Raises SetupProblem where Python cannot make environments or the folder
    cannot be written.
    """
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SetupProblem(
            "This Python cannot make environments: its modules venv and ensurepip are missing."
            f" On Debian and Ubuntu: sudo apt install python3-venv (or python3.{sys.version_info[1]}-venv); then start again."
        )
    print(f"Setting up {environment.name} (once) …", flush=True)
    if environment.exists():
        shutil.rmtree(environment, ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(environment)], capture_output=True, text=True, errors="replace"
    )
    if made.returncode:
        raise SetupProblem(
            f"The environment {environment} could not be made: {last_line(made.stdout + made.stderr)}"
            " Is the folder writable, and is there room on the disk?"
        )
    note_installed(environment, {"python": list(sys.version_info[:2])})


def install(group: str, python: Path, lock: Path | None = None) -> None:
    """Install one lock with pip: exact versions, and only files whose hashes it names.

    Raises SetupProblem with a sentence for each known fault.
    """
    lock = lock or LOCKS / f"{group}.txt"
    print(f"Installing what '{group}' needs …", flush=True)
    pip = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check",
         "--require-hashes", "--only-binary=:all:", "--requirement", str(lock)],
        capture_output=True, text=True, errors="replace",
    )  # fmt: skip
    if pip.returncode:
        raise SetupProblem(explain(pip.stdout + pip.stderr, lock))


def explain(told: str, lock: Path) -> str:
    """A sentence for what pip told when it failed on `lock`."""
    if "DO NOT MATCH THE HASHES" in told:
        package = next(
            (
                line.split(" from ")[0].strip()
                for line in told.splitlines()
                if " from http" in line or " from file:" in line
            ),
            "a package",
        )
        return (
            f"Nothing was installed: {package} is not the file that {lock.name} asks for (its hash differs)."
            " Either the lock was edited by hand or the download was tampered with."
            " Get the lock back from the repository, or renew it with: python3 scripts/run.py lock"
        )
    no_way_out = ("Failed to establish a new connection", "NewConnectionError", "name resolution", "getaddrinfo", "timed out",
                  "ConnectTimeout", "ProxyError", "Network is unreachable", "Connection refused", "Max retries exceeded")  # fmt: skip
    if any(words in told for words in no_way_out):
        return "The package index could not be reached. Setting up needs the network once; connect and start again."
    if "No space left" in told:
        return "The disk is full: setting up needs about 500 MB. Make room and start again."
    return f"pip could not install {lock.name}: {last_line(told)}"


def last_line(told: str) -> str:
    """The last line of a tool's words that says something."""
    lines = [
        line.strip() for line in told.splitlines() if line.strip() and not line.startswith(("WARNING", "[notice]"))
    ]
    return lines[-1] if lines else "it said nothing."


def run(command: list[str]) -> int | NoReturn:
    """Run the task in place of this process, or wait for it where that is not possible (Windows)."""
    # Without PYTHONOPTIMIZE, which takes away the texts that the commands explain themselves with.
    environment = os.environ | {"PYTHONUTF8": "1", "PYTHONOPTIMIZE": ""}
    if os.name != "nt":
        sys.stdout.flush()
        os.execve(command[0], command, environment)
    try:
        return subprocess.run(command, env=environment).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
