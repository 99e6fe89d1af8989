"""Links to other sites are asked politely, and only what is certain is called gone.

The other site is a server on this machine that the test starts. It knows each behaviour by its path.
"""

import argparse
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from checker import ask, outside
from checker.ask import FINE, GONE, MOVED, UNSURE, Answer, Manners
from linkcheck.site import Site

PLAIN = {"/gone": 404, "/away": 410, "/forbidden": 403, "/login": 401, "/broken": 500, "/hurried": 429}
TO = {
    "/moved": (301, "/fine"),
    "/moved-for-good": (308, "/moved"),
    "/for-now": (302, "/fine"),
    "/circle": (302, "/circle"),
    "/moved-and-gone": (301, "/gone"),
}


class Behaviour(BaseHTTPRequestHandler):
    """Answers by the path, and counts what it is asked."""

    asked: Counter[str] = Counter()
    at_once = most_at_once = 0
    lock = threading.Lock()

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        """What each path is known for."""
        kind = type(self)
        with kind.lock:
            kind.asked[f"{self.command} {self.path}"] += 1
            kind.at_once += 1
            kind.most_at_once = max(kind.most_at_once, kind.at_once)
        try:
            number = kind.asked[f"{self.command} {self.path}"]
            if self.path == "/slow":
                time.sleep(1)
            elif self.path == "/head-not-known":
                self.say(405 if self.command == "HEAD" else 200)
            elif self.path == "/head-lies":
                self.say(404 if self.command == "HEAD" else 200)
            elif self.path in ("/busy", "/busy-until"):
                wait = "0" if self.path == "/busy" else "Mon, 03 Apr 2023 00:00:00 GMT"
                self.say(200 if number > 1 else 503, {"Retry-After": wait})
            elif self.path in TO:
                self.say(TO[self.path][0], {"Location": TO[self.path][1]})
            else:
                time.sleep(0.02)
                self.say(PLAIN.get(self.path, 200))
        finally:
            with kind.lock:
                kind.at_once -= 1

    def say(self, status: int, headers: dict[str, str] | None = None) -> None:
        """An answer without a body."""
        self.send_response(status)
        for name, value in {"Content-Length": "0", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *told: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def other_site() -> Iterator[str]:
    """The address of the other site."""
    Behaviour.asked, Behaviour.most_at_once = Counter(), 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Behaviour) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def asked(addresses: list[str], **manners: object) -> dict[str, Answer]:
    """What becomes of each address, with short pauses."""
    import asyncio

    answers: dict[str, Answer] = {}
    polite = Manners(**{"private": True, "pause": 0.01, "timeout": 0.4, **manners})
    asyncio.run(ask.Asker(polite).all(addresses, answers.__setitem__))
    return answers


@pytest.mark.parametrize(("path", "verdict"), [
    ("/fine", FINE), ("/gone", GONE), ("/away", GONE), ("/forbidden", UNSURE), ("/login", UNSURE), ("/broken", UNSURE),
    ("/hurried", UNSURE), ("/slow", UNSURE), ("/head-not-known", FINE), ("/head-lies", FINE), ("/busy", FINE), ("/busy-until", FINE),
    ("/moved", MOVED), ("/moved-for-good", MOVED), ("/for-now", FINE), ("/circle", UNSURE), ("/moved-and-gone", GONE),
])  # fmt: skip
def test_each_answer_is_judged_by_what_is_certain(other_site: str, path: str, verdict: str) -> None:
    """A page that only refuses robots is not gone; calling it so would make editors take out good sources."""
    assert asked([other_site + path])[other_site + path].verdict == verdict


def test_what_moved_for_good_is_named_with_its_new_address(other_site: str) -> None:
    """An editor must be able to write the new address without looking for it."""
    assert asked([f"{other_site}/moved-for-good"])[f"{other_site}/moved-for-good"].told == f"{other_site}/fine"


