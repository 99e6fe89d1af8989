"""Reads a file with a post in it, of whatever making, into blocks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checker.project import Project

from . import faithful, html_post, plain_post, reading
from .post import AS_WRITTEN, Block, markdown
from .quotes import repaired


def taken_apart(file: Path, site: Project) -> tuple[list[Block], list[str], dict[str, str]]:
    """The blocks of a post, sentences on how it was read, and what a web page's head says of it.

    A web page is compared with what became of it: every word that is lost, moved or
    stands in something else than before is named. Raises EditProblem where there is
    no text in the file.
    """
    text, charset = reading.read(file)
    if not reading.is_html(text, file):
        blocks, how = plain_post.blocks(text)
        return (*_with_right_quotes(blocks, [f"Read as plain text in {charset}, {how}."]), {})
    read = html_post.blocks(text)
    changed = faithful.differences(read.post, markdown(read.blocks), *_extensions(site))
    notes = [f"Read as a web page in {charset}.", *read.notes, *changed]
    return (*_with_right_quotes(read.blocks, notes), read.head)


def _extensions(site: Project) -> tuple[list[str], dict[str, Any]]:
    """The site's Markdown extensions and their settings, without the one that draws in other files."""
    names, configs = [], {}
    for entry in site.setting("markdown_extensions") or []:
        name, config = next(iter(entry.items())) if isinstance(entry, dict) else (entry, None)
        if name != "pymdownx.snippets":
            names.append(name)
            configs[name] = config or {}
    return names, configs


def _with_right_quotes(blocks: list[Block], notes: list[str]) -> tuple[list[Block], list[str]]:
    """The blocks with every quotation mark as a typesetter sets it, and the notes with a word on it where some were wrong."""
    kept, mended = [], 0
    for block in blocks:
        if block.how not in AS_WRITTEN:
            inline, number = repaired(block.inline)
            block, mended = block._replace(inline=inline), mended + number
        kept.append(block)
    if mended:
        notes.append(f"Repaired {mended} quotation marks that were doubled or pointed the wrong way.")
    return kept, notes
