"""Links to other sites are asked politely, and only what is certain is called gone.

The other site is a server on this machine that the test starts. It knows each behaviour by its path.
"""

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from linkcheck import external_links
from linkcheck.external_links import FINE, GONE, MOVED, UNSURE, Answer, ask
from linkcheck.site import CannotCheck, Site

PLAIN = {"/gone": 404, "/away": 410, "/forbidden": 403, "/login": 401, "/broken": 500}
TO = {
    "/moved": (301, "/fine"),
    "/moved-for-good": (308, "/moved"),
    "/for-now": (302, "/fine"),
    "/circle": (302, "/circle"),
    "/moved-and-gone": (301, "/gone"),
}
VERDICTS = {
    "/fine": FINE,
    "/hurried-once": FINE,
    "/for-now": FINE,
    "/fine?a=1&b=(2).": FINE,
    "/moved": MOVED,
    "/moved-for-good": MOVED,
    "/gone": GONE,
    "/away": GONE,
    "/moved-and-gone": GONE,
    "/forbidden": UNSURE,
    "/login": UNSURE,
    "/broken": UNSURE,
    "/circle": UNSURE,
}


class Behaviour(BaseHTTPRequestHandler):
    """Answers by the path, and counts what it is asked."""

    asked: Counter[str] = Counter()
    at_once = most_at_once = 0
    lock = threading.Lock()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        """What each path is known for."""
        kind = type(self)
        with kind.lock:
            kind.asked[self.path] += 1
            kind.at_once += 1
            kind.most_at_once = max(kind.most_at_once, kind.at_once)
        time.sleep(0.02)
        # Whoever has the answer may ask the next thing.
        with kind.lock:
            kind.at_once -= 1
        if self.path in TO:
            self.say(TO[self.path][0], {"Location": TO[self.path][1]})
        elif self.path == "/hurried-once" and kind.asked[self.path] == 1:
            self.say(429)
        else:
            self.say(PLAIN.get(self.path, 200))

    def say(self, status: int, headers: dict[str, str] | None = None) -> None:
        """An answer without a body."""
        self.send_response(status)
        for name, value in {"Content-Length": "0", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *about: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def other_site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the other site, which is asked with short pauses."""
    manners = (
        "--max-redirects 5 --max-retries 1 --retry-wait-time 1 --timeout 20 --host-concurrency 1 --accept 200..=299"
    )
    monkeypatch.setattr(external_links, "_MANNERS", manners)
    Behaviour.asked, Behaviour.most_at_once = Counter(), 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Behaviour) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_each_answer_is_judged_by_what_is_certain(other_site: str) -> None:
    """A page that only refuses robots is not gone; calling it so would make editors take out good sources.

    What moved for good is named with its new address. A host is asked one thing at a time.
    """
    answers = ask([other_site + path for path in VERDICTS], private=True)
    assert {address.removeprefix(other_site): answer.verdict for address, answer in answers.items()} == VERDICTS
    assert answers[f"{other_site}/moved-for-good"].detail == f"{other_site}/fine"
    assert Behaviour.most_at_once == 1


def test_an_answer_that_does_not_come_in_time_is_no_verdict() -> None:
    """A slow afternoon of somebody's server must not take a good source out of a page."""
    late = {"url": "https://localhost/slow", "status": {"text": "Timeout", "details": "Request timed out"}}
    assert external_links._answer("timeout_map", late) == Answer(UNSURE, "Request timed out")


def test_private_addresses_are_not_asked_unless_told(other_site: str) -> None:
    """A link in a text must not make this machine knock at somebody's router; and not asked is not fine."""
    answer = ask([f"{other_site}/fine"])[f"{other_site}/fine"]
    assert (answer.verdict, Behaviour.asked.total()) == (UNSURE, 0)


def test_a_host_that_does_not_exist_is_gone_where_another_answers(
    other_site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a network every host looks dead; then nothing is certain."""

    def look_up(host: str, *about: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME if "nowhere" in host else socket.EAI_AGAIN, "no")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    nowhere, later = "http://nowhere.zzz/", "http://later.zzz/"
    verdicts = {
        address: answer.verdict for address, answer in ask([nowhere, later, f"{other_site}/fine"], True).items()
    }
    assert verdicts == {nowhere: GONE, later: UNSURE, f"{other_site}/fine": FINE}
    assert {answer.verdict for answer in ask([nowhere, later]).values()} == {UNSURE}


def test_gone_moved_and_unsure_are_named_where_they_stand_and_one_address_is_asked_first(
    other_site: str, tmp_path: Path
) -> None:
    """A weekly run is only read if it is right about what has to be done."""
    links = "".join(f'<a href="{other_site}{path}#part">x</a>' for path in ("/fine", "/gone", "/moved", "/forbidden"))
    more = f'<a href="#">x</a> <a href="mailto:a@example.org">x</a> <link rel="preconnect" href="{other_site}">'
    more += f'<a href="{other_site}/join?place=1">x</a> <a href="{other_site}/join?place=2">x</a>'
    (tmp_path / "index.html").write_text(links + more, "utf-8")
    found, answers = external_links.check(Site(tmp_path).read(), f"{other_site}/join", private=True)
    assert [diagnostic.rule for diagnostic in found] == ["link-gone", "link-moved", "link-unsure"]
    assert {Path(diagnostic.path).name for diagnostic in found} == {"index.html"}
    assert next(iter(answers.items())) == (f"{other_site}/join", Answer(FINE))
    assert (len(answers), Behaviour.asked["/join"]) == (5, 1)


def test_without_lychee_nothing_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links that were never asked must not look like links that answer."""
    monkeypatch.setattr(external_links.shutil, "which", lambda *about, **more: None)
    with pytest.raises(CannotCheck, match="lychee"):
        ask(["https://example.org/"])
