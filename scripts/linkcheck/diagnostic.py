"""What is printed: one thing to mend, where it stands, and how."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple


class Diagnostic(NamedTuple):
    """One thing to mend.

    `line` and `column` count from 1; both are None where no line can be proved, and then `path` is a
    built file. `fix` says what to do, where that is known; it ends the sentence that `message` begins.
    `pages` are the other built files that show the same.
    """

    path: str
    line: int | None
    column: int | None
    message: str
    rule: str
    fix: str = ""
    pages: tuple[str, ...] = ()

    def order(self) -> tuple:
        """The key by which diagnostics are sorted: the position first, then the rule."""
        return (self.path, self.line or 0, self.column or 0, self.rule, self.message)

    @property
    def position(self) -> str:
        """The file, and the line and column where they are known."""
        return self.path if self.line is None else f"{self.path}:{self.line}:{self.column}"

    @property
    def sentence(self) -> str:
        """The message, how many other pages show the same, and what to do."""
        more = len(self.pages)
        pages = f" (and {more} more {'page' if more == 1 else 'pages'})" if more else ""
        return f"{self.message}{pages}{'; ' if self.fix else ''}{self.fix}"

    def text(self) -> str:
        """One line for people; what cannot be seen (a line feed in a name, say) is escaped."""
        return f"{printable(self.position)}  {printable(self.sentence)}  {self.rule}"

    def data(self) -> dict[str, Any]:
        """What becomes an object of JSON: nothing escaped, every page named."""
        return self._asdict() | {"message": self.sentence, "pages": list(self.pages)}

    def github(self) -> str:
        """A workflow command, which a code host draws beside the line."""
        position = f"file={_property(self.path)}"
        if self.line is not None:
            position += f",line={self.line},col={self.column}"
        return f"::error {position},title={_property(self.rule)}::{_command(self.sentence)}"


def tidy(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics sorted, each once."""
    return sorted(set(found), key=Diagnostic.order)


def printable(text: str) -> str:
    """A text in one line, with characters that cannot be seen as their codes."""
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(r"[ \t\r\n]+", " ", text)
    return "".join(letter if letter.isprintable() else _code(letter) for letter in text)


def quoted(value: str, most: int = 80) -> str:
    """A value as a message quotes it: no longer than a line."""
    value = " ".join(value.split(" "))
    return f"“{value if len(value) <= most else value[: most - 1] + '…'}”"


def _code(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _command(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _command(value).replace(":", "%3A").replace(",", "%2C")
