"""Rules on the links to the Academy: they carry their parameters, and no other link does."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from .address import host_name, parted
from .addresses import LINK, Reference
from .rule import rule
from .site import Site

# The brief, section 6: lower case and hyphens, so that the Academy's lists stay readable.
_VALUE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@rule("signup-parameters", on="address")
def parameters(reference: Reference, site: Site) -> str | None:
    """A link to the sign-up address carries utm_source, utm_medium, utm_campaign and utm_content while extra.academy.tracking is true, and none otherwise."""
    academy = site.setting("extra", "academy")
    if reference.how != LINK or not isinstance(academy, dict) or not _is_signup(reference.value, academy):
        return None
    told = dict(parse_qsl(parted(reference.value).query or "", keep_blank_values=True))
    if academy.get("tracking") is not True:
        extra = sorted(key for key in told if key.startswith("utm_"))
        return f"sign-up link carries {', '.join(extra)}, but tracking is off in mkdocs.yml" if extra else None
    wanted = {"utm_source": academy.get("source"), "utm_medium": "referral", "utm_campaign": academy.get("campaign"), "utm_content": None}
    for key, value in wanted.items():
        if key not in told:
            return f"sign-up link lacks {key}; draw it with the template's macro"
        if value and told[key] != value:
            return f"sign-up link has {key}={told[key]}, not {value}"
        if not _VALUE.fullmatch(told[key]):
            return f"sign-up link has {key}={told[key]}: lower case, digits and hyphens only"
    return None


def _is_signup(value: str, academy: dict) -> bool:
    if not isinstance(academy.get("signup_url"), str) or not academy["signup_url"].strip():
        return False
    one, other = parted(value), parted(academy["signup_url"])
    if one.host is None or other.host is None:
        return False
    return (host_name(one.host).removeprefix("www."), one.path.rstrip("/")) == (host_name(other.host).removeprefix("www."), other.path.rstrip("/"))


@rule("signup-internal", on="address")
def internal(reference: Reference, site: Site) -> str | None:
    """No link inside the site carries utm_ parameters: they would overwrite where a visitor came from."""
    address = parted(reference.value)
    if reference.how != LINK or "utm_" not in (address.query or ""):
        return None
    own = not address.scheme and address.host is None or site.ways.own_path(address) is not None
    return "link inside the site carries utm_ parameters; take them out" if own else None
