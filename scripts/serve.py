"""Shows the site while it is being written: rendered anew at every save, with the problems of the saved pages."""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from preview_server import PreviewServer, Problems, by_file
from render import Engine
from settings import SettingsProblem, read_settings
from sources import stamps

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(__file__).resolve().parent
SAYS = "Shows the site while it is being written, and what is wrong with it."
# Seconds between two looks at the sources, and for which they must be quiet before a
# rendering: editors write a file in several steps.
LOOK = 0.08


class Preview:
    """The loop: looks for saved files, renders, and says what is wrong."""

    def __init__(self, root: Path, server: PreviewServer) -> None:
        """`root` is the project's folder."""
        self.root = root
        self.server = server
        self.folder = Path(tempfile.mkdtemp(prefix="preview-"))
        self.engine = Engine(root, server.address, preview=True)
        self.checking: subprocess.Popen | None = None
        self.said: set[str] = set()
        self.complaints: list[str] = []
        self.checked: Problems = {}

    def run(self) -> None:
        """Go on until stopped."""
        files = stamps(self.root)
        self.render(first=True)
        self.check([])
        while True:
            time.sleep(LOOK)
            now = stamps(self.root)
            if now == files:
                continue
            while (later := stamps(self.root)) != now or time.sleep(LOOK):
                now = later
            changed = sorted(path for path in files.keys() | now.keys() if files.get(path) != now.get(path))
            files = now
            if self.checking:
                self.checking.kill()  # what it says would be old, and it takes the time of the rendering
                self.checking = None
            for path in changed:
                self.checked.pop(path.relative_to(self.root).as_posix(), None)
            self.render()
            self.check(changed)

    def render(self, first: bool = False) -> None:
        """Render the site beside the one shown, and show it when it is whole."""
        folder = self.folder / str(self.server.renderings + 1)
        whole = False
        try:
            read_settings(self.root / "mkdocs.yml")
        except SettingsProblem as problem:
            self.complaints = [str(problem)]
        else:
            self.complaints, whole = self.engine.render(folder)
            self.engine.end()
            self.engine = Engine(self.root, self.server.address, preview=True)
        for text in self.complaints:
            if text not in self.said:
                say(text)
        self.said = set(self.complaints)
        if whole:
            before = self.server.site
            self.server.show(folder, merged(by_file(self.complaints), self.checked))
            if first:
                say(f"The site is at {self.server.address} – every save is shown at once; Ctrl-C ends it.")
            else:
                shutil.rmtree(before, ignore_errors=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)
            self.server.tell(old=[problem for found in by_file(self.complaints).values() for problem in found])
            before = "; the pages shown are from before." if self.server.renderings else "."
            say("The site cannot be rendered until that is mended" + before)

    def check(self, changed: list[Path]) -> None:
        """Let the checker look at the sources, and meanwhile go on."""
        command = [
            sys.executable,
            SCRIPTS / "check.py",
            "--docs",
            self.root / "docs",
            "--sources-only",
            "--format",
            "json",
        ]
        self.checking = subprocess.Popen(
            command, cwd=self.root, text=True, encoding="utf-8", errors="replace", env=os.environ | {"PYTHONUTF8": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        saved = {path.relative_to(self.root).as_posix() for path in changed if path.exists()}
        mine = self.checking, list(self.complaints), {name for name in saved if name.endswith((".md", ".yml"))}
        threading.Thread(target=self.tell_problems, args=mine, daemon=True).start()

    def tell_problems(self, checking: subprocess.Popen, complaints: list[str], saved: set[str]) -> None:
        """Print what the checker finds in the saved files, or in all at the start; tell all of it to the pages."""
        output, errors = checking.communicate()
        if checking is not self.checking:  # stopped, for a newer save
            return
        try:
            found = json.loads(output)
        except ValueError:
            say("The pages could not be checked: " + (errors.strip().splitlines() or ["no reason given"])[-1])
            return
        problems: Problems = {}
        lines = []
        for problem in found["problems"] if isinstance(found, dict) else found:
            where = ":".join(str(problem[key]) for key in ("path", "line", "column") if problem[key])
            problems.setdefault(problem["path"], []).append((where, problem["message"]))
            if not saved or problem["path"] in saved:
                lines.append(f"{where}  {problem['message']}  {problem['rule']}")
        self.checked = problems
        self.server.tell(merged(by_file(complaints), problems))
        if saved:
            count = "no problem" if not lines else "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
            lines.insert(0, f"{', '.join(sorted(saved))} saved: {count}.")
        if lines:
            say("\n".join(lines))

    def end(self) -> None:
        """Leave nothing behind."""
        self.engine.end()
        if self.checking:
            self.checking.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def merged(complaints: Problems, checked: Problems) -> Problems:
    """The engine's complaints and the checker's problems; where both name a line, the checker's words."""
    found = {path: list(problems) for path, problems in checked.items()}
    lines = {place.rpartition(":")[0] for problems in checked.values() for place, _ in problems}
    for path, problems in complaints.items():
        mine = [problem for problem in problems if problem[0].rpartition(":")[0] not in lines]
        if mine:
            found[path] = mine + found.get(path, [])
    return found


def say(text: str) -> None:
    """Print at once, also into a file or a pipe."""
    print(text, flush=True)


def main() -> int:
    """Serve until Ctrl-C; return 0."""
    parser = argparse.ArgumentParser(prog="run.py serve", description=SAYS)
    parser.add_argument("--port", type=int, default=8000, help="the port to serve at (8000 when left out)")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    choice = parser.parse_args()
    try:
        server = PreviewServer(choice.port, choice.root / "overrides")
    except (OSError, OverflowError):
        server = PreviewServer(0, choice.root / "overrides")
        say(f"Port {choice.port} is taken or not allowed, so this takes a free one: {server.server_port}.")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # Ended by the system, or with its window, as by Ctrl-C, so that nothing stays behind.
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    preview = Preview(choice.root.resolve(), server)
    try:
        preview.run()
    except KeyboardInterrupt:
        return 0
    finally:
        preview.end()


if __name__ == "__main__":
    sys.exit(main())
