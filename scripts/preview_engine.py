"""Draws the site once for the preview: loads the generator, waits for the order, builds.

Started ahead of time by serve.py, because loading takes as long as a third of the
drawing. The order is one line of JSON on standard input: the folder to draw into
and the address. What is to be told goes to standard output, one JSON list a line:
the level, the sentence, and the template's file and line where it comes from one.
"""

import gc
import json
import logging
import sys
import traceback

import jinja2.ext  # noqa: F401 - loaded now so as not to be loaded later
import markdown.extensions.toc  # noqa: F401
import material.plugins.search.plugin  # noqa: F401
import pymdownx.snippets  # noqa: F401
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort


class Told(logging.Handler):
    """Passes on what the generator says, from warnings upwards."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line of JSON."""
        tell(record.levelname, record.getMessage())


def tell(level: str, sentence: str, place: str = "") -> None:
    """Write one line of JSON to whoever started this."""
    print(json.dumps([level, sentence, place]), flush=True)


def main() -> int:
    """Wait for the order and draw; return 0, or 1 where the site could not be drawn."""
    logging.getLogger("mkdocs").addHandler(Told(logging.WARNING))
    order = json.loads(sys.stdin.readline() or "null")
    if order is None:  # the preview has ended
        return 1
    gc.disable()  # a build lasts too short for it to pay
    try:
        config = load_config(config_file=order["settings"], site_dir=order["folder"], site_url=order["address"])
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url=order["address"])
    except Abort as problem:
        tell("FAILED", str(problem))
    except Exception as problem:  # noqa: BLE001 - whatever it is, the editor must be told and the preview go on
        frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if frame.filename.endswith(".html")]
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        tell("FAILED", f"{type(problem).__name__}: {problem}", place)
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
