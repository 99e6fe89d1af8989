"""Renders the pages with MkDocs, in a process of its own, for `build`, `check` and the preview; started by render.py.

Started ahead of time, because loading takes as long as a third of the rendering. Two lines of JSON come on standard
input: first the settings' file, the address, and whether it is for the preview, which shows drafts; then, when it
shall begin, the folder to render into. What went wrong goes to standard output, one JSON list a line: level, sentence,
file and line of the template. A page that cannot be rendered gets a page that says so, and all others go on. The end
of standard input ends the process: whoever started it has ended.
"""

import contextlib
import gc
import html
import json
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import jinja2.ext
import markdown.extensions.toc  # noqa: F401
import material.plugins.search.plugin  # noqa: F401
import mkdocs.commands.build as generator
import pymdownx.snippets  # noqa: F401
from jinja2 import TemplateNotFound
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.theme import Theme

from warm import Warm

COMPILED = Path(__file__).resolve().parent.parent / ".cache" / "templates"
NOT_RENDERED = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not rendered</title></head>
<body><main><h1>This page cannot be rendered</h1><p>{}</p></main></body></html>"""


class Relay(logging.Handler):
    """Passes on what the generator says, from warnings upwards; or gathers it while pages are read ahead of time."""

    def __init__(self) -> None:
        """Pass on at once."""
        super().__init__(logging.WARNING)
        self.gathered: list[tuple[str, str]] = []
        self.gathering = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line of JSON. A page that cannot be rendered is told with its place, by `tell_page`."""
        sentence = record.getMessage()
        if self.gathering:
            self.gathered.append((record.levelname, sentence))
        elif not sentence.startswith(("Error reading page", "Error building page")):
            tell(record.levelname, sentence)


def tell(level: str, sentence: str, location: str = "") -> None:
    """Write one line of JSON to whoever started this."""
    print(json.dumps([level, sentence, location]), flush=True)


def tell_page(page: Any, problem: Exception) -> str:
    """Tell why a page cannot be rendered, with the template's line where it comes from one; return the sentence."""
    frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if frame.filename.endswith(".html")]
    if isinstance(problem, TemplateNotFound):
        problem = FileNotFoundError(f"there is no template {problem.name}")
    name = "" if isinstance(problem, (UnicodeDecodeError, Abort, OSError)) else f"{type(problem).__name__}: "
    location = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    tell("PAGE", f"{page.file.src_uri}\t{name}{problem}", location)
    return f"{name}{problem}"


def bearing_faults(step: Callable[..., None]) -> Callable[..., None]:
    """The generator's step for one page; a page on which it fails says why, and the next page's turn comes."""

    def run(page: Any, *rest: Any, **named: Any) -> None:
        Missing.page = page.file.src_uri
        try:
            if not hasattr(page, "fault"):
                step(page, *rest, **named)
                return
        except Exception as problem:
            page.fault = tell_page(page, problem)
            page.content = page.content or ""
            page.present_anchor_ids = page.links_to_anchors = None
        if step is BUILD_PAGE:
            file = Path(page.file.abs_dest_path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(NOT_RENDERED.format(html.escape(page.fault)), "utf-8")

    return run


BUILD_PAGE = generator._build_page


class Missing:
    """What templates write as data though a page lacks it: told once for each page, and null in the data."""

    page = ""
    told: set[tuple[str, str]] = set()

    @classmethod
    def as_data(cls, value: object) -> None:
        """Stand in for a value that JSON does not know. Raises TypeError for all but what is missing."""
        if not isinstance(value, jinja2.Undefined):
            raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
        name = value._undefined_name or "a field"
        if (cls.page, name) not in cls.told:
            cls.told.add((cls.page, name))
            tell("FIELD", f"{cls.page}\t{name}")


def prepare_templates() -> None:
    """Let templates bear a missing field, and be kept compiled for the next time, as long as they stay the same."""
    get_env = Theme.get_env

    def prepared(theme: Theme) -> jinja2.Environment:
        env = get_env(theme)
        env.policies["json.dumps_kwargs"] = {"sort_keys": True, "default": Missing.as_data}
        with contextlib.suppress(OSError):
            COMPILED.mkdir(parents=True, exist_ok=True)
            env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(COMPILED))
        return env

    Theme.get_env = prepared


def take_orders(order: dict, ordered: threading.Event) -> None:
    """Wait for the second line, then for the end of standard input: nobody waits for the pages any more."""
    line = sys.stdin.readline()
    if line:
        order["folder"] = json.loads(line)
        ordered.set()
        sys.stdin.read()
    os._exit(1)


def main() -> int:
    """Wait for the order and render; return 0, or 1 where the site could not be rendered."""
    relay, ordered = Relay(), threading.Event()
    logging.getLogger("mkdocs").addHandler(relay)
    order = json.loads(sys.stdin.readline() or "null")
    if order is None:
        return 1
    threading.Thread(target=take_orders, args=(order, ordered), daemon=True).start()
    gc.disable()  # a build lasts too short for it to pay
    prepare_templates()
    read = generator._populate_page
    preview = order["address"] if order["preview"] else None
    if preview:
        warm = Warm(Path(order["settings"]).parent)
        relay.gathering = True
        with contextlib.suppress(Exception):  # told when the site is built
            warm.read(order, read, relay.gathered, ordered)
        relay.gathering = False

        def read_or_take(page: Any, config: Any, files: Any, dirty: bool = False) -> None:
            complaints = warm.take(page, files)
            if complaints is None:
                read(page, config, files, dirty)
            for level, sentence in complaints or ():
                tell(level, sentence)

        generator._populate_page = bearing_faults(read_or_take)
    else:
        generator._populate_page = bearing_faults(read)
    generator._build_page = bearing_faults(BUILD_PAGE)
    ordered.wait()
    try:
        if preview:
            warm.forget_what_changed()
        config = load_config(config_file=order["settings"], site_dir=order["folder"], site_url=order["address"])
        config.plugins.on_startup(command="serve" if preview else "build", dirty=False)
        generator.build(config, serve_url=preview)
        config.plugins.on_shutdown()
    except Abort as problem:
        tell("FAILED", str(problem))
    except Exception as problem:
        tell("FAILED", f"{type(problem).__name__}: {problem}")
    else:
        return 0
    return 1


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # without waiting for the thread that reads
