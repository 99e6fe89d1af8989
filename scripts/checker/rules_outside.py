"""The rules on links to other sites. What they say is found by outside.py, with `run.py links`."""

from __future__ import annotations

from .rule import rule


@rule("link-gone", on="outside")
def gone() -> None:
    """With `run.py links`: no link leads to a page of another site that answers 404 or 410, or to a host that is not there."""


@rule("link-moved", on="outside")
def moved() -> None:
    """With `run.py links`: a link to a page that moved for good is named with its new address. Does not fail."""


@rule("link-unsure", on="outside")
def unsure() -> None:
    """With `run.py links`: a link of which nothing certain could be learnt (401, 403, 429, 5xx, no answer). Does not fail."""
