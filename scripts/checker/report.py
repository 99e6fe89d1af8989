"""Problems as text, as JSON, and as annotations of a code host."""

from __future__ import annotations

import json
from collections.abc import Iterable

from .rule import RULES, Diagnostic


def as_text(problems: Iterable[Diagnostic]) -> str:
    """One line a problem: place, sentence, rule."""
    return "".join(f"{problem.text()}\n" for problem in problems)


def as_json(problems: Iterable[Diagnostic]) -> str:
    """A list of objects; line and column are null where none is proved, `pages` names all others that show the same."""
    return json.dumps([problem.data() for problem in problems], ensure_ascii=False, indent=1) + "\n"


def as_github(problems: Iterable[Diagnostic]) -> str:
    """Workflow commands that a code host draws beside the line."""
    return "".join(f"{problem.github()}\n" for problem in problems)


FORMATS = {"text": as_text, "json": as_json, "github": as_github}


def rules() -> str:
    """Every rule with what it asks for, in the order of their names."""
    wide = max(len(name) for name in RULES)
    return "".join(f"{name:<{wide}}  {RULES[name].text}\n" for name in sorted(RULES))


def counted(problems: list[Diagnostic]) -> str:
    """How many problems there are, in words; those of drafts apart."""
    drafts = sum(problem.path.endswith(".draft.md") for problem in problems)
    number = len(problems) - drafts
    said = f"{number or 'no'} problem{'' if number == 1 else 's'}"
    return said + (f", and {drafts} still to do in drafts" if drafts else "")
