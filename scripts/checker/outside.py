"""`run.py links`: asks the links to other sites whether they still answer.

Never part of the tests or of `check`: an answer depends on the day. Only what is
certain fails (404, 410, a host that is not there); what moved for good is named
with its new address, and everything else is "could not tell".
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path

from linkcheck.link_attributes import HINT, ID
from linkcheck.rule import Message
from linkcheck.site import Site
from linkcheck.source_map import Finding, attributed
from linkcheck.url_parser import host_of, parse

from . import report
from .ask import FINE, GONE, MOVED, UNSURE, Answer, Asker, Manners
from .rule import Problem

_SAID = {GONE: "link-gone", MOVED: "link-moved", UNSURE: "link-unsure"}


def check(site: Site, told: argparse.Namespace, manners: Manners | None = None) -> int:
    """Ask every outside link of a site; 1 where one is gone, else 0."""
    manners = manners or Manners(private=told.private, agent=f"Mozilla/5.0 (compatible; link check of {site.resolver.host or 'a site'})")
    links = outside_links(site)
    known = remembered(told.cache, told.max_age)
    answers = {address: known[address] for address in links if address in known}
    bar = _Bar(len(links), len(answers))

    def heard(address: str, answer: Answer) -> None:
        answers[address] = answer
        bar.step()

    try:
        asyncio.run(Asker(manners).all([address for address in links if address not in answers], heard))
    finally:
        bar.end()
        remember(told.cache, known, answers)
    problems = list(_problems(site, links, answers))
    sys.stdout.write(report.FORMATS[told.format](problems))
    number = {verdict: sum(answer.verdict == verdict for answer in answers.values()) for verdict in (FINE, MOVED, GONE, UNSURE)}
    print(f"{len(links)} outside links: {number[FINE]} fine, {number[MOVED]} moved, {number[GONE]} gone, {number[UNSURE]} could not tell",
          file=sys.stdout if told.format == "text" else sys.stderr)
    return 1 if number[GONE] else 0


def outside_links(site: Site) -> dict[str, list[Finding]]:
    """The addresses of other sites with where they stand, each without its fragment."""
    found: dict[str, list[Finding]] = {}
    for name, page in site.documents():
        for reference, number in page.references.items():
            url = parse(reference.value)
            if reference.how in (ID, HINT) or not host_of(reference.value) or site.resolver.is_own(url) or url.host == site.resolver.host:
                continue
            full = url.href.partition("#")[0]
            found.setdefault(full, []).append(Finding("", name, reference, number, Message(""), (full,)))
    return dict(sorted(found.items()))


def _problems(site: Site, links: dict[str, list[Finding]], answers: dict[str, Answer]) -> list[Problem]:
    findings = []
    for address, places in links.items():
        answer = answers[address]
        said = {
            GONE: f"{address} is gone: {answer.told}",
            MOVED: f"{address} has moved for good; write {answer.told}",
            UNSURE: f"{address}: could not tell; {answer.told}",
        }.get(answer.verdict)
        if said:
            findings += [place._replace(rule=_SAID[answer.verdict], message=Message(said)) for place in places]
    return sorted(set(attributed(findings, site)), key=Problem.order)


def remembered(file: Path, days: float) -> dict[str, Answer]:
    """Answers of the last so many days. An unreadable cache is an empty one."""
    try:
        told = json.loads(file.read_text("utf-8"))
        since = time.time() - days * 86400
        return {address: Answer(verdict, said) for address, (verdict, said, when) in told.items() if when >= since}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def remember(file: Path, known: dict[str, Answer], answers: dict[str, Answer]) -> None:
    """Keep what is certain and good; what failed is asked again next time."""
    try:
        old = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        old = {}
    kept = {a: old[a] for a in known if isinstance(old, dict) and a in old}
    kept |= {a: (x.verdict, x.told, time.time()) for a, x in answers.items() if x.verdict in (FINE, MOVED) and a not in known}
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(kept, indent=0), "utf-8")
    beside.replace(file)


class _Bar:
    """A bar on standard error that grows; nothing where nobody looks."""

    def __init__(self, total: int, done: int) -> None:
        self.total, self.done, self.seen = total, done, sys.stderr.isatty()

    def step(self) -> None:
        self.done += 1
        if self.seen:
            filled = 30 * self.done // max(self.total, 1)
            sys.stderr.write(f"\r[{'#' * filled}{' ' * (30 - filled)}] {self.done} of {self.total}")
            sys.stderr.flush()

    def end(self) -> None:
        if self.seen:
            sys.stderr.write("\r" + " " * 60 + "\r")
