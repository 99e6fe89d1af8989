"""Rules on the settings that an owner decides: each fault once, at its line in `mkdocs.yml`."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from .project import Project
from .rule import rule

FoundAt = Iterator[tuple[str, int, int, str]]
# Says what is wrong with a value, as the end of a sentence that begins with the setting's name; None where nothing is.
Test = Callable[[Any], "str | None"]

_MARKUP = re.compile(r"\*\*|__|`|!?\[[^\]]*\]\(|</?[a-z][^>]*>|^#{1,6} |^[-*] ", re.I | re.M)
_MAIL = re.compile(r"(?:mailto:)?[^@\s,;:<>()\"/]+@[^@\s,;:<>()_/]+\.[a-z]{2,}", re.I)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OWN_MACHINE = re.compile(
    r"(?:.+\.)?(?:localhost|local|internal|test|invalid|lan)|127\.[\d.]+|0\.0\.0\.0|10\.[\d.]+|192\.168\.[\d.]+|\[.*\]",
    re.I,
)


def text(value: Any) -> str | None:
    """A text of which something can be read."""
    if not isinstance(value, str):
        return f"must be a text, not {_as_yaml(value)}"
    return None if value.strip() else "is empty"


def plain(value: Any) -> str | None:
    """A text that stands on the page as it is written, or nothing."""
    if value in (None, ""):
        return None
    if not isinstance(value, str):
        return f"must be a text, not {_as_yaml(value)}"
    found = _MARKUP.search(value)
    return (
        f"is shown as it is written, so Markdown and HTML do nothing there; take out {found[0].strip()}"
        if found
        else None
    )


def needed(value: Any) -> str | None:
    """A text that must be there, without Markdown."""
    return text(value) or plain(value)


def address(value: Any) -> str | None:
    """An address on the web that everybody can reach."""
    if said := text(value):
        return said + "; write an address that begins with https://"
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return f"is {value}, which is no address; copy it again from the browser"
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s<>\"'\\^`{|}]", value) or port == 0:
        return f"is {value}, which is no address on the web; write one that begins with https://"
    if _OWN_MACHINE.fullmatch(host):
        return f"is {value}, which leads to one's own machine; write the address that everybody can reach"
    if "." not in host:
        return f"is {value}, and {host} is no name of a host; write it whole, such as {host}.com"
    return None


def site_address(value: Any) -> str | None:
    """An address at which a site can be published."""
    if said := address(value):
        return said
    parts = urlsplit(value)
    return f"is {value}; take out what begins with ? or #" if parts.query or parts.fragment else None


def sign_up_address(value: Any) -> str | None:
    """The address of the sign-up, without the parameters that templates add."""
    return address(value) or ("holds utm_ parameters; templates add them, take them out" if "utm_" in value else None)


def address_or_nothing(value: Any) -> str | None:
    """An address on the web, or nothing."""
    return None if value in (None, "") else address(value)


def contact(value: Any) -> str | None:
    """An address of mail, one of a page, or nothing."""
    if value in (None, "") or isinstance(value, str) and _MAIL.fullmatch(value.strip()):
        return None
    if isinstance(value, str) and re.match(r"https?://", value):
        return address(value)
    return f"is {value}, which is no address; write one of mail, such as me@example.com, or of a page, with https://"


def yes_or_no(value: Any) -> str | None:
    """true or false, without quotation marks."""
    if isinstance(value, bool):
        return None
    return f"must be true or false, not {_as_yaml(value)}; write it without quotation marks"


def slug(value: Any) -> str | None:
    """Small letters, digits and hyphens."""
    if isinstance(value, str) and _SLUG.fullmatch(value):
        return None
    return f"is {_as_yaml(value)}; lower case, digits and hyphens only, so that the Academy's lists stay readable"


def day(value: Any) -> str | None:
    """A day that has been."""
    try:
        when = value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
    except ValueError:
        return f"is {value}, which is no day in the calendar; write year-month-day, such as 2026-11-23"
    return f"is {value}, which lies in the future" if when > datetime.date.today() else None


def publisher(value: Any) -> str | None:
    """independent or academy."""
    return None if value in ("independent", "academy") else f"is {_as_yaml(value)}; it must be independent or academy"


_ANSWER: dict[str, Test] = {"text": needed, "checked": day, "source": address}
# What each setting must be. Those in _MUST have to be there wherever their group is.
_EXTRA: dict[str, Any] = {
    "publisher": publisher,
    "academy": {
        "name": needed,
        "operator": needed,
        "signup_url": sign_up_address,
        "label": needed,
        "short_label": needed,
        "heading": needed,
        "offer": needed,
        "courses": [{"lesson": text, "subject": needed, "page": address}],
        "own_words": plain,
        "answers": dict.fromkeys(("price", "renewal", "cancelling", "refund", "team_seats", "masterclass"), _ANSWER),
        "tracking": yes_or_no,
        "source": slug,
        "campaign": slug,
    },
    "article": {
        "source_url": address_or_nothing,
        "later_url": address_or_nothing,
        "later_title": plain,
        "later_date": lambda value: None if value in (None, "") else day(value),
        "blog_url": address_or_nothing,
        "book_url": address_or_nothing,
    },
    "author": plain,
    "contact": contact,
    "portrait": plain,
    "affiliation": plain,
    "licence": plain,
    "search_worker": text,
    "check": {"own_host_only": yes_or_no, "ignore": lambda value: None},
}
_MUST = {"academy": ("signup_url",), **dict.fromkeys(_EXTRA["academy"]["answers"], tuple(_ANSWER))}


@rule("settings-value", on="project", fix="correct the line in mkdocs.yml")
def values(project: Project) -> FoundAt:
    """Each setting that the owner decides is what its comment in mkdocs.yml asks for, and spelt as it is there."""
    settings = project.settings
    if not settings:
        return
    if "site_url" in settings and (said := site_address(settings["site_url"])):
        yield *_at(project, "site_url"), f"site_url {said}"
    if "site_name" in settings and (said := needed(settings["site_name"])):
        yield *_at(project, "site_name"), f"site_name {said}"
    if "extra" in settings:
        yield from _group(project, ["extra"], settings["extra"], _EXTRA)


@rule("settings-file", on="project", fix="put the file there, or correct the path in mkdocs.yml")
def files(project: Project) -> FoundAt:
    """What the settings name of docs/ is there: the portrait, and the lessons of the Academy's courses."""
    portrait = project.setting("extra", "portrait")
    if isinstance(portrait, str) and portrait and not project.copied(portrait):
        yield *_at(project, "extra", "portrait"), f"portrait names {portrait}, which is not below docs/"
    courses = project.setting("extra", "academy", "courses", default=[])
    for number, course in enumerate(courses if isinstance(courses, list) else []):
        lesson = course.get("lesson") if isinstance(course, dict) else None
        if isinstance(lesson, str) and lesson not in project.by_rel:
            where = _at(project, "extra", "academy", "courses", number, "lesson")
            yield *where, f"courses names {lesson}, which is not there"


