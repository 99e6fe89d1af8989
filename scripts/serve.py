"""Shows the site while it is being written: drawn anew at every save, with the problems of the saved pages."""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from site_server import SiteServer

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(__file__).resolve().parent
WATCHED = ("docs", "overrides", "mkdocs.yml")
# Seconds between two looks at the sources, and for which they must be quiet before a
# build: editors write a file in several steps.
LOOK = 0.15
# Added to every page: waits for the server to say that there is a newer drawing than this one.
RELOAD = '<script>new EventSource("/.newer?{drawing}").onmessage=()=>location.reload()</script>'
NOT_YET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Not drawn yet</title>
<h1>The site cannot be drawn yet</h1><p>What is in the way is printed where you started the preview.
This page shows the site as soon as it is mended.</p>""".encode()
# Said by the checker too, with the line.
SAID_BY_CHECK = ("The following pages exist in the docs directory",)


class PreviewServer(SiteServer):
    """Serves the newest drawing, and tells open pages when there is a newer one."""

    def __init__(self, port: int) -> None:
        """Take `port`; raises OSError where it is taken."""
        self.newer = threading.Condition()
        self.drawings = 0
        super().__init__(SCRIPTS / "nothing-yet", port)

    def show(self, folder: Path) -> None:
        """Serve `folder` from now on."""
        with self.newer:
            self.site, self.drawings = folder, self.drawings + 1
            self.newer.notify_all()

    class handler(SiteServer.handler):
        """As a web host answers, with nothing kept by the browser and every page waiting for news."""

        server: "PreviewServer"

        def do_GET(self) -> None:
            """Answer with a page, or with news when there is some."""
            path, _, drawing = self.path.partition("?")
            if path == "/.newer":
                self.wait_for_news(drawing)
            else:
                super().do_GET()

        def wait_for_news(self, seen: str) -> None:
            """Hold the line until there is another drawing than the one seen."""
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.close_connection = True
            while str(self.server.drawings) == seen:
                with self.server.newer:
                    self.server.newer.wait(timeout=15)
                self.wfile.write(b": still here\n\n")  # fails where the page is gone, and so ends this
                self.wfile.flush()
            self.wfile.write(b"data: newer\n\n")

        def answer(self, status: int, body: bytes, kind: str, **headers: str) -> None:
            """Send one whole answer, pages with the waiting script."""
            if kind == "text/html":
                body = (body or NOT_YET) + RELOAD.format(drawing=self.server.drawings).encode()
            super().answer(status, body, kind, **{"Cache-Control": "no-store", **headers})


class Preview:
    """The loop: looks for saved files, draws, and says what is wrong."""

    def __init__(self, root: Path, server: PreviewServer) -> None:
        """`root` is the project's folder."""
        self.root = root
        self.server = server
        self.folder = Path(tempfile.mkdtemp(prefix="preview-"))
        self.engine = self.start_engine()
        self.told: set[str] = set()

    def start_engine(self) -> subprocess.Popen:
        """Load the generator, ready to draw."""
        return subprocess.Popen(
            [sys.executable, SCRIPTS / "preview_engine.py"],
            cwd=self.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, encoding="utf-8", env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        )  # fmt: skip

    def run(self) -> None:
        """Go on until stopped."""
        files = self.look()
        self.check([])
        self.draw(first=True)
        while True:
            time.sleep(LOOK)
            now = self.look()
            if now == files:
                continue
            while (later := self.look()) != now or time.sleep(LOOK):
                now = later
            changed = sorted(path for path in files.keys() | now.keys() if files.get(path) != now.get(path))
            files = now
            self.check(changed)
            self.draw()

    def look(self) -> dict[Path, tuple[int, int]]:
        """Every source with its time and size."""
        found = {}
        for name in WATCHED:
            top = self.root / name
            for path in [top, *top.rglob("*")]:
                try:
                    facts = path.stat()
                except OSError:  # gone between the listing and the look
                    continue
                if not path.is_dir():
                    found[path] = (facts.st_mtime_ns, facts.st_size)
        return found

    def draw(self, first: bool = False) -> None:
        """Draw the site beside the one shown, and show it when it is whole."""
        folder = self.folder / str(self.server.drawings + 1)
        engine, self.engine = self.engine, None
        try:
            order = {"settings": str(self.root / "mkdocs.yml"), "folder": str(folder), "address": self.server.address}
            told, _ = engine.communicate(json.dumps(order) + "\n")
        except BrokenPipeError:
            told = ""
        self.engine = self.start_engine()
        sentences = self.sentences([json.loads(line) for line in told.splitlines() if line.startswith("[")])
        for text in sentences:
            if text not in self.told:
                say(text)
        self.told = set(sentences)
        if engine.returncode == 0:
            before = self.server.site
            self.server.show(folder)
            if first:
                say(f"The site is at {self.server.address} – every save is shown at once; Ctrl-C ends it.")
            else:
                shutil.rmtree(before, ignore_errors=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)
            say("The site cannot be drawn until that is mended" + ("; the pages shown are from before." if self.server.drawings else "."))

    def sentences(self, told: list[list[str]]) -> list[str]:
        """What the generator said, each with file and line where they can be found."""
        found = []
        for level, text, place in told:
            place = place.removeprefix(f"{self.root}{os.sep}").replace(os.sep, "/")
            if text.startswith(SAID_BY_CHECK):
                continue
            if where := re.match(r"Error (?:reading|building) page '(.+?)':\s*(.*)", text, re.S):
                found.append(f"docs/{where[1]}  this page cannot be drawn: {where[2]}")
            elif link := re.match(r"Doc file '(.+?)' contains .*?link '(.+?)',? (.*)", text, re.S):
                found.append(f"docs/{link[1]}{self.line_of(link[1], link[2])}  the link '{link[2]}': {link[3]}")
            elif level == "FAILED" and found and "cannot be drawn" in found[-1]:
                found[-1] += f" (in {place})" if place else ""
            else:
                found.append(f"{place}  {text}" if place else text)
        return found

    def line_of(self, page: str, link: str) -> str:
        """Where a link stands in a page, as :line; nothing where it cannot be found."""
        try:
            lines = (self.root / "docs" / page).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return ""
        return next((f":{number}" for number, line in enumerate(lines, 1) if link in line), "")

    def check(self, changed: list[Path]) -> None:
        """Let the checker look at the changed pages, or at all of them, while the site is drawn."""
        script = SCRIPTS / "check.py"
        pages = [path for path in changed if path.suffix == ".md" and path.exists()]
        if not script.exists() or (changed and not pages):
            return
        threading.Thread(target=self.tell_problems, args=(script, pages), daemon=True).start()

    def tell_problems(self, script: Path, pages: list[Path]) -> None:
        """Print what the checker finds in `pages`; in all pages where the list is empty."""
        command = [sys.executable, script, "--docs", self.root / "docs", "--sources-only", "--format", "json"]
        checked = subprocess.run(command, cwd=self.root, capture_output=True, text=True, encoding="utf-8", errors="replace")
        try:
            problems = json.loads(checked.stdout)
        except ValueError:
            say("The pages could not be checked: " + (checked.stderr.strip().splitlines() or ["no reason given"])[-1])
            return
        names = {page.relative_to(self.root).as_posix() for page in pages}
        mine = [problem for problem in problems if not names or problem["path"] in names]
        lines = [f"{p['path']}:{p['line']}:{p['column']}  {p['message']}  {p['rule']}" for p in mine]
        if pages:
            count = "no problem" if not lines else "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
            lines.insert(0, f"{', '.join(sorted(names))} saved: {count}.")
        if lines:
            say("\n".join(lines))

    def end(self) -> None:
        """Leave nothing behind."""
        if self.engine:
            self.engine.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def say(text: str) -> None:
    """Print at once, also into a file or a pipe."""
    print(text, flush=True)


def main() -> int:
    """Serve until Ctrl-C; return 0."""
    parser = argparse.ArgumentParser(prog="run.py serve", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8000, help="the port to serve at (8000 when left out)")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    choice = parser.parse_args()
    try:
        server = PreviewServer(choice.port)
    except (OSError, OverflowError):
        server = PreviewServer(0)
        say(f"Port {choice.port} is taken or not allowed, so this takes a free one: {server.server_port}.")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    preview = Preview(choice.root.resolve(), server)
    # Ended by the system as by Ctrl-C, so that nothing stays behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        preview.run()
    except KeyboardInterrupt:
        return 0
    finally:
        preview.end()


if __name__ == "__main__":
    sys.exit(main())
