"""Runs the rules and collects what they find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from . import rules_addresses, rules_links, rules_signup, rules_site  # noqa: F401  (they enter their rules)
from .addresses import HINT, ID, LINK, Reference
from .files import shown
from .places import Finding, attributed, built
from .rule import RULES, Problem, Rule
from .site import Dead, Site

if TYPE_CHECKING:
    from .project import Project
    from .source import Page


_PLAIN = re.compile(r"(?!www\.|~|/(?:home|Users|tmp|var|mnt|root)/)[^\s:\\@]*[\w./#-][^\s:\\@]*")


def all_rules() -> dict[str, Rule]:
    """Every rule there is. Those on sources are read only when they are needed, for the link check's speed."""
    from . import (  # noqa: F401
        ignored,
        rules_books,
        rules_body,
        rules_evidence,
        rules_front_matter,
        rules_one_address,
        rules_outside,
        rules_prose,
        rules_same_words,
    )

    return RULES


def sources(project: Project, only: str | None = None) -> list[Problem]:
    """The problems of the Markdown sources and of `mkdocs.yml`, sorted."""
    all_rules()
    from .rules_front_matter import FILE_RULES

    found: list[Problem] = []
    for rule in _rules("page", only):
        for page in project.pages:
            if (page.unread and rule.name not in FILE_RULES) or (rule.kinds and page.kind not in rule.kinds):
                continue
            if rule.name.startswith(("prose-", "meta-headings")) and _is_another_hand(page):
                continue
            found += (Problem(page.path, line, column, said, rule.name) for line, column, said in rule.function(page, project))
    for rule in _rules("project", only):
        found += (Problem(*place, rule.name) for place in rule.function(project))
    return finished(found)


def site(site: Site, only: str | None = None) -> list[Problem]:
    """The problems of the built site, sorted, each at its Markdown line where one is proved."""
    findings = list(_links(site))
    problems = []
    for rule in _rules("html"):
        for name in site.pages:
            for what, said, message in rule.function(name, site):
                number = site.pages[name].twice.get(said, 1) if what == "id" else site.pages[name].left.count(said)
                findings.append(Finding(rule.name, name, said, number, message, (rule.name, said)))
    for rule in _rules("site"):
        for name, said in rule.function(site):
            problems.append(_of_file(site, name, said, rule.name))
    problems += attributed([finding for finding in findings if only in (None, finding.rule)], site)
    return finished(problem for problem in problems if only in (None, problem.rule))


def _is_another_hand(page: Page) -> bool:
    """Whether a page is an author's own text, taken in as it is: nobody mends another's prose."""
    fields = page.values.plain
    return (page.kind == "article" and fields.get("retelling") is False) or fields.get("own_words") is True


def finished(found: Iterable[Problem]) -> list[Problem]:
    """Problems sorted, each once, each message in one line."""
    tidy = {p._replace(message=" ".join(p.message.split())) for p in found}
    return sorted(tidy, key=Problem.order)


def _rules(on: str, only: str | None = None) -> list[Rule]:
    return [rule for rule in RULES.values() if rule.on == on and only in (None, rule.name)]


def _links(site: Site) -> Iterator[Finding]:
    """What is wrong with references: with the address itself, and with where it leads."""
    of_address, of_dead, of_id = _rules("address"), _rules("dead"), _rules("id")
    judged: dict[Reference, list[tuple[str, str]]] = {}
    fine: set[Reference] = set()
    for name, told in [*site.pages.items(), *site.told.items()]:
        counts: dict[Reference, int] = getattr(told, "counts", {})
        for reference in told.references:
            number = counts.get(reference, 1)
            site.links += number
            if reference not in fine:
                if reference not in judged:
                    judged[reference] = list(_judged(of_address, reference, site)) if not harmless(reference.value) else []
                said = judged[reference]
                for rule, message in said:
                    yield Finding(rule, name, reference, number, message, (rule, reference.tag, reference.value))
                if reference.how == ID:
                    for rule in of_id:
                        if message := rule.function(name, site, reference.value, reference.attribute):
                            yield Finding(rule.name, name, reference, number, message, (rule.name, reference.value))
                    continue
                # Of an address that makes no sense it is not asked where it leads.
                if reference.how == HINT or not reference.value.strip() or any(rule.startswith("link-") for rule, _ in said):
                    continue
                if not said:
                    fine.add(reference)
            found = site.target(name, reference)
            file = found.file if isinstance(found, Dead) else found
            if file:
                site.used.add(file)
                if reference.how == LINK and file != name:
                    site.linked.add(file)
            if isinstance(found, Dead):
                for rule, message in _judged(of_dead, found, site):
                    yield Finding(rule, name, reference, number, message, (rule, reference.tag, found.path or reference.value, found.fragment))


def harmless(value: str) -> bool:
    """Whether an address is a plain path, so that no rule on addresses can have anything to say about it.

    Nearly all are; the rules are asked about the others only. A test holds the two together.
    """
    return _PLAIN.fullmatch(value) is not None and "//" not in value and "utm_" not in value


def _judged(rules: list, judged: Reference | Dead, site: Site) -> Iterator[tuple[str, str]]:
    for rule in rules:
        function: Callable = rule.function
        if message := function(judged, site):
            yield rule.name, message


def _of_file(site: Site, name: str, said: str, rule: str) -> Problem:
    """A problem of a whole file: named as its source where it has one."""
    page = site.source_of(name)
    if page:
        return Problem(page.path, 1, 1, said, rule)
    project = site.project
    if project and name in project.files:
        return Problem(shown(project.files[name]), None, None, said, rule)
    if project and project.overrides and (project.overrides / name).is_file():
        return Problem(shown(project.overrides / name), None, None, said, rule)
    return Problem(built(site, name), None, None, said, rule)
