"""What an owner has still to decide before the site is published: one list, each with its line in mkdocs.yml."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

# The address that stands in mkdocs.yml until the owner sets the real one (RFC 6761 reserves it).
EXAMPLE_HOST = "pushback.example"
# What readers ask before they sign up; contract of the settings.
ANSWERS = ("price", "renewal", "cancelling", "refund", "team_seats", "masterclass")
OPEN = {
    "author": "who made the site is not said",
    "contact": "no address for readers who find a fault",
    "affiliation": "whether the site earns from sign-ups is not said",
    "licence": "the licence of words and code is not chosen; see .github/LICENSES.md",
}


def launch_list(root: Path, settings: dict[str, Any], address: str) -> list[str]:
    """What is open in the settings of the project at `root` when it is built for `address`, a line each."""
    lines = positions(root / "mkdocs.yml")

    def at(path: str) -> str:
        while path and path not in lines:  # what is missing is asked for where it belongs
            path = path.rpartition(".")[0]
        return f"mkdocs.yml:{lines.get(path, 1)}"

    return [f"{at(path)}  {path}: {sentence}" for path, sentence in still_open(settings, address)]


def still_open(settings: dict[str, Any], address: str) -> Iterator[tuple[str, str]]:
    """Each open setting with what is open about it."""
    extra = settings.get("extra")
    extra = extra if isinstance(extra, dict) else {}
    academy = extra.get("academy")
    academy = academy if isinstance(academy, dict) else {}
    if urlsplit(address).hostname == EXAMPLE_HOST:
        yield "site_url", "still the example; set the address of the site"
    if extra.get("publisher") not in ("independent", "academy"):
        yield "extra.publisher", "who publishes the site is not said: independent or academy"
    for name, sentence in OPEN.items():
        if not extra.get(name) and (name != "author" or extra.get("publisher") != "academy"):
            yield f"extra.{name}", sentence
    if urlsplit(str(academy.get("signup_url") or "")).path in ("", "/"):
        yield "extra.academy.signup_url", "leads to the Academy's front page; set the address of the sign-up itself"
    answers = academy.get("answers")
    answers = answers if isinstance(answers, dict) else {}
    if missing := [name for name in ANSWERS if not answers.get(name)]:
        yield "extra.academy.answers", f"not answered yet: {', '.join(missing)}"


def positions(file: Path) -> dict[str, int]:
    """The line of each setting by its dotted name; empty where the file cannot be read as YAML."""
    try:
        top = yaml.compose(file.read_bytes(), yaml.SafeLoader)
    except (OSError, yaml.YAMLError):
        return {}
    found: dict[str, int] = {}

    def walk(node: yaml.Node | None, path: str) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inner = f"{path}.{key.value}".lstrip(".")
                found[inner] = key.start_mark.line + 1
                walk(value, inner)

    walk(top, "")
    return found
