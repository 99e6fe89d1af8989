"""A web server for a folder of pages: for the preview, the tests and the benchmarks."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# Files that browsers may keep, as the site's own hosts say: their names change with their content.
NAMED_AFTER_CONTENT = re.compile(r"/assets/.+\.[0-9a-f]{8}\.\w+$")


class SiteServer(ThreadingHTTPServer):
    """Serves the folder `site` below the path `below`, such as "/course/"; `site` may change while it runs."""

    daemon_threads = True

    def __init__(self, site: Path, port: int = 0, below: str = "/") -> None:
        """Take `port` of this machine, or a free one for 0. Raises OSError where it is taken."""
        self.site = site
        self.below = below
        super().__init__(("127.0.0.1", port), self.handler)

    @property
    def address(self) -> str:
        """Where the site can be seen, with a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}{self.below}"

    class handler(SimpleHTTPRequestHandler):
        """Answers as a web host does: index pages, compressed neighbours, and the page "not found"."""

        server: "SiteServer"
        protocol_version = "HTTP/1.1"
        extensions_map = SimpleHTTPRequestHandler.extensions_map | {
            ".js": "text/javascript",
            ".json": "application/json",
            ".svg": "image/svg+xml",
            ".webmanifest": "application/manifest+json",
            ".woff2": "font/woff2",
            ".xml": "application/xml",
        }

        def do_GET(self) -> None:
            """Answer with the file, or its .br neighbour where the browser takes that."""
            path, mark, query = self.path.partition("?")
            if not path.startswith(self.server.below):
                self.answer(404, b"", "text/plain")
                return
            self.directory = str(self.server.site)
            file = Path(self.translate_path("/" + path.removeprefix(self.server.below)))
            try:
                file.stat()
            except (OSError, ValueError):  # not there, too long, or no name of a file at all
                file = self.server.site / "nothing here"
            if file.is_dir() and not path.endswith("/"):
                self.answer(301, b"", "text/plain", Location=path + "/" + mark + query)
                return
            if file.is_dir():
                file = file / "index.html"
            status = 200 if file.is_file() else 404
            if status == 404:
                file = self.server.site / "404.html"
            kind = self.guess_type(str(file))
            packed = file.with_name(file.name + ".br")
            if "br" in self.headers.get("Accept-Encoding", "") and packed.is_file():
                self.answer(status, packed.read_bytes(), kind, **{"Content-Encoding": "br"})
            else:
                self.answer(status, file.read_bytes() if file.is_file() else b"", kind)

        do_HEAD = do_GET

        def answer(self, status: int, body: bytes, kind: str, **headers: str) -> None:
            """Send one whole answer."""
            self.send_response(status)
            self.send_header("Content-Type", kind + ("; charset=utf-8" if kind.startswith("text/") else ""))
            self.send_header("Content-Length", str(len(body)))
            if NAMED_AFTER_CONTENT.search(self.path):
                self.send_header("Cache-Control", "max-age=31536000, immutable")
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *parts: object) -> None:
            """Say nothing: what is printed is for people to read."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing where a browser goes away before its answer."""


@contextmanager
def serving(site: Path, below: str = "/") -> Iterator[str]:
    """Serve a folder on a free port for as long as the block runs; give its address, with a slash at the end."""
    server = SiteServer(site, below=below)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server.address
    finally:
        server.shutdown()
        server.server_close()
