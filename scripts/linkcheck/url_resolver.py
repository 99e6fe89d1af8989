"""Where an address in a file of the site leads."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from .url_parser import ENDS, NO_HOST, Url, decoded, parse

# A browser stops at the root of a host. Every file is put below this, so that an address that climbs
# further than the site's root is seen. The name stands for the file itself.
_ABOVE, _ITSELF = "/.above" * 8, "/.itself"
_ROOT = f"https://{NO_HOST}{_ABOVE}"


class Location(NamedTuple):
    """Where an address leads: whether into the site, the path below the root (None: out of it), the id asked for.

    A path that is `None` with `inside` says that the address climbs out. `itself` is the file's own.
    """

    inside: bool
    path: str | None
    fragment: str
    itself: bool = False


_ELSEWHERE = Location(False, None, "")


class UrlResolver:
    """Resolves the addresses of a site that is published at `url` (empty: not known)."""

    def __init__(self, url: str = "") -> None:
        site = parse(url) if url else None
        self.host = site.host if site else ""
        self._port = site.port if site else ""
        # The folder below which the site is published, with a slash at each end, encoded.
        self.below = _with_slash(site.path) if site else "/"
        self._bases: dict[str, str] = {}
        self._known: dict[tuple[str, str], Location] = {}

    def base(self, folder: str, href: str | None = None) -> str:
        """What addresses in a file of this folder (its path below the root, a slash at its end) count from."""
        base = self._bases.get(folder)
        if base is None:
            path = quote(folder.encode("utf-8", "surrogateescape"))
            base = self._bases[folder] = f"{_ROOT}{self.below}{path.rstrip('/')}{_ITSELF}".replace(
                f"/{_ITSELF}", _ITSELF
            )
        if href is None:
            return base
        url = self._join(base, href)
        return url.href if url else base

    def locate(self, base: str, value: str) -> Location:
        """Where an address leads that stands in a file with this base. Remembered: many files say the same."""
        found = self._known.get((base, value))
        if found is None:
            found = self._known[(base, value)] = self._located(self._join(base, value))
        return found

    def is_own(self, url: Url) -> bool:
        """Whether a full address belongs to the site: its host, its port, and below its folder."""
        own = url.scheme in ("http", "https") and (url.host, url.port) == (self.host, self._port)
        return own and _with_slash(decoded(url.path)).startswith(decoded(self.below))

    def _join(self, base: str, value: str) -> Url | None:
        rooted = value.lstrip(ENDS).replace("\\", "/")
        if base.startswith(_ROOT) and rooted.startswith("/") and not rooted.startswith("//"):
            return parse("." + rooted, _ROOT + "/")
        return parse(value, base)

    def _located(self, url: Url | None) -> Location:
        if url is None or url.scheme not in ("http", "https"):
            return _ELSEWHERE
        fragment = url.fragment.partition(":~:")[0]
        path = url.path
        if url.host == NO_HOST:
            if not path.startswith(_ABOVE + "/"):
                return Location(True, None, fragment)
            path = path[len(_ABOVE) :]
        elif not self.is_own(url):
            return _ELSEWHERE
        if path.endswith(_ITSELF):
            return Location(True, "", fragment, itself=True)
        path, below = re.sub("/{2,}", "/", decoded(path)), decoded(self.below)
        if not path.startswith(below):
            return Location(True, "" if path + "/" == below else None, fragment)
        return Location(True, path[len(below) :], fragment)


def _with_slash(path: str) -> str:
    return path if path.endswith("/") else path + "/"
