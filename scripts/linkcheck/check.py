"""Asks every rule about every address, id and file of a site, and says where each fault was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import rules_addresses, rules_links  # noqa: F401 - they enter their rules
from .diagnostic import Diagnostic, tidy
from .link_attributes import HINT, ID, LINK, Reference
from .rule import RULES, Message, Rule
from .rules_addresses import is_judged
from .site import BrokenLink, Site
from .source_map import Finding, attributed, of_file


def check(site: Site, only: str | None = None, rules: Iterable[Rule] | None = None) -> list[Diagnostic]:
    """Everything that is wrong with a site that was read, sorted; `rules` are all that there are, `only` names one."""
    by_kind: dict[str, list[Rule]] = {}
    for rule in RULES.values() if rules is None else rules:
        by_kind.setdefault(rule.on, []).append(rule)
    findings = [*_references(site, by_kind), *_in_pages(site, by_kind.get("html", ()))]
    found = list(attributed((finding for finding in findings if only in (None, finding.rule)), site))
    for rule in by_kind.get("site", ()):
        if only in (None, rule.name):
            found += (of_file(name, rule.name, rule.mended(said), site) for name, said in rule.function(site))
    return tidy(found)


def _in_pages(site: Site, rules: Iterable[Rule]) -> Iterator[Finding]:
    for rule in rules:
        for name, page in site.pages.items():
            for what, message in rule.function(name, site):
                number = page.repeated.get(what) or page.leftovers.count(what)
                yield Finding(rule.name, name, what, number, rule.mended(message), (rule.name, what))


def _references(site: Site, rules: dict[str, list[Rule]]) -> Iterator[Finding]:
    """What is wrong with references: with the address itself, and with where it leads."""
    on_address, on_id, on_broken = (rules.get(kind, []) for kind in ("address", "id", "broken"))
    judged: dict[Reference, list[tuple[str, Message]]] = {}
    for name, page in site.documents():
        for reference, number in page.references.items():
            site.links += number
            if reference.how == ID:
                for rule, message in _ask(on_id, name, site, reference):
                    yield Finding(rule, name, reference, number, message, (rule, reference.value))
                continue
            faults = judged.get(reference)
            if faults is None:
                faults = list(_ask(on_address, reference, site)) if is_judged(reference) else []
                judged[reference] = faults
            for rule, message in faults:
                yield Finding(rule, name, reference, number, message, (rule, reference.tag, reference.value))
            # Of an address that makes no sense it is not asked where it leads.
            if reference.how == HINT or any(rule.startswith("link-") for rule, _ in faults):
                continue
            found = site.target(name, reference)
            if isinstance(found, str):
                _note(site, name, reference, found)
            elif found:
                _note(site, name, reference, found.file)
                yield from _broken(found, number, on_broken, site)


def _broken(link: BrokenLink, number: int, rules: list[Rule], site: Site) -> Iterator[Finding]:
    for rule, message in _ask(rules, link, site):
        key = (rule, link.reference.tag, link.path or link.reference.value, link.fragment)
        yield Finding(rule, link.origin, link.reference, number, message, key)


def _note(site: Site, name: str, reference: Reference, file: str | None) -> None:
    """Remember that a file is used, and that a person can go there."""
    if file:
        site.used.add(file)
        if reference.how == LINK and file != name:
            site.linked.add(file)


def _ask(rules: Iterable[Rule], *about: object) -> Iterator[tuple[str, Message]]:
    for rule in rules:
        if message := rule.function(*about):
            yield rule.name, rule.mended(message)
