"""What pages were made from, as far as the link checker has to know it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from .markdown import Markdown, Positions


class Source:
    """A Markdown file. Whoever knows more of it (its front matter, say) derives a class.

    `path` is how people name it, `rel` where it stands below the sources' folder; `text` has line ends
    LF, and from `start` on it is Markdown. What is not `published` makes no page; of what is not
    `readable` no line is named.
    """

    published = True
    readable = True

    def __init__(self, path: str, rel: str, text: str, start: int = 0) -> None:
        self.path, self.rel, self.text, self.start = path, rel, text, start

    @cached_property
    def markdown(self) -> Markdown:
        """The text from `start` on, with offsets of the whole file."""
        return Markdown(self.text, self.start)

    @cached_property
    def positions(self) -> Positions:
        """Turns offsets of the text into lines and columns."""
        return Positions(self.text)

    def fields(self) -> Iterable[tuple[str, int, int]]:
        """Values that stand before the Markdown and may be addresses or paths of sources, with line and column."""
        return ()


class Sources:
    """A folder of Markdown files. Whoever knows its settings derives a class."""

    # Every file of the folder by its path there, published or not.
    files: Collection[str] = ()
    # The folders from which a source may draw pieces in.
    snippet_folders: Sequence[Path] = ()
    pages: Sequence[Source] = ()

    def copied(self, name: str) -> Path | None:
        """The file that was copied to this path of the site as it is."""
        return None

    def in_settings(self, value: str) -> Iterable[tuple[str, int, int]]:
        """Where a file of settings holds this very value: path, line, column."""
        return ()
