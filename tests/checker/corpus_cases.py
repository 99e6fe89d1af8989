"""Reads the corpus: one small text file a case.

    # What the case is about
    option --site-url https://example.org/
    expect docs/index.md:5:3 link-broken
    == docs/index.md
    (the file's text up to the next line of this kind)
    == site/index.html (escaped)
    (the same, with escapes such as \\x00 as in Python)
    == site/latest -> 1.0
    (a symbolic link)

A case may also change a file of the small project beside the cases (corpus/project):

    in docs/owners/cut-once.md
    change ^title: .*$
    to title: Cut: once

`change` is an expression (of Python, in lines), `to` what stands there instead,
with \\n, \\t and \\xNN as in Python. Without `in` it is docs/owners/cut-once.md.

A case without `expect` must be clean. `expect` names a place and a rule; a built
file has no line.
"""

import os
import re
import shutil
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).parent / "corpus"


class Case(NamedTuple):
    """A case: its sentence, options of the command line, (place, rule) pairs, and files."""

    name: str
    about: str
    options: list[str]
    expected: list[tuple[str, str]]
    files: list[tuple[str, bytes | str]]
    changes: list[tuple[str, str, str]]

    def lay_out(self, folder: Path) -> None:
        """Write the case's files below a folder: changed copies of the project, then its own; a text is a link's target."""
        if self.changes or not any(path.startswith("site/") for path, _ in self.files):
            shutil.copytree(CORPUS / "project", folder, dirs_exist_ok=True)
        for path, pattern, new in self.changes:
            text = (folder / path).read_text("utf-8")
            changed, number = re.subn(pattern, lambda _, new=new: new, text, count=1, flags=re.M)
            assert number, f"{self.name}: {path} has nothing that fits {pattern}"
            (folder / path).write_bytes(changed.encode("utf-8", "surrogateescape"))
        for path, content in self.files:
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, str):
                os.symlink(content, file)
            else:
                file.write_bytes(content)


def cases(kind: str) -> list[Case]:
    """The cases in one folder of the corpus, by name."""
    return [_read(file) for file in sorted((CORPUS / kind).glob("*.txt"))]


def _read(file: Path) -> Case:
    head, *sections = re.split(r"^== ", file.read_text("utf-8"), flags=re.M)
    about, options, expected, changes, inside = "", [], [], [], "docs/owners/cut-once.md"
    for line in head.splitlines():
        word, _, rest = line.partition(" ")
        if word == "#":
            about = rest
        elif word == "option":
            options += rest.split()
        elif word == "expect":
            place, _, rule = rest.rpartition(" ")
            expected.append((place, rule))
        elif word == "in":
            inside = rest
        elif word == "change":
            changes.append((inside, rest, ""))
        elif word == "to":
            changes[-1] = (*changes[-1][:2], _unescaped(rest))
        elif word:
            raise ValueError(f"{file.name}: cannot read {line!r}")
    files: list[tuple[str, bytes | str]] = []
    for section in sections:
        path, _, text = section.partition("\n")
        if " -> " in path:
            path, _, target = path.partition(" -> ")
            files.append((path, target))
        elif path.endswith(" (escaped)"):
            escaped = text.rstrip("\n").encode("ascii").decode("unicode_escape")
            files.append((path.removesuffix(" (escaped)"), escaped.encode("latin-1")))
        else:
            files.append((path, text.encode("utf-8")))
    return Case(file.stem, about, options, expected, files, changes)


def _unescaped(text: str) -> str:
    """Escapes as bytes: \\xf6 is one byte, which is no UTF-8."""
    found = {"\\n": "\n", "\\r": "\r", "\\t": "\t", "\\\\": "\\"}

    def one(escape: re.Match) -> str:
        return found.get(escape[0]) or bytes([int(escape[1], 16)]).decode("utf-8", "surrogateescape")

    return re.sub(r"\\(?:[nrt\\]|x([0-9a-f]{2}))", one, text)
