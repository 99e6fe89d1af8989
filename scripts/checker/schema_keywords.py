"""The keywords that this project adds to JSON Schema, and those on which YAML calls for more care."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators

from . import words
from .yaml_text import Day, Whole


def items(number: int) -> str:
    return "item" if number == 1 else "items"


def _type(validator: Any, wanted: str, value: Any, told: dict) -> Iterator[ValidationError]:
    """JSON Schema's `type`, with what YAML reads otherwise than it is written."""
    if (
        isinstance(value, Day)
        and told.get("format") != "date"
        or isinstance(value, Whole)
        and wanted == "integer"
        and not re.fullmatch(r"0|-?[1-9]\d*", value.written)
        or isinstance(value, float)
        or not validator.is_type(value, wanted)
    ):
        yield ValidationError("")


def _words(_: Any, limits: dict, value: Any, told: dict) -> Iterator[ValidationError]:
    if isinstance(value, str) and value.strip():
        number = words.count(value)
        if number > limits.get("max", number):
            yield ValidationError(f"has {number} words, at most {limits['max']}")
        if number < limits.get("min", 0):
            yield ValidationError(f"has {number} {'word' if number == 1 else 'words'}, at least {limits['min']}")


def _words_in_all(_: Any, limit: int, value: Any, told: dict) -> Iterator[ValidationError]:
    if isinstance(value, list):
        number = sum(words.count(item) for item in value if isinstance(item, str))
        if number > limit:
            yield ValidationError(f"has {number} words in all, at most {limit}")


def _exactly_one(_: Any, key: str, value: Any, told: dict) -> Iterator[ValidationError]:
    if isinstance(value, list):
        number = sum(1 for item in value if isinstance(item, dict) and item.get(key) is True)
        if number != 1:
            yield ValidationError(f"has {number or 'no'} {items(number or 2)} with `{key}: true`, exactly one")


def _not_future(_: Any, wanted: bool, value: Any, told: dict) -> Iterator[ValidationError]:
    try:
        day = datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return
    if wanted and day > datetime.date.today():
        yield ValidationError(f"is {value}, which lies in the future")


@cache
def base_validator() -> type:
    return validators.extend(
        Draft202012Validator,
        {
            "type": _type,
            "x-words": _words,
            "x-words-in-all": _words_in_all,
            "x-exactly-one": _exactly_one,
            "x-not-future": _not_future,
        },
    )
