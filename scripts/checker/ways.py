"""How far an address can be worked out without knowing in which file it stands."""

from __future__ import annotations

from typing import NamedTuple

from .address import Address, anchor, host_name, parted, port, walked
from .addresses import decoded


class Way(NamedTuple):
    """An address worked out as far as it is the same from every file.

    `up` is how many folders to climb before `path` follows; None where `path`
    is the same page (empty), or stands at `rooted` below the site's root (None: out of it).
    """

    inside: bool
    up: int | None
    path: str
    rooted: str | None
    fragment: str | None


class Ways:
    """Addresses seen from a site at `url` (empty: not known); each is worked out once."""

    def __init__(self, url: str) -> None:
        told = parted(url) if url else Address("", None, "", None, None)
        self.host = host_name(told.host) if told.host else None
        self._port = port(told.host or "")
        # The path below which the site lives, without slashes at its ends.
        self.below = decoded(told.path).strip("/")
        self._known: dict[str, Way] = {}

    def of(self, value: str) -> Way:
        """The part of an address's way that is the same from every file."""
        way = self._known.get(value)
        if way is None:
            way = self._known[value] = self._worked_out(value)
        return way

    def own_path(self, address: Address) -> str | None:
        """The path of an address below the site, if it is one of the site's own; still encoded.

        None for an address of somebody else's.
        """
        if address.host is None or self.host is None or host_name(address.host) != self.host or port(address.host) != self._port:
            return None
        if not self.below:
            return address.path or "/"
        path = address.path.strip("/")
        if decoded(path) == self.below or decoded(path).startswith(self.below + "/"):
            return address.path
        return None

    def _worked_out(self, value: str) -> Way:
        address = parted(value)
        fragment, path = anchor(address.fragment), address.path
        if address.scheme and (address.scheme not in ("http", "https") or address.host is None):
            return Way(False, None, "", None, None)
        if address.host is not None:
            own = self.own_path(address)
            if own is None:
                return Way(False, None, "", None, None)
            path = own if own.startswith("/") else "/"
        if not path:
            return Way(True, None, "", None, fragment)
        if path.startswith("/"):
            return Way(True, None, path, self._rooted(path), fragment)
        return Way(True, *walked(path), None, fragment)

    def from_base(self, origin: str, base: str, value: str) -> str:
        """An address in a page with <base>, as one that needs none."""
        address, told = parted(value), parted(base)
        if address.scheme or address.host is not None:
            return value
        before = f"{told.scheme}:" * bool(told.scheme) + (f"//{told.host}" if told.host is not None else "")
        folder = told.path
        if not before and not folder.startswith("/"):
            folder = "/" + "".join(f"{part}/" for part in [*filter(None, [self.below]), *origin.split("/")[:-1]]) + folder
        path = address.path if address.path.startswith("/") else folder.rpartition("/")[0] + "/" + address.path if address.path else folder
        return before + path + (f"#{address.fragment}" if address.fragment is not None else "")

    def _rooted(self, path: str) -> str | None:
        """A path from the host's root as one from the site's; None where it is not in the site."""
        up, full = walked(path)
        if up:
            return None
        if not self.below:
            return full
        if full.rstrip("/") == self.below:
            return ""
        return full[len(self.below) + 1 :] if full.startswith(self.below + "/") else None
