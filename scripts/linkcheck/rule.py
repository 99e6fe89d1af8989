"""The list of rules: what each is called with, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Message(NamedTuple):
    """What is wrong, and what to do where that is known."""

    text: str
    fix: str = ""
    # Whether this is a fault only where it stands in a source, as words of Markdown.
    if_written: bool = False


class Rule(NamedTuple):
    """A rule: its name, what it is called with, and the function itself.

    The link checker calls rules whose `on` is one of
      address  with each address that differs and the site; returns a Message or None
      broken   with each BrokenLink and the site; returns a Message or None
      id       with a page's name, the site and a Reference to an id; returns a Message or None
      html     with a built page's name and the site; yields (what, Message), `what` an id or left-over words
      site     with the site; yields (built file, Message)
    and knows nothing of others. `text` is what `--rules` prints; `kinds` are the kinds of page it is for;
    `fix` says what to do where a message does not.
    """

    name: str
    on: str
    function: Callable
    text: str
    kinds: tuple[str, ...] = ()
    fix: str = ""

    def mended(self, message: Message) -> Message:
        """A message with this rule's fix, where it says nothing of its own on what to do."""
        return message if message.fix or ";" in message.text else message._replace(fix=self.fix)


RULES: dict[str, Rule] = {}


def rule(name: str, on: str, kinds: tuple[str, ...] = (), text: str = "", fix: str = "") -> Callable:
    """Enter a function into the list of rules; `text` stands in for its docstring.

    Raises ValueError for a name that is taken.
    """

    def enter(function: Callable) -> Callable:
        if name in RULES:
            raise ValueError(f"there is a rule {name} already")
        RULES[name] = Rule(name, on, function, " ".join((text or function.__doc__ or "").split()), kinds, fix)
        return function

    return enter
