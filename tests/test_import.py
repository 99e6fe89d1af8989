"""A blog post becomes the article, with every word of it and nothing of the old page lost."""

import re
from pathlib import Path

import pytest

from checker import run as checks
from checker.project import Project
from editing import facts, html_post, plain_post, post
from editing.quotes import repaired
from scratch_project import everything, run, write_scratch_project

# Of the same shape as posts that people copy out of a blog: a title, a paragraph to a line, wrong
# quotation marks, rows of stars, and at the end who, when and how many comments.
POST = """\
Is a ‘pause’ the better answer?
How often have you answered a question before you understood it, only because a ‘quick reply’ looks clever to everyone in the room?
I‘m told that a ‘pause‘ seems slow. That isn't what ""slow"" means to me, and ''slow'' is no sin.
* The first point costs 5_000 and 3 * 4 more
* The second [sits] in <brackets>, at 2 & 3
This is an excerpt from my new book ‘Wait. Then Talk‘
2019. That was the year. Robust leverage: it is important to note that this author writes as she likes, in one sentence that goes on and on and on, well past what the rules of this site would allow to any of its own writers.
1. not a list
# not a heading? yes, one
*********************************************
Sign up now — and get {all} of it.
*********************************************
- Posted by Ada Example
- On April 3, 2023
- 0 Comment
"""
PAGE = """\
<!doctype html><html><head><title>Waiting | My blog</title><meta property="article:published_time" content="2021-05-06T10:00:00Z">
<link rel="canonical" href="https://blog.example/waiting/"><script>var menu = "no words";</script></head>
<body><nav><a href="/">Home of the blog</a></nav><article><h1>Waiting</h1><p class="meta">By Ada Example | May 6, 2021 | 3 Comments</p>
<p>First, a <em>kind</em> word of some length, so that it can stand as a <a href="../other/">description</a> of all.<br>Then <strong>more </strong>words &amp; signs.</p>
<h3>Why</h3><ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul><ol><li>first</li><li>second</li></ol>
<blockquote><p>She said “yes”.</p></blockquote><hr><pre>code  *as* is</pre>
<p>Look <img src="cat.jpg" alt="a cat"> here. <a href="https://www.academy.example/?x=1">Join the Academy</a>.</p></article>
<aside>Related posts</aside><footer>All rights reserved</footer></body></html>
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project."""
    return write_scratch_project(tmp_path / "project")


def imported(root: Path, data: str | bytes, *more: str, name: str = "post.txt", into: str = "docs/article.md") -> int:
    """Import a post with these contents; return the exit code."""
    file = root.parent / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return run(root, "import", file, "--into", into, "--yes", *more)


def test_what_the_post_says_of_itself_becomes_fields(root: Path) -> None:
    """Author, day and comments must not be typed by hand, nor stand in the text as leftovers."""
    assert imported(root, POST) == 0
    page = Project(root / "docs").by_rel["article.md"]
    fields = page.values.plain
    assert fields["title"] == "Is a ‘pause’ the better answer?"
    assert (fields["author"], fields["posted"], fields["comments"]) == ("Ada Example", "2023-04-03", 0)
    assert fields["retelling"] is False
    assert fields["lesson"] == "recruiters/push-back.md"
    assert fields["book"] == "Wait. Then Talk"
    assert fields["description"].startswith("How often have you answered")
    assert "Posted by" not in page.text


def test_the_result_passes_the_checks(root: Path) -> None:
    """An author's text is taken as it is: no rule on prose may ask to change another's sentences."""
    imported(root, POST)
    assert [p for p in checks.sources(Project(root / "docs")) if p.path.endswith("article.md")] == []


def test_the_replaced_page_is_kept(root: Path) -> None:
    """The retelling is work; whoever puts the original in its place may want it back."""
    old = (root / "docs/article.md").read_bytes()
    imported(root, POST)
    imported(root, POST)
    kept = sorted((root / ".kept").iterdir())
    assert len(kept) == 2
    assert kept[0].read_bytes() == old


def test_quotation_marks_are_repaired(root: Path, capsys: pytest.CaptureFixture) -> None:
    """Marks that point the wrong way look like a careless copy, which it then is."""
    imported(root, POST)
    text = (root / "docs/article.md").read_text("utf-8")
    assert "I’m told that a ‘pause’ seems slow. That isn’t what “slow” means to me, and “slow” is no sin." in text
    assert "my new book ‘Wait. Then Talk’" in text
    assert "Repaired 7 quotation marks" in capsys.readouterr().out


