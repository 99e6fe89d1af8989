"""A fault is named where it was written in Markdown: file, line, column, and what to write instead."""

from pathlib import Path

import markdown
import pytest
from sites import found

from linkcheck.diagnostic import Diagnostic
from linkcheck.rule import RULES

EXTENSIONS = ["attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"]
# Each piece of Markdown holds the fault “»…«”; the marks are taken away before anything is read.
WRITTEN = {
    "a link": "See [it](»nowhere.md«).",
    "a link without its ending": "See [it](»other«) and [the file](other.md).",
    "a link with a title": 'See [it](»nowhere.md« "A title (with brackets)").',
    "angle brackets and spaces": "See [it](<»no where.md«>).",
    "a second link in a line": "See [it](other.md), [that](»nowhere.md«).",
    "letters of several bytes before it": "Ünïcödé 🙂🇦🇺 — “[é](»nowhere.md«)”.",
    "a tab before it": "One\ttwo\t[x](»nowhere.md«).",
    "a text over two lines": "See [the\nwhole thing](»nowhere.md«).",
    "a picture": "![x](»nowhere.png«)",
    "a picture in a link": "[![x](»nowhere.png«)](other.md)",
    "a reference": "See »[it][that]«.\n\n[that]: nowhere.md",
    "a short reference": "See »[that]« one.\n\n[that]: <nowhere.md> 'Title'",
    "a list": "- one\n- two\n\n    - [x](»nowhere.md«)",
    "a numbered list": "1. [x](other.md)\n2. [y](»nowhere.md«)",
    "a table": "| a | b |\n|---|---|\n| [x](other.md) | [y](»nowhere.md«) |",
    "a footnote": "Said.[^1]\n\n[^1]: By [x](»nowhere.md«).",
    "a definition": "Word\n:   Means [x](»nowhere.md«).",
    "a quotation": "> Said\n> [x](»nowhere.md«)",
    "a heading": "## On [x](»nowhere.md«)",
    "emphasis": "***[x](»nowhere.md«)***",
    "HTML": '<p class="x">Raw <a href="»nowhere.html«">x</a></p>',
    "HTML over two lines": "<p>Raw <a\n  title='x'\n  href='»nowhere.html«'>x</a></p>",
    "an entity": "See [it](»nowhere.html?a=1&amp;b=2«).",
    "an escape": "See [it](»no\\_where.html«).",
    "an anchor": "See [it](»other.md#nowhere«).",
    "an anchor here": "## Here\n\nSee [it](»#her«).",
    "behind code that looks like it": "`[x](nowhere.md)` and\n\n    [x](nowhere.md)\n\n[x](»nowhere.md«)",
    "behind a comment that looks like it": "<!-- [x](nowhere.md) -->\n\n[x](»nowhere.md«)",
    "an address without its host": "See [it](»https://«).",
    "a mailbox": "Write to [us](»mailto:us@nowhere«).",
    "an attribute list": "![x](other.png){ srcset=»nowhere.png« }",
    "a word that is no link": "See »[it][nothing]«.",
    "an id twice": "<p id='x'>a</p>\n\n<p id='»x«'>b</p>",
}


def named(folder: Path, text: str, line_end: str = "\n") -> list[Diagnostic]:
    """What is named in docs/page.md with this text, built as MkDocs would (links to files that are there adapted)."""
    plain = text.replace("»", "").replace("«", "").replace("\n", line_end)
    html = markdown.markdown(plain.replace("\r\n", "\n"), extensions=EXTENSIONS)
    html = html.replace('"other.md', '"../other/').replace('"other.png', '"../other.png')
    files: dict[str, str | bytes] = {
        "docs/page.md": plain,
        "docs/other.md": "## Somewhere",
        "docs/other.png": "x",
        "site/page/index.html": f"<body>{html}</body>",
        "site/other/index.html": "<h2 id='somewhere'>x</h2>",
        "site/other.png": "x",
        "site/index.html": "x",
    }
    return found(folder, files)


def position(text: str) -> tuple[int, int]:
    """Line and column of the mark."""
    before = text[: text.index("»")]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("case", WRITTEN)
def test_a_fault_is_named_at_its_line_and_column(case: str, line_end: str, tmp_path: Path) -> None:
    """A wrong line sends an editor to look at what is right; only the built file says nothing to them."""
    text = "# A page\n\nSome words.\n\n" + WRITTEN[case] + "\n\nMore words.\n"
    diagnostics = named(tmp_path, text, line_end)
    where = [(Path(d.path).name, d.line, d.column if "attribute" not in case else None) for d in diagnostics]
    line, column = position(text)
    assert where == [("page.md", line, column if "attribute" not in case else None)], diagnostics


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("other", "link to the file: other.md"),
        ("other/", "link to the file: other.md"),
        ("othr.md", "did you mean other.md?"),
        ("Other.md", "did you mean other.md?"),
        ("elsewhere/other.md", "did you mean other.md?"),
        ("other.md#some-where", "did you mean #somewhere?"),
        ("other.md#Somewhere", "did you mean #somewhere?"),
        ("nothing-like-it.md", RULES["link-broken"].fix),
    ],
)
def test_the_fix_is_said_in_the_words_of_the_source(written: str, fix: str, tmp_path: Path) -> None:
    """An editor writes paths of Markdown files; an address of the built site helps nobody there."""
    assert [diagnostic.fix for diagnostic in named(tmp_path, f"See [it]({written}).")] == [fix]


def test_what_stands_twice_is_named_twice(tmp_path: Path) -> None:
    """Mending the first would else only bring up the second."""
    assert [d.line for d in named(tmp_path, "[x](nowhere.md)\n\n[x](nowhere.md)")] == [1, 3]
