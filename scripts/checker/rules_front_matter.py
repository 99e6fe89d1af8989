"""Rules on what stands between the lines of dashes."""

from __future__ import annotations

from collections.abc import Iterator

from . import contract
from .project import Project
from .rule import rule
from .source import Page

Found = Iterator[tuple[int, int, str]]

FILE_RULES = {
    "meta-empty": "A Markdown file is not empty.",
    "meta-encoding": "A Markdown file is UTF-8, without a byte-order mark and without control characters.",
    "meta-line-ends": "A Markdown file has line ends LF, not those of Windows.",
    "meta-block": "Front matter begins on the first line with --- and is closed by a line --- of its own.",
    "meta-yaml": "Front matter is YAML that can be read, without anchors, tags or tabs.",
    "meta-duplicate": "No field stands twice in the same front matter.",
}
_CONTRACT_RULES = {
    "meta-unknown": "Front matter holds only the fields of its kind; a misspelt one is named with the likely word.",
    "meta-missing": "Front matter holds every field that its kind of page must have; the place is the block's end.",
}


_FIXES = {
    "meta-block": "let the first line be --- alone, then the fields, then --- alone",
    "meta-duplicate": "delete one of the two",
    "meta-empty": "write the page, or delete the file",
    "meta-encoding": "in your editor choose Save with encoding, UTF-8 (without BOM)",
    "meta-line-ends": "in your editor choose line ends LF (in VS Code: click CRLF at the bottom right)",
    "meta-missing": "add the field",
    "meta-unknown": "spell the field as the message suggests, or delete it",
    "meta-yaml": "write the text below its field, behind >-, indented by two spaces",
}


def _of_file(name: str, text: str) -> None:
    @rule(name, on="page", text=text, fix=_FIXES[name])
    def found(page: Page, project: Project) -> Found:
        return ((line, column, said) for at, line, column, said in page.faults if at == name)


def _of_contract(name: str, text: str) -> None:
    @rule(name, on="page", text=text, fix=_FIXES.get(name, "change the field as the message says"))
    def found(page: Page, project: Project) -> Found:
        return ((line, column, said) for at, line, column, said in project.contract(page) if at == name)


for _name, _text in FILE_RULES.items():
    _of_file(_name, _text)
for _name, _text in _CONTRACT_RULES.items():
    _of_contract(_name, _text)
# One rule a field, so that a problem's name says which field it is about.
for _name, _text in contract.fields().items():
    _of_contract(f"meta-{_name.replace('_', '-')}", f"Field {_name}: {_text}")
