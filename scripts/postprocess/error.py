"""What goes wrong in the post-processing."""

from typing import NamedTuple


class PostprocessError(Exception):
    """A fault that keeps the site from being finished; the text says what and where."""


class Fault(NamedTuple):
    """A fault of one page: its path in the site, the sentence, and words by which it may be found in the source."""

    page: str
    sentence: str
    words: list[str]
