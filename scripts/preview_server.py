"""Serves the newest rendering to the preview's pages, and tells them what is new and what is wrong with them."""

import json
import re
import threading
from pathlib import Path
from urllib.parse import unquote

from postprocess.on_request import made_on_request
from site_server import SiteServer

SCRIPTS = Path(__file__).resolve().parent
PANEL = (SCRIPTS / "preview_panel.js").read_text("utf-8")
NOT_YET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Not rendered yet</title>
<h1>The site cannot be rendered yet</h1><p>This page shows the site as soon as what stands below is mended.</p>"""
# A problem as lines print it: path, line, column, two spaces, sentence.
PROBLEM = re.compile(r"(?P<path>[^\s:]+)(?P<place>(?::\d+){0,2})  (?P<sentence>.*)", re.S)

# A path below the project's folder → the problems in that file: where, and the sentence.
Problems = dict[str, list[tuple[str, str]]]


def by_file(lines: list[str]) -> Problems:
    """Printed problems by the file that they name; those that name none under an empty name."""
    found: Problems = {}
    for line in lines:
        parts = PROBLEM.fullmatch(line)
        path, place, sentence = parts.group("path", "place", "sentence") if parts else ("", "", line)
        found.setdefault(path, []).append((path + place, sentence))
    return found


class PreviewServer(SiteServer):
    """Serves the newest rendering, and tells open pages when there is a newer one, or other problems."""

    def __init__(self, port: int, overrides: Path) -> None:
        """Take `port`; `overrides` holds the templates. Raises OSError where the port is taken."""
        self.overrides = overrides
        self.changed = threading.Condition()
        self.renderings = 0
        self.news = 0
        self.old: list[tuple[str, str]] = []
        self.problems: Problems = {}
        super().__init__(SCRIPTS / "nothing-yet", port)

    def show(self, folder: Path, problems: Problems) -> None:
        """Serve `folder` from now on, which has these problems."""
        with self.changed:
            self.site, self.old, self.problems = folder, [], problems
            self.renderings += 1
            self._notify()

    def tell(self, problems: Problems | None = None, old: list[tuple[str, str]] | None = None) -> None:
        """Tell all open pages what is wrong with the sources, or why their rendering is old."""
        with self.changed:
            self.problems = self.problems if problems is None else problems
            self.old = self.old if old is None else old
            self._notify()

    def _notify(self) -> None:
        self.news += 1
        self.changed.notify_all()

    def about(self, address: str) -> dict:
        """What the page at `address` shall know: its own problems first, others as a sentence."""
        page = address.strip("/").removesuffix("/index.html")
        own = {f"docs/{page}.md", f"docs/{page}/index.md".replace("//", "/"), f"docs/{page}.draft.md"}
        mine = [
            problem
            for path, found in self.problems.items()
            if path in own or not path.startswith("docs/")
            for problem in found
        ]
        others = [path for path in self.problems if path.startswith("docs/") and path not in own]
        shown = ", ".join(others[:4]) + (f" and {len(others) - 4} more" if len(others) > 4 else "")
        elsewhere = f"Problems on other pages: {shown}." if others else ""
        return {"rendering": self.renderings, "old": self.old, "problems": mine, "elsewhere": elsewhere}

    class handler(SiteServer.handler):
        """As a web host answers, with nothing kept by the browser and every page waiting for news."""

        server: "PreviewServer"

        def do_GET(self) -> None:
            """Answer with a page, or with news when there is some. Other names than this machine's get nothing:
            a page elsewhere could make its own name mean this machine, and read drafts.
            """
            path, _, query = self.path.partition("?")
            if self.headers.get("Host", "").rpartition(":")[0] not in ("127.0.0.1", "localhost"):
                self.answer(421, b"This preview answers at http://127.0.0.1 and http://localhost only.", "text/plain")
            elif path == "/.news":
                self.send_news(unquote(query))
            elif made := made_on_request(
                self.server.site, path.lstrip("/"), self.server.address, self.server.overrides
            ):
                self.answer(200, made.encode(), "text/html")
            else:
                super().do_GET()

        do_HEAD = do_GET

        def send_news(self, address: str) -> None:
            """Hold the line, and say what there is to know about a page whenever that changes."""
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.close_connection = True
            said = None
            while True:  # until the page is gone and the writing fails
                text = json.dumps(self.server.about(address))
                self.wfile.write(f"data: {text}\n\n".encode() if text != said else b": still here\n\n")
                self.wfile.flush()
                said, seen = text, self.server.news
                with self.server.changed:
                    self.server.changed.wait_for(lambda seen=seen: self.server.news != seen, timeout=15)

        def answer(self, status: int, body: bytes, kind: str, **headers: str) -> None:
            """Send one whole answer, pages with the panel's script."""
            if kind == "text/html":
                script = PANEL.replace("RENDERING", str(self.server.renderings))
                body = (body or NOT_YET.encode()) + f"<script>{script}</script>".encode()
            super().answer(status, body, kind, **{"Cache-Control": "no-store", **headers})