@pytest.mark.parametrize(("wrong", "right"), [
    ("'Tis the '90s, isn't it?", "’Tis the ’90s, isn’t it?"),
    ("He said, \"she said 'no'.\"", "He said, “she said ‘no’.”"),
    ("the clients' fees", "the clients’ fees"),
    ("(\"so\") – 'so' *'so'*", "(“so”) – ‘so’ *‘so’*"),
    ("[“it”](https://x.example/'a'), `don't`", "[“it”](https://x.example/'a'), `don't`"),
])  # fmt: skip
def test_each_mark_opens_or_closes_by_its_neighbours(wrong: str, right: str) -> None:
    """Apostrophes, nested quotations, brackets and addresses each want their own."""
    assert repaired(wrong)[0] == right


def test_breaks_part_sections_and_none_is_left_at_the_end(root: Path) -> None:
    """A row of stars is a break; a rule under the last line is a leftover."""
    imported(root, POST)
    text = (root / "docs/article.md").read_text("utf-8")
    assert text.count("* * *") == 1
    assert text.rstrip().endswith("Sign up now — and get \\{all\\} of it.")


def test_a_web_page_keeps_headings_lists_links_and_emphasis(root: Path, capsys: pytest.CaptureFixture) -> None:
    """A post is more than its words; and a page is more than its post."""
    assert imported(root, PAGE, name="post.html") == 0
    page = Project(root / "docs").by_rel["article.md"]
    assert page.values.plain["title"] == "Waiting"
    assert (page.values.plain["author"], page.values.plain["posted"], page.values.plain["comments"]) == (
        "Ada Example",
        "2021-05-06",
        3,
    )
    body = page.text[page.body :]
    for piece in ("a *kind* word", "[description](https://blog.example/other/)", "**more** words & signs", "## Why", "- one\n    - inner\n- two",
                  "1. first\n2. second", "> She said “yes”.", "* * *", "    code  *as* is", "Join the Academy."):  # fmt: skip
        assert piece in body
    for piece in ("Home of the blog", "Related posts", "rights reserved", "no words", "By Ada", "academy.example"):
        assert piece not in body
    said = capsys.readouterr().out
    assert "Left out 1 pictures: a cat" in said
    assert "sign-up address are plain words now" in said


def test_a_text_with_broken_lines_is_joined_into_paragraphs() -> None:
    """Programs for mail break lines; a reader's screen has its own width."""
    told = "A title\n\nThe first line of a paragraph that goes on\nin a second line of the file, and\nends in a third.\n\nAnother one\nof two lines.\n"
    blocks, how = plain_post.blocks(told)
    assert [block.inline for block in blocks] == [
        "A title", "The first line of a paragraph that goes on in a second line of the file, and ends in a third.", "Another one of two lines.",
    ]  # fmt: skip
    assert "joined" in how


def test_markup_in_plain_text_is_kept_and_all_else_shown_as_it_is() -> None:
    """Some people write in Markdown; others only use stars and brackets."""
    blocks, _ = plain_post.blocks(
        "# One\n\nA [link](https://a.example/b), *this* and **that**, https://c.example/d. Not_this_one, [nor] this * star.\n\n- a\n- b\n"
    )
    told = post.markdown(blocks[1:])
    assert (
        "A [link](https://a.example/b), *this* and **that**, <https://c.example/d>. Not\\_this\\_one, \\[nor\\] this \\* star."
        in told
    )
    assert "- a\n- b" in told


@pytest.mark.parametrize(("line", "found"), [
    ("Posted by Ada Example on 3 April 2023", ("Ada Example", "2023-04-03", None)),
    ("By Ada Example", ("Ada Example", "", None)),
    ("Posted on Monday, Sept. 4th, 2023 at 9:15 am", ("", "2023-09-04", None)),
    ("2023-04-03 | 12 Comments", ("", "2023-04-03", 12)),
    ("No comments", ("", "", 0)),
    ("By all means, wait", ("", "", None)),
    ("On April 3, 2023 we opened", ("", "", None)),
    ("On 03/04/2023", ("", "", None)),
    ("On February 30, 2023", ("", "", None)),
])  # fmt: skip
def test_only_a_line_that_says_nothing_else_is_a_by_line(line: str, found: tuple) -> None:
    """A sentence that begins like a by-line belongs to the text; a day that can be read in two ways is nobody's guess."""
    kept, told = facts.taken_out([post.Block("text", line)])
    assert (told.author, told.posted, told.comments) == found
    assert bool(kept) == (found == ("", "", None))


def test_a_description_is_a_whole_sentence_or_says_that_it_goes_on(root: Path) -> None:
    """Search engines and shared links show it alone."""
    from editing.import_post import description

    long_one = "This sentence goes on, " + "and on, " * 30 + "to its end."
    cut = description([post.Block("text", long_one)])
    assert 50 <= len(cut) <= 155
    assert cut.endswith("on...")
    assert (
        description([post.Block("text", "Short. A second sentence makes it long enough to be of use. A third.")])
        == "Short. A second sentence makes it long enough to be of use."
    )