def test_a_failing_server_is_asked_again_with_growing_pauses(other_site: str) -> None:
    """One bad minute of a server must not look like a dead link."""
    asked([f"{other_site}/broken"])
    assert Behaviour.asked["GET /broken"] == 3
    pauses = [ask.Asker(Manners(pause=1))._pause(tried, None) for tried in (1, 2, 3)]
    assert pauses == [1, 2, 4]


def test_the_pause_that_a_server_wishes_is_kept_within_reason() -> None:
    """Retry-After is a request; an hour would stop the whole run."""
    asker = ask.Asker(Manners(pause=1, longest_pause=60))
    assert [asker._pause(1, wish) for wish in ("7", "3600", "nonsense", "Mon, 03 Apr 2023 00:00:00 GMT")] == [
        7,
        60,
        1,
        0,
    ]


def test_a_host_is_asked_one_thing_at_a_time(other_site: str) -> None:
    """Whoever is asked twenty things at once shuts the door."""
    asked([f"{other_site}/{number}" for number in range(20)])
    assert Behaviour.most_at_once == 1


def test_private_addresses_are_not_asked_unless_told(other_site: str) -> None:
    """A link in a text must not make this machine knock at somebody's router."""
    answer = asked([f"{other_site}/fine"], private=False)[f"{other_site}/fine"]
    assert (answer.verdict, Behaviour.asked.total()) == (UNSURE, 0)


def test_a_host_that_does_not_exist_is_gone_and_one_that_cannot_be_looked_up_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a network every host would look dead."""

    def look_up(host: str, *told: object, **more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME if "nowhere" in host else socket.EAI_AGAIN, "no")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    answers = asked(["http://nowhere.example/", "http://later.example/"])
    assert [answer.verdict for answer in answers.values()] == [GONE, UNSURE]


@pytest.fixture
def site_with_links(tmp_path: Path, other_site: str) -> Site:
    """A page with a link of each kind, and some that are not the others' to answer."""
    paths = "".join(f'<a href="{other_site}{path}#part">x</a>' for path in ("/fine", "/gone", "/moved", "/forbidden"))
    (tmp_path / "index.html").write_text(
        f'{paths}<a href="#">x</a> <a href="mailto:a@example.org">x</a> <link rel="preconnect" href="{other_site}">',
        "utf-8",
    )
    site = Site(tmp_path)
    site.read()
    return site


def run(site: Site, tmp_path: Path, age: float = 7) -> int:
    """The command on a site, with a cache of its own."""
    told = argparse.Namespace(private=True, cache=tmp_path / "cache" / "answers.json", max_age=age, format="json")
    return outside.check(site, told, Manners(private=True, pause=0.01, timeout=2))


def test_the_command_names_what_is_gone_moved_and_unsure_and_fails_for_what_is_gone(
    site_with_links: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A weekly run is only read if it is right about what has to be done."""
    assert run(site_with_links, tmp_path) == 1
    told = json.loads(capsys.readouterr().out)
    assert sorted(problem["rule"] for problem in told) == ["link-gone", "link-moved", "link-unsure"]
    assert {problem["path"].rpartition("/")[2] for problem in told} == {"index.html"}


def test_good_answers_are_remembered_for_a_while_and_bad_ones_asked_again(
    site_with_links: Site, tmp_path: Path
) -> None:
    """Asking everything every time is rude; remembering a failure hides that it was mended."""
    run(site_with_links, tmp_path)
    run(site_with_links, tmp_path)
    assert Behaviour.asked["HEAD /moved"] == 1
    assert Behaviour.asked["HEAD /gone"] == 2
    run(site_with_links, tmp_path, age=0)
    assert Behaviour.asked["HEAD /moved"] == 2


def test_a_spoilt_memory_is_an_empty_one(site_with_links: Site, tmp_path: Path) -> None:
    """A file that was cut off half-way must not stop the run."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "answers.json").write_text('{"http://', "utf-8")
    assert run(site_with_links, tmp_path) == 1
