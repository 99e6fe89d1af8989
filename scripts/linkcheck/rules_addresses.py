"""Rules on an address itself, wherever it stands: called once for each that differs."""

from __future__ import annotations

import difflib
import ipaddress
import re

from .diagnostic import quoted
from .link_attributes import ID, LINK, Reference
from .rule import Message, rule
from .site import Site
from .url_parser import ENDS, NO_HOST, decoded, host_of, parse

# What people write, and what only looks like a slip for one of these.
_COMMON = ("https", "http", "mailto", "tel", "sms", "javascript", "data", "ftp")
_OTHERS = ("ftps", "sftp", "dat")
_MAYBE_EMPTY = ("action", "formaction", "cite", "content")
_NAMES = {"a": "link", "area": "link", "img": "picture", "script": "script", "iframe": "frame"}
_MAILBOX = re.compile(r"(?:[^@\s,;:<>()\"/\\]+|\"[^\"]+\")@[^@\s,;:<>()_/\\]+\.[^@\s,;:<>()_./\\\d][^@\s,;:<>()_./\\]*")
_DEVELOPMENT = re.compile(r"(?:.+\.)?(?:localhost|local|internal|test|invalid|lan|localdomain)|host\.docker\.internal")
_PLAIN = re.compile(r"(?!www\.|~|/(?:home|Users|tmp|var|mnt|root)/)[^\s:\\@?]*[\w./#-][^\s:\\@?]*")


def harmless(value: str) -> bool:
    """Whether an address is a plain path, so that no rule on addresses can have anything to say about it.

    Nearly all are; the rules are asked about the others only. A test holds the two together.
    """
    return _PLAIN.fullmatch(value) is not None and "//" not in value


@rule("link-empty", on="address", fix="write the address between the round brackets, or take the link away")
def empty(reference: Reference, site: Site) -> Message | None:
    """No address is empty: no [text]() and no <img src="">. In HTML, <a href=""> is the page itself."""
    if reference.value.strip() or reference.attribute in _MAYBE_EMPTY:
        return None
    name = _NAMES.get(reference.tag, f"<{reference.tag} {reference.attribute}>")
    return Message(f"{name} has an empty address", "say where it leads, or take it out", reference.how == LINK)


@rule("link-scheme", on="address", fix="write https:// in full")
def scheme(reference: Reference, site: Site) -> Message | None:
    """The beginning of an address is spelt right: https://, mailto:, tel:."""
    value = reference.value.strip()
    written = re.match(r"([a-z][a-z0-9+.-]*):", value, re.I)
    name = written[1].lower() if written else ""
    if found := re.match(r"(https?)(?:[;,.](?=/?/)//?|//|:(?![/\\]{2}))", value, re.I):
        return Message(f"{quoted(value)} is misspelt", f"write {found[1].lower()}://")
    if re.match(r"https?:/{2}(https?)(?::|//|%3a)", value, re.I):
        return Message(f"{quoted(value)} has the beginning of an address twice")
    if re.match(r"(?:https?:)?[/\\]{3,}", value, re.I):
        return Message(f"{quoted(value)} has a slash too many")
    if re.match(r"(?:htt?ps?|https?s|hhtps?|ttps?|h?ttps?)//", value, re.I):
        return Message(f"{quoted(value)} is misspelt", "write https://")
    if name not in (*_COMMON, *_OTHERS) and len(name) > 1:
        if close := difflib.get_close_matches(name, _COMMON, 1, 0.7):
            return Message(f"“{name}:” is misspelt", f"did you mean {close[0]}:?")
        if site.find(decoded(value)) or "." in name and re.search(r"\.(?:md|html?|png|jpe?g|svg|pdf)$", value):
            return Message(f"a browser takes “{name}:” for the kind of address", f"write ./{value}")
    if re.match(r"www\.[\w-]+\.\w", value, re.I):
        return Message(f"{quoted(value)} is taken for a file", "put https:// before it")
    if "@" in value and re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", value):
        return Message(f"{quoted(value)} is taken for a file", "put mailto: before it")
    return None