def _group(project: Project, path: list, value: Any, tests: dict[str, Any]) -> FoundAt:
    """What is wrong in one group of settings."""
    name = path[-1] if isinstance(path[-1], str) else f"{path[-2]} {path[-1] + 1}"
    if value in (None, "", []) and name not in ("academy", "extra"):
        return
    if not isinstance(value, dict):
        yield *_at(project, *path), f"{name} must be names with a value each, not {_as_yaml(value)}"
        return
    for key, own in value.items():
        test = tests.get(key)
        if test is None:
            known = list(tests)
            near = difflib.get_close_matches(str(key), known, 1, 0.75)
            if near or path != ["extra"]:
                meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
                yield *_at(project, *path, key), f"{key} is no setting of {name}; {meant}"
        elif isinstance(test, dict):
            yield from _group(project, [*path, key], own, test)
        elif isinstance(test, list):
            for number, item in enumerate(own if isinstance(own, list) else []):
                yield from _group(project, [*path, key, number], item, test[0])
        elif said := test(own):
            yield *_at(project, *path, key), f"{key} {said}"
    for key in _MUST.get(str(name), tuple(tests) if isinstance(path[-1], int) else ()):
        if key not in value:
            yield *_at(project, *path), f"{key} is missing from {name}"


def _at(project: Project, *path: str | int) -> tuple[str, int, int]:
    return project.named_settings, *project.setting_place(*path)


def _as_yaml(value: Any) -> str:
    """A value as people would write it in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "nothing"
    return f"the text “{value}”" if isinstance(value, str) else "a list" if isinstance(value, list) else str(value)
