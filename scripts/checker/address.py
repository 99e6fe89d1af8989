"""An address as a browser reads it (the URL Standard, as far as a static site needs it)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .addresses import decoded

# Taken away at both ends, and (tab and line ends) everywhere, before a browser reads an address.
_ENDS = "".join(map(chr, range(0x21)))
_INSIDE = str.maketrans("", "", "\t\n\r")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HTTP = ("http", "https")


class Address(NamedTuple):
    """An address taken apart, nothing decoded.

    `scheme` is in lower case and empty where the address has none; `host` is
    None where it has none, and holds name and port otherwise.
    """

    scheme: str
    host: str | None
    path: str
    query: str | None
    fragment: str | None


@lru_cache(maxsize=65536)
def parted(value: str) -> Address:
    """Take an address apart. Never raises; what makes no sense is judged by the rules."""
    value = value.strip(_ENDS).translate(_INSIDE)
    value, mark, fragment = value.partition("#")
    kept = fragment if mark else None
    scheme = ""
    if found := _SCHEME.match(value):
        scheme = found[1].lower()
        value = value[found.end() :]
        if scheme not in _HTTP:
            return Address(scheme, None, value, None, kept)
    value, mark, query = value.partition("?")
    value = value.replace("\\", "/")
    host = None
    if value.startswith("//"):
        host, slash, rest = value[2:].partition("/")
        value = slash + rest
    return Address(scheme, host, value, query if mark else None, kept)


def segments(path: str) -> list[str]:
    """A path's segments, dot segments as a browser knows them (also %2e) written plainly."""
    if "%2" not in path:
        return path.split("/")
    return [re.sub("%2e", ".", part, flags=re.I) if re.fullmatch(r"(?:\.|%2e){1,2}", part, re.I) else part
            for part in path.split("/")]


def walked(path: str) -> tuple[int, str]:
    """A path as the number of folders to climb first, and what follows, decoded.

    What follows is empty for the folder itself, and ends with a slash for one below.
    """
    up, found = 0, []
    parts = segments(path)
    for part in parts[:-1]:
        if part == "..":
            if found:
                found.pop()
            else:
                up += 1
        elif part not in (".", ""):
            found.append(decoded(part))
    last = parts[-1]
    if last == "..":
        if found:
            found.pop()
        else:
            up += 1
    elif last not in (".", ""):
        return up, "/".join([*found, decoded(last)])
    return up, "/".join([*found, ""]) if found else ""


def anchor(fragment: str | None) -> str | None:
    """The id that a fragment asks for, still encoded; None where it asks for none.

    What follows `:~:` is for the browser alone (a text fragment).
    """
    if fragment is None:
        return None
    fragment = fragment.partition(":~:")[0]
    return fragment or None


def host_name(host: str) -> str:
    """A host without its user and its port, in lower case and in the letters that go over the wire."""
    name = host.rpartition("@")[2]
    name = (name if name.startswith("[") and name.endswith("]") else re.sub(r":\d*$", "", name)).lower().rstrip(".")
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def port(host: str) -> str:
    """The port of a host, empty for the usual ones."""
    found = re.search(r":(\d+)$", host)
    return found[1] if found and found[1] not in ("80", "443") else ""