@rule("link-address", on="address", fix="copy the address again from the browser")
def address_makes_sense(reference: Reference, site: Site) -> Message | None:
    """An address of another site has a host that could exist, and a port that is a number."""
    value = reference.value.strip(ENDS)
    if not re.match(r"(?:https?:)?[/\\]{2}", value, re.I):
        return None
    url = parse(value)
    host = url.host if url else ""
    if not host or ".." in host or host.startswith((".", "-")) or not re.fullmatch(r"[a-z0-9_.-]+|\[.*\]", host):
        return Message(f"{quoted(value)} names a host or a port that cannot exist")
    if host != NO_HOST and "." not in host and host not in ("http", "https", "localhost") and host[0] != "[":
        return Message(
            f"{quoted(value)} leads to a host called “{host}”", "a single slash leads to a page of this site"
        )
    return None


@rule("link-mailto", on="address", fix="write mailto:name@example.com")
def mailto(reference: Reference, site: Site) -> Message | None:
    """A mailto: has an address with a name, an @ and a domain, or at least a subject to send."""
    if not re.match(r"\s*mailto:", reference.value, re.I):
        return None
    to, _, query = reference.value.strip()[7:].partition("?")
    named = [decoded(part).strip() for part in to.split(",") if part.strip()]
    named += [decoded(part[3:]) for part in query.split("&") if part.lower().startswith("to=")]
    if not named and not re.search(r"(?:^|&)(?:subject|body|cc|bcc)=.", query, re.I):
        return Message("mailto: without an address")
    for one in named:
        one = re.sub(r"^[^<>]*<(.*)>$", r"\1", one)
        if not _MAILBOX.fullmatch(one) or ".." in one:
            return Message(f"{quoted(one)} is no e-mail address")
    return None


@rule("link-tel", on="address", fix="write digits, + and hyphens only")
def telephone(reference: Reference, site: Site) -> Message | None:
    """A tel: or sms: has a number: digits, with +, spaces, dots, brackets and hyphens between them."""
    found = re.match(r"\s*(tel|sms):([^;?]*)", reference.value, re.I)
    if not found:
        return None
    number = decoded(found[2]).strip()
    if found[1].lower() == "sms" and not number and "?" in reference.value:
        return None
    digits = re.sub(r"\D", "", number)
    if not re.fullmatch(r"\+?[\d\s().*#/,-]+", number) or not 2 <= len(digits) <= 20:
        return Message(f"{quoted(found[0].strip())} is no telephone number")
    return None


@rule("link-development", on="address", fix="write the address that everybody can reach")
def development(reference: Reference, site: Site) -> Message | None:
    """No address of a development server: localhost, 127.0.0.1, a private network."""
    host = host_of(reference.value)
    if host and host != site.resolver.host and _is_development(host):
        return Message(f"{quoted(reference.value)} leads to a development server")
    return None


@rule("link-local", on="address", fix="link to a file of the site, or to an address on the web")
def local(reference: Reference, site: Site) -> Message | None:
    """No path of somebody's own machine: file:, C:\\, /home/, /Users/."""
    value = reference.value.strip()
    home = re.match(r"(?:/home|/Users|/tmp|/var|/mnt|/root|~)/", value)
    if re.match(r"file:|[a-z]:(?=[/\\]|%5c)|\\\\\w", value, re.I) or (
        home and site.find(decoded(value.strip("/"))) is None
    ):
        return Message(f"{quoted(value)} is a path on somebody's own machine")
    return None


def is_judged(reference: Reference) -> bool:
    """Whether the rules on addresses are asked: ids of the same page are none."""
    return reference.how != ID and not harmless(reference.value)


def _is_development(host: str) -> bool:
    if _DEVELOPMENT.fullmatch(host):
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return address.is_private or address.is_loopback or address.is_unspecified or address.is_link_local
