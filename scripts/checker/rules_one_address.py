"""The rule that the sign-up address has one home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from linkcheck.markdown import Positions as Place

from .files import shown, walk
from .project import Project
from .rule import rule

_TEXT = (".md", ".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".yml", ".yaml", ".toml", ".webmanifest")


@rule("signup-elsewhere", on="project", fix="take it away; to speak of the Academy, link to academy.md")
def elsewhere(project: Project) -> Iterator[tuple[str, int, int, str]]:
    """The sign-up address is written in mkdocs.yml and nowhere else; the Academy's other pages may be cited."""
    address = project.setting("extra", "academy", "signup_url")
    if not isinstance(address, str) or not address.strip():
        return
    bare = re.escape(re.sub(r"^https?://(?:www\.)?", "", address.strip()).rstrip("/"))
    # Not a longer host or another page of the same site; a query is still the sign-up page.
    pattern = re.compile(
        rf"(?:https?:)?//(?:www\.)?{bare}/?(?![\w/.-]|%)(?=.|\Z)|(?:https?:)?//(?:www\.)?{bare}/?(?=\.(?:\s|$))",
        re.I | re.S,
    )
    for file in _files(project):
        try:
            text = file.read_text("utf-8")
        except (OSError, ValueError):
            continue
        place = Place(text)
        for found in pattern.finditer(text):
            yield (
                shown(file),
                *place.of(found.start()),
                "writes the sign-up address; it stands in mkdocs.yml alone, and templates draw it from there",
            )


def _files(project: Project) -> Iterator[Path]:
    folders = [project.docs, *([project.overrides] if project.overrides else [])]
    for folder in folders:
        yield from (file for name, file in walk(folder) if name.lower().endswith(_TEXT))
    if project.settings_file:
        yield from sorted(f for f in project.root.iterdir() if f.suffix in (".md", ".toml") and f.is_file())
