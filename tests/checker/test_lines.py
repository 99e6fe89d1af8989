"""Faults planted in Markdown are named at their lines in a site that MkDocs really built."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECK = Path(__file__).parents[2] / "scripts" / "check.py"

SETTINGS = """
site_name: Lines
site_url: https://lines.example/below/
theme: {name: null, custom_dir: theme}
markdown_extensions: [attr_list, def_list, footnotes, md_in_html, tables, toc, pymdownx.blocks.admonition, pymdownx.snippets: {base_path: [drawings], check_paths: true}]
plugins: []
"""
TEMPLATE = """<!doctype html><html lang="en"><head><title>{{ page.title }}</title><link rel="canonical" href="{{ page.canonical_url }}"></head>
<body><nav>{% for item in nav %}<a href="{{ item.url | url }}">{{ item.title }}</a>{% endfor %}<a href="{{ 'nowhere/' | url }}">x</a></nav>
{{ page.content }}{% if page.meta.to %}<a href="{{ page.meta.to }}">more</a>{% endif %}</body></html>
"""
# A line that ends with a mark holds one fault of the rule that the mark names (twice: two of them).
PAGES = {
    "index.md": """---
title: Front
to: broken-field.html  ← link-broken
---

# Front

A [page](part/one.md) and [its heading](part/one.md#first), [a file](file.txt), ![A picture](drawn.png).

See [nothing](part/none.md), ← link-broken
[an id](part/one.md#third), ← link-fragment
[an id here](#gone), ← link-fragment
and [a rooted page](/part/one/). ← link-outside

`[code](part/none.md)` and \\[escaped\\](part/none.md), <!-- [comment](part/none.md) --> and

```
[fenced](part/none.md)
```

    [indented](part/none.md)

Not [defined][nowhere], ← link-leftover
nor noted.[^9] ← link-leftover
Write to <someone@example.org>, <https://example.org/>, [mail](mailto:nobody) ← link-mailto
or [call](<tel:call me>). ← link-tel

<p>Raw <a href="part/none/">one</a>, ← link-broken
<img src='no picture.png' alt="x > y"> ← link-broken
and <a href="part/one/#first">two</a>.</p>

## Again { #again }

<p id="again">twice</p> ← id-duplicate
""",
    "part/one.md": """---
title: One
---

# One

## First

[Back](../index.md), [there](../file.txt), [mis](https:/example.org), ← link-scheme
[a reference][r] and ← link-broken
[another use][r] of it. ← link-broken
[It stands][well] well, with [brackets \\[in\\] it](../index.md "and a (title)").

- in a list [x](two.md "A title") ← link-broken
- ![lost](../lost(1).png) ← link-broken

Term
:   [in a definition](../drawn.png#x) and [lost](<../lost too.html>) ← link-broken

| a | b |
|---|---|
| [in a table](../index.md#nowhere) | ok | ← link-fragment

/// note | A block
[inside](#nowhere) ← link-fragment
///

A note.[^1]

<div markdown="1">
[in HTML](none.html) ← link-broken
</div>

--8<-- "drawing.html"

[r]: ../lost.html
[well]: ../index.md#again

[^1]: With [a link](../lost.pdf) in it. ← link-broken
""",
    "odd.md": """---
title: Odd
---

# A [heading](lost-1.html) ← link-broken

[![A picture](lost-2.png) ← link-broken
in a link](lost-3.html) and **[bold](lost-4.html)** ← link-broken ← link-broken
and [over two
lines](lost-5.html). ← link-broken

<!--
[out](lost-6.html)
-->

1. One

    [deeper](lost-7.html) ← link-broken

        [code in a list](lost-8.html)

2. Two `` ` [no](lost-9.html) ` `` and \\\\[yes](lost-10.html), \\[no](lost-26.html) and `open [yes](lost-11.html) ← link-broken ← link-broken

> Quoted [words](lost-12.html) ← link-broken

<p id="twice" title="<a href='lost-13.html'>">x</p>
<p ID='twice'>x</p> ← id-duplicate
<a name="x" HREF = lost-14.html>x</a> ← link-broken
<script>"<a href='lost-15.html'>"</script>
<style>.a { background: url("lost-16.png") }</style> ← link-broken

[Titled](lost-17.html 'A "title"') and [angled](<lost 18.html> "x") ← link-broken ← link-broken
[with & and &amp;](lost-19.html?a=1&b=2&amp;c) ← link-broken
[encoded](lost%2020.html#a) and [space at ends]( lost-21.html ) ← link-broken ← link-broken

[one][a] ← link-broken
[two][ A ] ← link-leftover
[a] ← link-broken

![srcset](drawn.png){ srcset="../drawn.png 1x, lost-23.png 2x" } ← link-broken
[attribute](drawn.png){ aria-controls=nothing } ← id-reference

[a]: lost-22.html
    "A title in the next line"
[never used]: lost-24.html

~~~
[x](lost-25.html)
~~~
""",
}
DRAWING = '<svg>\n<a href="lost-in-drawing.html"><text>x</text></a>\n</svg>\n'


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """What the checker says about a site that MkDocs built from the pages above, marks taken away."""
    folder = tmp_path_factory.mktemp("lines")
    for name, text in {"docs/" + name: text for name, text in PAGES.items()}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(re.sub(r" *←.*", "", text), "utf-8")
    for name, text in {
        "docs/file.txt": "x",
        "docs/drawn.png": "x",
        "mkdocs.yml": SETTINGS,
        "theme/main.html": TEMPLATE,
        "drawings/drawing.html": DRAWING,
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    built = subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, capture_output=True, text=True)
    assert (folder / "site" / "part" / "one" / "index.html").exists(), built.stderr
    done = subprocess.run(
        [sys.executable, CHECK, "--docs", "docs", "--site", "site", "--format", "json"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout, done.stderr
    return [p for p in json.loads(done.stdout) if not p["rule"].startswith(("meta-", "code-"))]


def planted() -> list[tuple[str, int, str]]:
    """Every planted fault: page, line, rule."""
    return [
        (f"docs/{name}", number, mark)
        for name, text in PAGES.items()
        for number, line in enumerate(text.splitlines(), 1)
        for mark in re.findall(r"← (\S+)", line)
    ]


def test_every_fault_is_named_at_its_line_and_no_other(found: list[dict]) -> None:
    """A wrong line sends an editor to look at what is right."""
    named = sorted((p["path"], p["line"], p["rule"]) for p in found if p["path"].startswith("docs/"))
    assert named == sorted(planted())


def test_a_fault_in_a_drawing_is_named_in_the_drawing(found: list[dict]) -> None:
    """The page that draws it in has no such line."""
    assert [(p["line"], p["column"], p["rule"]) for p in found if p["path"] == "drawings/drawing.html"] == [
        (2, 10, "link-broken")
    ]


def test_a_fault_of_the_template_is_named_once(found: list[dict]) -> None:
    """Twenty-seven lines for one mistake hide the other mistakes."""
    rest = [p for p in found if not p["path"].startswith(("docs/", "drawings/"))]
    assert [(p["path"], p["line"], p["rule"]) for p in rest] == [("site/index.html", None, "link-broken")]
    assert "nowhere/" in rest[0]["message"]
    assert "(and 2 more pages)" in rest[0]["message"]


def test_the_column_is_that_of_the_destination(found: list[dict]) -> None:
    """An editor jumps to what has to be changed."""
    for problem in found:
        if problem["path"] == "docs/index.md" and problem["rule"] == "link-fragment":
            line = re.sub(r" *←.*", "", PAGES["index.md"]).splitlines()[problem["line"] - 1]
            assert line[problem["column"] - 1 :].startswith(("part/one.md#third", "#gone"))
