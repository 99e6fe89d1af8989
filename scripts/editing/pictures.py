"""The pictures that appear when a page is shared, which follow from titles and numbers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .place import ROOT


def draw_again(root: Path) -> None:
    """Draw what has changed. Where that fails, say how to do it later: the page itself is in order."""
    if root.resolve() != ROOT:
        return
    sys.stdout.flush()
    drawn = subprocess.run([sys.executable, str(ROOT / "scripts" / "run.py"), "images"], cwd=ROOT)
    if drawn.returncode:
        print("The pictures for sharing could not be drawn now. Later: python3 scripts/run.py images")
