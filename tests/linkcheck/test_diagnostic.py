"""One thing to mend is printed in one line, whatever the names of files hold."""

import json

from linkcheck.diagnostic import Diagnostic, printable, tidy

FAULT = Diagnostic(
    "docs/a.md", 3, 7, "“b.md” leads to a page that is not there", "link-broken", "did you mean c.md?", ("x.html",)
)


def test_a_fault_is_one_line_with_its_position_its_fix_and_its_rule() -> None:
    """An editor jumps to the position; without the fix the same words would have to be looked for."""
    assert FAULT.text() == (
        "docs/a.md:3:7  “b.md” leads to a page that is not there (and 1 more page); did you mean c.md?  link-broken"
    )


def test_json_names_every_page_and_changes_no_name() -> None:
    """“And 32 more pages” that are named nowhere cannot be looked at."""
    fault = FAULT._replace(path="a\nb.md", pages=("x.html", "y\x1b.html"))
    data = json.loads(json.dumps(fault.data()))
    assert (data["path"], data["pages"], data["fix"]) == ("a\nb.md", ["x.html", "y\x1b.html"], "did you mean c.md?")


def test_a_code_host_gets_an_annotation_whose_marks_are_encoded() -> None:
    """A colon or a line end in a name would cut the annotation off."""
    fault = FAULT._replace(path="a:b,c.md", message="100 % of\nit", fix="", pages=())
    assert fault.github() == "::error file=a%3Ab%2Cc.md,line=3,col=7,title=link-broken::100 %25 of%0Ait"


def test_what_cannot_be_seen_is_printed_as_its_code() -> None:
    """An escape in a file's name could colour or clear a terminal, and a zero-width letter hides."""
    assert printable("a\x1b[31m\u202e\u200b\ufeff\U000e0001é“") == "a\\x1b[31m\\u202e\\u200b\\ufeff\\U000e0001é“"
    assert "\n" not in FAULT._replace(path="a\nb").text()


def test_diagnostics_are_sorted_by_position_and_named_once() -> None:
    """Two runs can only be compared if their order does not change."""
    other = FAULT._replace(line=None, column=None)
    assert tidy([FAULT, other, FAULT]) == [other, FAULT]
