"""The code is free of what a linter finds, and set as the formatter sets it."""

import subprocess
import sys
from pathlib import Path


def test_the_linter_finds_nothing(root: Path) -> None:
    """Names that are not there, traps of the language and imports in disorder cost the next engineer an afternoon."""
    command = [sys.executable, "-m", "ruff", "check", "--output-format", "concise", "scripts", "tests"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_formatter_would_change_nothing(root: Path) -> None:
    """A change shows what it changes, and not how its author's editor breaks lines."""
    command = [sys.executable, "-m", "ruff", "format", "--check", "scripts", "tests"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"Run: python -m ruff format scripts tests\n{done.stdout}{done.stderr}"
