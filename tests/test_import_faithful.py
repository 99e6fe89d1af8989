"""A post that is taken in says what it said before: nothing is lost, turned round or invented."""

from pathlib import Path

import pytest

from checker.project import Project
from editing import faithful, html_post, post
from editing.files import EditProblem
from scratch_project import run, write_scratch_project

EXTENSIONS = ["attr_list", "def_list", "footnotes", "md_in_html", "smarty", "tables", "pymdownx.blocks.admonition"]
LONG = "A first paragraph of some length, so that it can serve as the description of the whole post."


def taken_in(markup: str) -> tuple[str, list[str]]:
    """The Markdown of a post with this markup, and every sentence on what was changed."""
    read = html_post.blocks(f"<article><h1>Title</h1>{markup}</article>")
    body = post.markdown(read.blocks)
    return body, read.notes + faithful.differences(read.post, body, EXTENSIONS, {})


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        (
            "<p>From <del>20</del> <ins>15</ins> per cent, H<sub>2</sub>O</p>",
            "<del>20</del> <ins>15</ins> per cent, H<sub>2</sub>O",
        ),
        ("<ul><li>a</li></ul><ol><li>b</li><li>c</li></ol>", "- a\n\n<!-- -->\n\n1. b\n2. c"),
        ("<ol><li>b</li></ol><ol><li>c</li></ol>", "1. b\n\n<!-- -->\n\n1. c"),
        ("<ul><li>a<ul><li>inner</li></ul></li><li>b<p>more</p></li></ul>", "- a\n    - inner\n- b\n\n    more"),
        ("<table><tr><th>A<th>B<tr><td>1|2<td><b>y</b></table>", "| A | B |\n|---|---|\n| 1\\|2 | **y** |"),
        ("<table><tr><td>q<td>r</table>", "|   |   |\n|---|---|\n| q | r |"),
        ("<blockquote><p>One</p><ul><li>two</li></ul></blockquote>", "> One\n>\n> - two"),
        ("<dl><dt>Brief<dd>What is sought</dl>", "Brief\n:   What is sought"),
        ("<p>1. x</p><p># y</p><p>: z</p><p>{: .c} [^1]</p>", "1\\. x\n\n\\# y\n\n&#58; z\n\n\\{: .c\\} \\[^1\\]"),
        ("<p>Run <code>a`b</code> now</p>", "``a`b``"),
    ],
)
def test_structure_is_kept_and_nothing_is_said_to_differ(markup: str, wanted: str) -> None:
    """A deleted figure that comes back, or a list that counts anew, changes what the author said."""
    body, notes = taken_in(markup)
    assert wanted in body
    assert notes == []


@pytest.mark.parametrize(
    ("markup", "wanted", "named"),
    [
        ('<ol start="3"><li>c</li></ol>', '<ol start="3"><li>c</li></ol>', "Kept as HTML, since Markdown cannot say it: a list that begins “c”"),
        ("<table><tr><td colspan=2>wide<tr><td>a<td>b</table>", 'colspan="2"', "a table that begins “wide a b”"),
        ('<iframe src="https://v.example/1" title="A talk"></iframe>', "[A talk](https://v.example/1)", "A frame of another page became a link"),
        ('<p><img src="x/cat.jpg"></p>', "", "Left out 1 pictures: cat.jpg"),
        ('<p><a href="../x/">there</a></p>', "there", "A link without a full address is plain words now: there"),
        (f'<p>{LONG}</p><div class="sharedaddy">Share this on X</div>', LONG, "Left out 4 words below or beside the post: Share this on X"),
        (f'<p>{LONG}</p><h3>Related posts</h3><ul><li><a href="/a">Other</a></li></ul>', LONG, "Left out 3 words below or beside the post: Related posts Other"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named(markup: str, wanted: str, named: str) -> None:
    """Whoever imports must know what to look at, and need not compare two long texts by eye."""
    body, notes = taken_in(markup)
    assert wanted in body
    assert any(named in note for note in notes), notes
    for gone in ("Share this", "Related posts", "Other"):
        assert gone not in body


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("One two four.", "Lost: “three”."),
        ("Two one three four.", "One"),
        ("One two *three* four.", "“three” stood in plain text and stands in emphasis."),
        ("- One two three four.", "“One two three four .” stood in plain text and stands in a list at depth 1."),
        ("One two three and four.", "Not in the post: “and”."),
    ],
)
def test_a_word_that_is_lost_moved_or_elsewhere_is_named(body: str, sentence: str) -> None:
    """The comparison is the promise of the import, so it must find what a careless one would do."""
    read = html_post.blocks("<article><p>One two three four.</p></article>")
    found = faithful.differences(read.post, body, EXTENSIONS, {})
    assert found and any(sentence in each for each in found), found


def imported(root: Path, capsys: pytest.CaptureFixture, markup: str, *more: str) -> tuple[int, str, dict]:
    """Import a web page; return the exit code, what was printed, and the fields of the article."""
    file = root.parent / "post.html"
    file.write_text(f"<html><body><article><h1>Wait</h1>{markup}<p>{LONG}</p></article></body></html>", "utf-8")
    code = run(root, "import", file, "--into", "docs/article.md", "--yes", *more)
    said = capsys.readouterr()
    return code, said.out + said.err, Project(root / "docs").by_rel["article.md"].values.plain


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project whose article is by somebody else."""
    return write_scratch_project(tmp_path / "project")


def test_nothing_is_credited_to_the_author_of_the_page_before(root: Path, capsys: pytest.CaptureFixture) -> None:
    """A text under the wrong name wrongs two people."""
    code, said, _ = imported(root, capsys, "")
    assert code == 1
    assert "The post does not say who wrote it; say it with --author" in said
    code, _, fields = imported(root, capsys, "", "--author", "Bea Example", "--posted", "2024-01-02")
    assert (code, fields["author"], "book" in fields, "comments" in fields) == (0, "Bea Example", False, False)


@pytest.mark.parametrize(
    "line",
    [
        "<p>By Cai Example on 3 April 2023</p>",
        "<p>Cai Example | 3 April 2023 | Leave a comment</p>",
        "<div><span>By Cai Example</span> <span>|</span> <time datetime='2023-04-03'>April 3, 2023</time> | Hiring</div>",
        "<p>By Cai Example<br>April 3, 2023</p>",
    ],
)
def test_a_by_line_is_read_however_it_is_set(root: Path, capsys: pytest.CaptureFixture, line: str) -> None:
    """Blogs set name and day in one line, in two, or among categories."""
    code, said, fields = imported(root, capsys, line)
    assert code == 0, said
    assert (fields["author"], fields["posted"]) == ("Cai Example", "2023-04-03")


def test_markup_nested_beyond_reason_is_refused_at_once() -> None:
    """A page made to be slow must not hang the command."""
    with pytest.raises(EditProblem, match="nested more than"):
        html_post.blocks("<div>" * 20_000 + "x")
