"""Lets an engine render the pages, and says in our words what it complained about."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ENGINE = Path(__file__).with_name("engine.py")
# Nothing of the day, the place or the language of this machine may get into the site.
ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1",
    "SOURCE_DATE_EPOCH": "0",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
    "LC_ALL": "C",
}
# A page that is in no menu reads as any other: `check` says whether something leads to it.
NOT_A_FAULT = ("The following pages exist in the docs directory",)


class Rendered(NamedTuple):
    """What came of it: the complaints as sentences, each with its place, and whether there is a site at all."""

    complaints: list[str]
    whole: bool


class Engine:
    """MkDocs in a process that is loaded already and renders one site when told. It ends with this process."""

    def __init__(self, root: Path, address: str, preview: bool = False) -> None:
        """`root` is the project's folder, `address` the site's; a preview shows drafts, and is read ahead of time."""
        self.root = root
        self.process = subprocess.Popen(
            [sys.executable, ENGINE], cwd=root, env=os.environ | ENVIRONMENT, text=True, encoding="utf-8",
            errors="replace", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._write({"settings": str(root / "mkdocs.yml"), "address": address, "preview": preview})

    def render(self, folder: Path) -> Rendered:
        """Render the site into `folder`."""
        self.begin(folder)
        return self.result()

    def begin(self, folder: Path) -> None:
        """Let it begin; `result` waits for the end."""
        self._write(str(folder))

    def _write(self, order: object) -> None:
        try:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
        except OSError:
            pass  # it has ended, and said why

    def result(self) -> Rendered:
        """What came of it."""
        lines = self.process.stdout.read().splitlines()
        told = [json.loads(line) for line in lines if line.startswith('["')]
        if self.process.wait() and not told:
            told = [["FAILED", "\n".join(lines[-3:]) or "The engine ended without a word.", ""]]
        return Rendered(complaints(self.root, told), self.process.returncode == 0)

    def end(self) -> None:
        """Stop it, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def complaints(root: Path, told: list[list[str]]) -> list[str]:
    """What the engine said, a sentence each, with file and line where they can be found."""
    found = []
    for level, text, location in told:
        location = location.removeprefix(f"{root}{os.sep}").replace(os.sep, "/")
        if text.startswith(NOT_A_FAULT) or (level == "FAILED" and found and text.startswith("Aborted")):
            continue
        if level == "PAGE":
            page, _, why = text.partition("\t")
            where = f" (in {location})" if location else ""
            found.append(f"docs/{page}:1:1  this page cannot be rendered: {why}{where}")
        elif level == "FIELD":
            page, _, name = text.partition("\t")
            found.append(f"docs/{page}:1:1  the field {name}, which its template needs, is missing.")
        elif link := re.match(r"Doc file '(.+?)' contains .*?link '(.+?)',? (?:but )?(.*)", text, re.S):
            place = line_of(root / "docs" / link[1], link[2])
            found.append(f"docs/{link[1]}{place}  the link '{link[2]}' {what_is_wrong(link[3])}")
        elif setting := re.match(r"Config value '(.+?)': (.*)", text, re.S):
            found.append(f"mkdocs.yml{line_of(root / 'mkdocs.yml', setting[1] + ':')}  {setting[1]}: {setting[2]}")
        elif entry := re.match(r"A reference to '(.+?)' is included in the 'nav' configuration, (.*)", text, re.S):
            place = line_of(root / "mkdocs.yml", entry[1])
            found.append(f"mkdocs.yml{place}  nav lists {entry[1]}, and there is no such page in docs/.")
        else:
            found.append(f"{location}  {text}" if location else text)
    return found


def what_is_wrong(reason: str) -> str:
    """What is wrong with a link, in our words; the engine's where they are not known."""
    if "not found among" in reason:
        return "leads to no page or file in docs/."
    if "anchor" in reason:
        return "leads to a place that its page does not have."
    return f"is not right: {reason}"


def line_of(file: Path, words: str) -> str:
    """Where `words` first stand in a file, as :line:column; nothing where they cannot be found."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    found = ((number, line.find(words)) for number, line in enumerate(lines, 1) if words in line)
    return next((f":{number}:{at + 1}" for number, at in found), "")
