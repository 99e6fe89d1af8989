"""The pictures that show when a page is shared: each page has its own, and its words keep off the ribbon."""

import re
import struct
from pathlib import Path

import pytest

from postprocess import pictures
from postprocess.cache import Cache
from postprocess.faces import Faces
from postprocess.pictures import LEFT, SIZES, WIDTH, Look, Words, drawing, read_colours

# Where the ribbon begins in card.svg.
RIBBON = 940


@pytest.fixture(scope="module")
def faces(root: Path) -> Faces:
    """The site's faces, measured."""
    return Faces(root / "overrides/assets/fonts", Cache())


@pytest.fixture(scope="module")
def look(root: Path, faces: Faces) -> Look:
    """The site's colours and faces, around the words."""
    return Look(read_colours(root / "overrides/assets/css/tokens.css"), faces, "Site", "Tagline")


def lines(svg: str) -> list[tuple[float, str]]:
    """The large words of a picture, line by line, with their size."""
    found = re.findall(r'<text font-family="Display" font-size="(\d+)" x="76"[^>]*>([^<]*)</text>', svg)
    return [(float(size), words) for size, words in found]


@pytest.mark.parametrize(
    "words",
    [
        "Wait",
        "Decide what AI may do",
        "Know how many weeks your cash lasts",
        "“May I say what worries me about that plan, and suggest another way to get what you want?”",
        "“Wwwwwwwwwwwwwwwwwww mmmmmmmmmmmmmmmm wwwwwwwwwwww and wwwwwwwwwwwwwwwwwwwwww mmmmmmmmmmmm”",
    ],
)
def test_words_end_before_the_ribbon(words: str, look: Look) -> None:
    """Words across the ribbon cannot be read, and the picture is what people see of the site first."""
    drawn = lines(drawing(Words("Tip 1 of 10", "A title", words, "owners", "1"), look))
    assert drawn
    for size, line in drawn:
        if size > min(SIZES):
            assert LEFT + look.faces.width(line, "Display", size, -1) <= RIBBON - 40, line


def test_lines_are_of_like_width(faces: Faces) -> None:
    """A last line of one short word looks like a mistake."""
    wrapped = faces.wrap("Decide what AI may do", "Display", 84, WIDTH, -1)
    widths = [faces.width(line, "Display", 84, -1) for line in wrapped]
    assert len(wrapped) == 2 and min(widths) > 0.6 * max(widths), wrapped


def test_the_colours_are_those_of_the_site(look: Look) -> None:
    """A part keeps its ink wherever it is met; a colour changed in tokens.css changes the pictures too."""
    other = drawing(Words("", "", "Words"), look._replace(colours=look.colours | {"paper": "#ABCDEF"}))
    assert 'fill="#ABCDEF"' in other
    assert look.colours["recruiters"] in drawing(Words("", "", "Words", "recruiters"), look)


def test_what_stands_in_a_title_is_no_markup(look: Look) -> None:
    """A title with an ampersand must not cost the build."""
    assert "Fees &amp; &lt;terms&gt;" in drawing(Words("", "", "Fees & <terms>"), look._replace(site="A & B"))


def test_a_picture_is_drawn_once(tmp_path: Path, look: Look) -> None:
    """Drawing forty pictures takes longer than all the rest of a build."""
    cache, drawn = Cache(tmp_path), []
    keep = cache.keep
    cache.keep = lambda kind, content, make, code=False: keep(kind, content, lambda: drawn.append(kind) or make())
    words = Words("", "", "Words")
    first = pictures.draw([words], look, cache)
    assert drawn == ["picture"]
    assert pictures.draw([words], look, cache) == first and drawn == ["picture"]
    assert pictures.draw([words._replace(large="Other")], look, cache) != first
    assert struct.unpack(">II", first[0][16:24]) == (1200, 630)


def test_every_shared_page_names_a_picture_of_its_own_that_is_there(site: Path) -> None:
    """Each page's og:image leads to a file of the built site, and no two pages share one."""
    named = []
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        found = set(re.findall(r"https://course\.example/(assets/images/share[^\s\"'>]+)", html))
        assert len(found) <= 1, f"{page}: the structured data and the card name the same picture"
        named += found
        assert all((site / address).is_file() for address in found), page
    assert len(named) == len(set(named)) >= 10
    assert not list(site.glob("assets/images/share.*.png")), "nobody needs the general picture then"
