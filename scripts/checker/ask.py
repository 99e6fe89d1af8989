"""Asks whether an address of somebody else's still answers, and how."""

from __future__ import annotations

import asyncio
import email.utils
import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx

FINE, MOVED, GONE, UNSURE = "fine", "moved", "gone", "unsure"
# Answers that say for certain that a page is not there any more.
_GONE = (404, 410)
# Worth another try after a pause.
_AGAIN = (429, 500, 502, 503, 504)
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Answer:
    """What became of an address: fine, moved (permanently), gone or unsure, and the rest of the sentence."""

    verdict: str
    told: str = ""


@dataclass
class Manners:
    """How politely to ask. Times in seconds."""

    at_once: int = 8
    tries: int = 3
    pause: float = 2.0
    longest_pause: float = 60.0
    timeout: float = 20.0
    redirects: int = 10
    private: bool = False
    agent: str = "Mozilla/5.0 (compatible; link check)"


class _Refused(Exception):
    """An address inside somebody's own network."""


@dataclass
class Asker:
    """Asks addresses, few at a time and one per host."""

    manners: Manners = field(default_factory=Manners)
    _hosts: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def all(self, addresses: list[str], told: Callable[[str, Answer], None]) -> None:
        """Ask every address; `told` hears each answer as it comes."""
        places = asyncio.Semaphore(self.manners.at_once)
        async with httpx.AsyncClient(
            timeout=self.manners.timeout, follow_redirects=False, headers={"User-Agent": self.manners.agent, "Accept": "*/*"}
        ) as client:

            async def one(address: str) -> None:
                host = urlsplit(address).netloc.lower()
                # The host is waited for first, so that a slow one holds no place that others could use.
                async with self._hosts.setdefault(host, asyncio.Lock()), places:
                    told(address, await self.ask(client, address))

            await asyncio.gather(*(one(address) for address in addresses))

    async def ask(self, client: httpx.AsyncClient, address: str) -> Answer:
        """One address, with its redirects and further tries. Never raises for what a server does."""
        at, permanent = urldefrag(address)[0], True
        for hop in range(self.manners.redirects + 1):
            try:
                response = await self._answer(client, at)
            except _Refused:
                return Answer(UNSURE, f"leads to a private address ({urlsplit(at).hostname}), which is not asked unless told")
            except socket.gaierror as error:
                # Only a name that does not exist is certain; without a network nothing is.
                known = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
                host = urlsplit(at).hostname
                return Answer(GONE, f"there is no host {host}") if known else Answer(UNSURE, f"the host {host} could not be looked up")
            except httpx.TimeoutException:
                return Answer(UNSURE, f"no answer within {self.manners.timeout:g} seconds")
            except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
                return Answer(UNSURE, str(error) or type(error).__name__)
            if response.status_code in _REDIRECTS and "location" in response.headers:
                permanent = permanent and response.status_code in _PERMANENT
                at = urldefrag(urljoin(at, response.headers["location"]))[0]
                continue
            if response.status_code in _GONE:
                return Answer(GONE, f"answers {response.status_code}")
            if not 200 <= response.status_code < 300:
                return Answer(UNSURE, f"answers {response.status_code}")
            return Answer(MOVED, at) if hop and permanent else Answer(FINE)
        return Answer(UNSURE, f"redirects more than {self.manners.redirects} times")

    async def _answer(self, client: httpx.AsyncClient, address: str) -> httpx.Response:
        """The answer to HEAD, or to GET where HEAD is not answered well; tried again after growing pauses."""
        await self._not_private(address)
        method = "HEAD"
        for tried in range(1, self.manners.tries + 1):
            last = tried == self.manners.tries
            try:
                response = await self._once(client, method, address)
                if method == "HEAD" and not (response.is_success or response.status_code in (*_REDIRECTS, 429)):
                    method = "GET"
                    response = await self._once(client, method, address)
            except httpx.TransportError:
                if last:
                    raise
                await asyncio.sleep(self._pause(tried, None))
                continue
            if last or response.status_code not in _AGAIN:
                return response
            await asyncio.sleep(self._pause(tried, response.headers.get("retry-after")))
        raise AssertionError("the last try returns or raises")

    async def _once(self, client: httpx.AsyncClient, method: str, address: str) -> httpx.Response:
        async with client.stream(method, address) as response:
            return response

    def _pause(self, tried: int, wished: str | None) -> float:
        """Seconds until the next try: what the server wishes, else twice as long each time."""
        pause = self.manners.pause * 2 ** (tried - 1)
        if wished and wished.strip().isdigit():
            pause = float(wished)
        elif wished and (moment := email.utils.parsedate_tz(wished)):
            pause = email.utils.mktime_tz(moment) - time.time()
        return min(max(pause, 0.0), self.manners.longest_pause)

    async def _not_private(self, address: str) -> None:
        """Raise where a host is inside a network that is not the world's: nobody's router is asked from here."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"leads to {address[:80]}, which is no web address")
        found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        if not self.manners.private and any(not ipaddress.ip_address(one[4][0].partition("%")[0]).is_global for one in found):
            raise _Refused