def test_a_new_page_takes_its_place_in_nav(root: Path) -> None:
    """Without it the post could not be reached."""
    assert imported(root, POST, "--lesson", "recruiters/push-back.md", into="docs/second-article.md") == 0
    assert "  - second-article.md\n" in (root / "mkdocs.yml").read_text("utf-8")


BAD = [
    (b"", "is empty"),
    (b" \n\n", "is empty"),
    (b"\x89PNG\r\n\x1a\n123", "is a picture; open it and save it as plain text or as HTML"),
    (b"%PDF-1.7", "is a PDF"),
    (b"PK\x03\x04abc", "is a Word"),
    (b"abc\x00\x01\x02def", "is no text"),
    (b"abc \x81 def", "is neither UTF-8 nor Windows-1252"),
    (b"Only a title", "The text is too short"),
    ("x" * 91 + "\nAnd then a text that is long enough to be a description of it all.", "say a title with --title"),
]


@pytest.mark.parametrize(("data", "sentence"), BAD, ids=[sentence for _, sentence in BAD])
def test_what_is_no_post_gets_one_sentence_and_changes_nothing(
    root: Path, capsys: pytest.CaptureFixture, data: str | bytes, sentence: str
) -> None:
    """The wrong file is chosen easily; the page that stands must survive it."""
    before = everything(root)
    assert imported(root, data) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert everything(root) == before


@pytest.mark.parametrize(("into", "sentence"), [
    ("docs/owners/cut-once.md", "is of the kind lesson"),
    ("../article.md", "is not below docs/"),
    ("docs/My Article.md", "such as my-article.md"),
    ("docs/new-article.md", "--lesson"),
])  # fmt: skip
def test_a_place_that_will_not_do_is_refused(
    root: Path, capsys: pytest.CaptureFixture, into: str, sentence: str
) -> None:
    """A post must not replace a lesson, nor land outside the site."""
    before = everything(root)
    assert imported(root, POST, into=into) == 1
    assert sentence in capsys.readouterr().err
    assert everything(root) == before


@pytest.mark.parametrize("charset", ["cp1252", "utf-16", "utf-8-sig"])
def test_other_character_sets_are_read(root: Path, charset: str) -> None:
    """Notepad and Word save in their own; curly marks must not turn into other letters."""
    assert imported(root, POST.replace("\n", "\r\n").encode(charset)) == 0
    assert "‘pause’ seems slow" in (root / "docs/article.md").read_text("utf-8")


def test_without_a_yes_nothing_is_written(
    root: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sees what was understood before it counts."""
    file = root.parent / "post.txt"
    file.write_text(POST, "utf-8")
    before = everything(root)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "")
    assert run(root, "import", file, "--into", "docs/article.md") == 0
    said = capsys.readouterr().out
    assert "author      Ada Example" in said
    assert "Nothing was changed" in said
    assert everything(root) == before


def test_a_folder_that_cannot_be_written_loses_nothing(root: Path, capsys: pytest.CaptureFixture) -> None:
    """Either the old page is kept and the new one stands, or nothing happened."""
    before = everything(root)
    (root / "docs").chmod(0o555)
    try:
        assert imported(root, POST) == 1
    finally:
        (root / "docs").chmod(0o755)
    assert "Nothing was changed" in capsys.readouterr().err
    assert everything(root) == before
    assert not (root / ".kept").exists()


def test_lines_that_still_speak_of_a_retelling_are_named(root: Path, capsys: pytest.CaptureFixture) -> None:
    """Other pages say that the article is a retelling; afterwards that is untrue."""
    about = root / "docs/about.md"
    about.write_text(about.read_text("utf-8") + "\nThe article is a retelling.\n", "utf-8")
    imported(root, POST)
    assert "docs/about.md:11" in capsys.readouterr().out


def test_markdown_shows_the_words_that_were_read() -> None:
    """Whatever signs a post holds, the reader sees those signs."""
    words = "2 * 3 * 4 _a_b_ `x` [y](z) <b> & &amp; {: .c} #h \\ 1. x"
    assert post.bare(post.escaped(words)) == words


def test_an_html_file_without_an_article_is_read_whole() -> None:
    """Not every page says where its post is."""
    read = html_post.blocks("<h1>T</h1><p>One<p>Two &lt;x&gt; ")
    assert [block.inline for block in read.blocks] == ["T", "One", "Two &lt;x>"]


def test_words_after_an_emphasis_keep_their_space() -> None:
    """Markup often swallows the space before the next word."""
    read = html_post.blocks("<p>a<b> b </b>c <i></i>d</p>")
    assert re.sub(" +", " ", read.blocks[0].inline) == "a **b** c d"
