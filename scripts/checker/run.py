"""Runs the rules and collects what they find."""

from __future__ import annotations

from collections.abc import Iterator

from . import rules_body, rules_evidence, rules_front_matter, rules_prose, rules_same_words  # noqa: F401  (they enter their rules)
from .project import Project
from .rule import RULES, Problem, Rule


def sources(project: Project, only: str | None = None) -> list[Problem]:
    """The problems of the Markdown sources and of `mkdocs.yml`, sorted."""
    found: list[Problem] = []
    for rule in RULES.values():
        if only in (None, rule.name):
            found += _of_sources(rule, project)
    return finished(found)


def finished(found: list[Problem]) -> list[Problem]:
    """Problems sorted, each once, each message in one line."""
    tidy = {p._replace(message=" ".join(p.message.split())) for p in found}
    return sorted(tidy, key=Problem.order)


def _of_sources(rule: Rule, project: Project) -> Iterator[Problem]:
    if rule.on == "page":
        for page in project.pages:
            if page.unread and rule.name not in rules_front_matter.FILE_RULES:
                continue
            if not rule.kinds or page.kind in rule.kinds:
                for line, column, message in rule.function(page, project):
                    yield Problem(page.path, line, column, message, rule.name)
    elif rule.on == "project":
        for path, line, column, message in rule.function(project):
            yield Problem(path, line, column, message, rule.name)
