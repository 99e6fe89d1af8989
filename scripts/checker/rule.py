"""What a problem is, and the list of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing to mend.

    `line` and `column` count from 1; both are None where no line can be proved,
    and then `path` is a built file.
    """

    path: str
    line: int | None
    column: int | None
    message: str
    rule: str

    def order(self) -> tuple:
        """The key by which problems are sorted: place first, then rule."""
        return (self.path, self.line or 0, self.column or 0, self.rule, self.message)

    def text(self) -> str:
        """The problem as one line: place, sentence, rule."""
        place = self.path if self.line is None else f"{self.path}:{self.line}:{self.column}"
        return f"{place}  {self.message}  {self.rule}"


class Rule(NamedTuple):
    """A rule: its name, what it is called with, and the function itself.

    `on` is one of
      page     called with each source page and the project, yields (line, column, message)
      project  called with the project, yields (path, line, column, message)
      address  called with each address that differs and the site, returns a message or None
      dead     called with each reference that leads nowhere and the site, returns a message or None
      id       called with a page, the site, an id and the attribute that names it, returns a message or None
      html     called with each built page and the site, yields (what, text, message)
      site     called with the site, yields (built file, message)
      outside, run   found elsewhere; entered here so that --rules names them
    """

    name: str
    on: str
    function: Callable[..., Iterable]
    text: str
    kinds: tuple[str, ...]


RULES: dict[str, Rule] = {}

# What a rule's name may begin with: the thing that it is about.
SUBJECTS = ("meta", "link", "id", "page", "asset", "prose", "signup", "privacy")


def rule(name: str, on: str, kinds: tuple[str, ...] = (), text: str = "") -> Callable:
    """Enter a function into the list of rules.

    `kinds` limits a rule on pages to those kinds (such as "lesson"); `text`
    stands in for the docstring where many rules share one function. Raises
    ValueError for a name that is taken or begins with no known subject.
    """

    def enter(function: Callable) -> Callable:
        if name in RULES or name.split("-")[0] not in SUBJECTS:
            raise ValueError(f"{name} is taken, or begins with none of {', '.join(SUBJECTS)}")
        said = " ".join((text or function.__doc__ or "").split())
        RULES[name] = Rule(name, on, function, said, kinds)
        return function

    return enter
