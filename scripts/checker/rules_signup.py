"""Rules on the links to the Academy: they carry their parameters, and no other link does."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from linkcheck.diagnostic import quoted
from linkcheck.link_attributes import HINT, LINK, LOAD, Reference
from linkcheck.site import Site
from linkcheck.url_parser import NO_HOST, host_of, parse

from .rule import Message, rule

# The brief, section 6: lower case and hyphens, so that the Academy's lists stay readable.
_VALUE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@rule("signup-parameters", on="address", fix="draw the link with the macro in overrides/partials/signup.html")
def parameters(reference: Reference, site: Site) -> Message | None:
    """A link to the sign-up address carries utm_source, utm_medium, utm_campaign and utm_content while
    extra.academy.tracking is true, and none otherwise."""
    academy = _setting(site, "extra", "academy")
    if reference.how != LINK or not isinstance(academy, dict) or not _is_signup(reference.value, academy):
        return None
    url = parse(reference.value)
    found = dict(parse_qsl(url.query if url else "", keep_blank_values=True))
    if not isinstance(academy.get("tracking"), bool):
        return None  # a fault of the settings, which is named there, once
    if not academy["tracking"]:
        extra = sorted(key for key in found if key.startswith("utm_"))
        return Message(f"sign-up link carries {', '.join(extra)}, but tracking is off in mkdocs.yml") if extra else None
    wanted = {
        "utm_source": academy.get("source"),
        "utm_medium": "referral",
        "utm_campaign": academy.get("campaign"),
        "utm_content": None,
    }
    for key, value in wanted.items():
        if key not in found:
            return Message(f"sign-up link lacks {key}", "draw it with the template's macro")
        if value and found[key] != value:
            return Message(f"sign-up link has {key}={found[key]}, not {value}")
        if not _VALUE.fullmatch(found[key]):
            return Message(f"sign-up link has {key}={found[key]}: lower case, digits and hyphens only")
    return None


def _is_signup(value: str, academy: dict) -> bool:
    address = academy.get("signup_url")
    one, other = parse(value), parse(address) if isinstance(address, str) else None
    if one is None or other is None or NO_HOST in (one.host, other.host):
        return False
    return (one.host.removeprefix("www."), one.path.rstrip("/")) == (
        other.host.removeprefix("www."),
        other.path.rstrip("/"),
    )


@rule("signup-internal", on="address", fix="take away everything from ? on")
def internal(reference: Reference, site: Site) -> Message | None:
    """No link inside the site carries utm_ parameters: they would overwrite where a visitor came from."""
    url = parse(reference.value)
    if reference.how != LINK or url is None or "utm_" not in url.query:
        return None
    if url.host == NO_HOST or site.resolver.is_own(url):
        return Message("link inside the site carries utm_ parameters", "take them out")
    return None


@rule("privacy-other-host", on="address", fix="save the picture or file below docs/ and use it from there")
def other_host(reference: Reference, site: Site) -> Message | None:
    """Where mkdocs.yml says extra.check.own_host_only, no page loads anything from another host."""
    if reference.how not in (LOAD, HINT) and reference.tag != "iframe":
        return None
    host = host_of(reference.value)
    if _setting(site, "extra", "check", "own_host_only") is True and host and host != site.resolver.host:
        return Message(f"loads {quoted(reference.value)} from another host", "keep a copy here")
    return None


def _setting(site: Site, *path: str) -> Any:
    return site.sources.setting(*path) if site.sources else None
