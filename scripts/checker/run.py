"""Runs the rules and collects what they find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linkcheck.check import check
from linkcheck.diagnostic import tidy as finished
from linkcheck.site import Site

from . import rules_signup, rules_site  # noqa: F401  (they enter their rules)
from .rule import RULES, Diagnostic, Rule

if TYPE_CHECKING:
    from .project import Project
    from .source import Page


def all_rules() -> dict[str, Rule]:
    """Every rule there is. Those on sources are read only when they are needed, for the link check's speed."""
    from linkcheck import external_links  # noqa: F401

    from . import (  # noqa: F401
        ignored,
        rules_body,
        rules_books,
        rules_code,
        rules_evidence,
        rules_form,
        rules_front_matter,
        rules_one_address,
        rules_prose,
        rules_same_words,
        rules_settings,
    )

    return RULES


def sources(project: Project, only: str | None = None) -> list[Diagnostic]:
    """The problems of the Markdown sources and of `mkdocs.yml`, sorted."""
    all_rules()
    from .rules_front_matter import FILE_RULES

    found: list[Diagnostic] = []
    for rule in _rules("page", only):
        for page in project.pages:
            if (page.unread and rule.name not in FILE_RULES) or (rule.kinds and page.kind not in rule.kinds):
                continue
            if rule.name.startswith(("prose-", "meta-headings")) and _is_another_hand(page):
                continue
            for line, column, said in rule.function(page, project):
                found.append(Diagnostic(page.path, line, column, said, rule.name, _fix(said, rule)))
    for rule in _rules("project", only):
        for path, line, column, said in rule.function(project):
            found.append(Diagnostic(path, line, column, said, rule.name, _fix(said, rule)))
    return finished(found)


def site(site: Site, only: str | None = None) -> list[Diagnostic]:
    """The problems of the built site, sorted, each at its Markdown line where one is proved."""
    return check(site, only)


def together(of_sources: list[Diagnostic], of_site: list[Diagnostic]) -> list[Diagnostic]:
    """What is wrong with sources and site, without those faults of pages that a field or a setting has brought there."""
    named = {diagnostic[:3] for diagnostic in of_sources if diagnostic.rule.startswith("meta-")}
    settings = [diagnostic.message for diagnostic in of_sources if diagnostic.rule == "settings-value"]

    def is_left(diagnostic: Diagnostic) -> bool:
        if diagnostic.line is not None:
            return diagnostic[:3] not in named
        value = re.match("“([^”]+)”", diagnostic.message)
        of_signup = diagnostic.rule.startswith("signup-") and any("signup_url" in message for message in settings)
        return not of_signup and not (value and any(value[1] in message for message in settings))

    return finished([*of_sources, *filter(is_left, of_site)])


def _fix(message: str, rule: Rule) -> str:
    """What to do, where the message does not say so itself."""
    # Of a field the message says what it must be.
    return "" if ";" in message or rule.fix.startswith("change the field") else rule.fix


def _is_another_hand(page: Page) -> bool:
    """Whether a page is an author's own text, taken in as it is: nobody mends another's prose."""
    fields = page.values.plain
    return (page.kind == "article" and fields.get("retelling") is False) or fields.get("own_words") is True


def _rules(on: str, only: str | None = None) -> list[Rule]:
    return [rule for rule in RULES.values() if rule.on == on and only in (None, rule.name)]
