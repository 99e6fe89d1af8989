"""Links to other sites, asked by lychee; only what is certain is called gone.

Never part of a check: an answer depends on the day. Certain are 404, 410 and a host that is not there.
What moved for good is named with its new address. Everything else could not be told, and is not fine.
"""

from __future__ import annotations

import html
import json
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from .diagnostic import Diagnostic, tidy
from .link_attributes import HINT, ID
from .rule import Message, rule
from .site import CannotCheck, Site
from .source_map import Finding, attributed
from .url_parser import NO_HOST, parse

FINE, MOVED, GONE, UNSURE = "fine", "moved", "gone", "unsure"
# One request at a time to each host, and a second and third try.
_MANNERS = "--max-redirects 10 --max-retries 2 --retry-wait-time 2 --timeout 20 --host-concurrency 1 --accept 200..=299"


class Answer(NamedTuple):
    """What became of an address: fine, moved (for good), gone or unsure, and the rest of the sentence."""

    verdict: str
    detail: str = ""


@rule("link-gone", on="external", fix="look for the page's new address, link to another source, or take the link away")
def gone(address: str, detail: str) -> Message:
    """With `run.py links`: no link leads to a page of another site that answers 404 or 410, or to a missing host."""
    return Message(f"{address} is gone: {detail}", "find where it is now, or take the link out")


@rule("link-moved", on="external", fix="put the new address in place of the old one, after a look at the page")
def moved(address: str, detail: str) -> Message:
    """With `run.py links`: a link to a page that moved for good is named with its new address. Does not fail."""
    return Message(f"{address} has moved for good", f"write {detail}")


@rule("link-unsure", on="external", fix="open it in a browser; if it works there, leave it")
def unsure(address: str, detail: str) -> Message:
    """With `run.py links`: a link of which nothing certain could be learnt (401, 403, 429, 5xx, no answer)."""
    return Message(f"{address}: could not tell: {detail}", "open it in a browser")


_MESSAGES = {"link-gone": gone, "link-moved": moved, "link-unsure": unsure}


def check(site: Site, first: str = "", private: bool = False) -> tuple[list[Diagnostic], dict[str, Answer]]:
    """Ask every link of a site to another one, `first` before all, whatever query it has in the pages.

    Returns what is wrong and each answer, that of `first` at the beginning. Raises CannotCheck where
    lychee is missing or fails.
    """
    url = parse(first) if first else None
    links = external_links(site, url.href.partition("#")[0] if url else "")
    answers = ask(links, private)
    findings = []
    for address, stand in links.items():
        name = f"link-{answers[address].verdict}"
        if judge := _MESSAGES.get(name):
            message = judge(address, answers[address].detail)
            findings += [finding._replace(rule=name, message=message) for finding in stand]
    return tidy(attributed(findings, site)), answers


def external_links(site: Site, first: str = "") -> dict[str, list[Finding]]:
    """The addresses of other sites with where they stand, each without its fragment; `first` is the first."""
    found: dict[str, list[Finding]] = {}
    for name, page in site.documents():
        for reference, number in page.references.items():
            url = parse(reference.value)
            if url is None or url.scheme not in ("http", "https") or reference.how in (ID, HINT):
                continue
            if url.host not in (NO_HOST, site.resolver.host):
                address = url.href.partition("#")[0]
                address = first if first and address.startswith(first + "?") else address
                found.setdefault(address, []).append(Finding("", name, reference, number, Message(""), (address,)))
    return {
        address: found.get(address, [])
        for address in sorted({*found, first} - {""}, key=lambda one: (one != first, one))
    }


def ask(addresses: Iterable[str], private: bool = False) -> dict[str, Answer]:
    """What becomes of each address. Raises CannotCheck where lychee is missing or fails."""
    addresses = list(addresses)
    lychee = shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")
    if lychee is None:
        raise CannotCheck("lychee, which asks the links, is not installed; start with: python3 scripts/run.py links")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "links.html")
        page.write_text("".join(f'<a href="{html.escape(address)}">x</a>\n' for address in addresses), "utf-8")
        command = [
            lychee,
            "--format",
            "json",
            "-v",
            "--no-progress",
            *_MANNERS.split(),
            *([] if private else ["--exclude-all-private"]),
        ]
        # In a folder of its own, no settings or answers of others are read.
        done = subprocess.run([*command, page.name], cwd=folder, capture_output=True)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        reason = done.stderr.decode("utf-8", "replace").strip() or f"it ended with {done.returncode}"
        raise CannotCheck(f"lychee could not ask the links: {reason}") from None
    heard = {
        one["url"]: _answer(kind, one)
        for kind in ("success_map", "error_map", "timeout_map", "excluded_map")
        for listed in report.get(kind, {}).values()
        for one in listed
    }
    if not any("answers" in answer.detail or answer.verdict in (FINE, MOVED) for answer in heard.values()):
        # Where nothing answers at all, it is the network that is missing, not every host.
        heard = {address: answer._replace(verdict=UNSURE) for address, answer in heard.items()}
    return {address: heard.get(address, Answer(UNSURE, "it was not asked")) for address in addresses}


def _answer(kind: str, one: dict) -> Answer:
    """One answer of lychee's as a verdict."""
    status = one.get("status", {})
    steps = one.get("redirects", {}).get("redirects", [])
    if kind == "success_map":
        permanent = steps and all(step["code"] in (301, 308) for step in steps)
        return Answer(MOVED, steps[-1]["url"]) if permanent else Answer(FINE)
    if kind == "excluded_map":
        return Answer(UNSURE, "it is not asked, being private or kept for examples")
    if status.get("code") in (404, 410):
        return Answer(GONE, f"answers {status['code']}")
    if "code" in status:
        return Answer(UNSURE, f"answers {status['code']}")
    host = urlsplit(one["url"]).hostname or ""
    return Answer(GONE, f"there is no host {host}") if _is_nowhere(host) else Answer(UNSURE, status.get("details", ""))


def _is_nowhere(host: str) -> bool:
    """Whether it is certain that a host does not exist. Without a network nothing is."""
    try:
        socket.getaddrinfo(host, 443)
    except OSError as error:
        return error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
    return False
