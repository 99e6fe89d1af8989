"""Addresses as browsers read them. The parser is ada, which follows the WHATWG URL standard."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from ada_url import URL

# Where an address without a host of its own seems to lead; no host ends like this (RFC 6761).
NO_HOST = "relative.invalid"
_RELATIVE = f"https://{NO_HOST}/"
# What a browser takes away at both ends of an address.
ENDS = "".join(map(chr, range(0x21)))


class Url(NamedTuple):
    """An address taken apart, as a browser sends it: host in ASCII, the usual port empty, dot segments gone."""

    scheme: str
    host: str
    port: str
    path: str
    query: str
    fragment: str
    href: str


@lru_cache(maxsize=65536)
def parse(value: str, base: str = _RELATIVE) -> Url | None:
    """Take an address apart, seen from `base`; None for one that no browser accepts. Never raises."""
    try:
        url = URL(value, base)
    except ValueError:
        return None
    host = url.hostname.rstrip(".")
    return Url(url.protocol[:-1], host, url.port, url.pathname, url.search[1:], url.hash[1:], url.href)


def host_of(value: str) -> str:
    """The host that an address names itself; empty where it names none, or none that can be."""
    url = parse(value)
    return url.host if url and url.scheme in ("http", "https") and url.host != NO_HOST else ""


def decoded(text: str) -> str:
    """A text with its percent-encoding taken away, once. Bytes that are no UTF-8 are kept as they are on disk."""
    return unquote_to_bytes(text).decode("utf-8", "surrogateescape") if "%" in text else text
