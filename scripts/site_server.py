"""A web server for a built site, as tests and benchmarks need it: precompressed files, 404 page, sub-paths."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@contextmanager
def serving(site: Path, below: str = "/") -> Iterator[str]:
    """Serve the folder `site` on a free port of this machine; give its address, with a slash at the end.

    `below` is the path under which it stands, such as "/course/"; everything
    outside it is answered with 404 and no body.
    """

    class Handler(_Handler):
        """Serves one folder below one path."""

        prefix = below

        def __init__(self, *parts: object) -> None:
            super().__init__(*parts, directory=str(site))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{below}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }
    prefix = "/"

    def do_GET(self) -> None:
        """Answer with the file, or its .br neighbour where the browser takes that."""
        path, mark, query = self.path.partition("?")
        if not path.startswith(self.prefix):
            self._answer(404, b"", "text/plain", "")
            return
        self.path = "/" + path.removeprefix(self.prefix) + mark + query
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            if not path.endswith("/"):
                self.send_response(301)
                self.send_header("Location", path + "/" + mark + query)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            file = file / "index.html"
        status = 200
        if not file.is_file():
            status, file = 404, Path(self.directory) / "404.html"
        encoding = ""
        content_type = self.guess_type(str(file))
        packed = file.with_name(file.name + ".br")
        if "br" in self.headers.get("Accept-Encoding", "") and packed.is_file():
            file, encoding = packed, "br"
        self._answer(status, file.read_bytes() if file.is_file() else b"", content_type, encoding)

    do_HEAD = do_GET

    def _answer(self, status: int, body: bytes, content_type: str, encoding: str) -> None:
        self.send_response(status)
        text = content_type.startswith("text/")
        self.send_header("Content-Type", content_type + ("; charset=utf-8" if text else ""))
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *parts: object) -> None:
        """Say nothing: the tests' output is read by people."""
