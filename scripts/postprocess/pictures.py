"""The picture that shows when a page is shared: 1200 × 630, drawn from what the built page says.

Templates name one general picture; here each page gets its own in its place. A picture is drawn once for each
state of its words, layout, faces and colours.
"""

import re
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from postprocess.assets import Assets
from postprocess.cache import Cache
from postprocess.faces import CUTS, Faces
from postprocess.pages import Page

# The picture that templates name: the site's mark without words, for engines alone.
GENERAL = "assets/images/share.png"
FOLDER = "assets/images/share/"
CARD = Path(__file__).with_name("card.svg").read_text("utf-8")
LAYOUT = Path(__file__).read_bytes() + CARD.encode()
COLOUR = re.compile(r"--([\w-]+):\s*(?:light-dark\(\s*)?(#[0-9A-Fa-f]{6})\b")
# Left edge of the words; how far right they go, so that they end well before the ribbon; the height they have.
LEFT, WIDTH, TOP, BOTTOM = 76, 815, 150, 490
SIZES = (84, 76, 68, 60, 54, 48, 43, 38)


class Words(NamedTuple):
    """What a picture says: a line at the top, a title above the large words, these, and when they are true."""

    kicker: str
    lead: str
    large: str
    part: str = ""
    number: str = ""
    condition: str = ""


class Look(NamedTuple):
    """What all pictures of a site share."""

    colours: dict[str, str]
    faces: Faces
    site: str
    tagline: str


def give_pictures(assets: Assets, pages: list[Page], overrides: Path, cache: Cache) -> None:
    """Draw a picture for each page that names the general one, and let the page name its own.

    Nothing happens where the site has no colours and faces of ours, as in a theme of somebody else's.
    """
    faces_folder, tokens = overrides / "assets/fonts", overrides / "assets/css/tokens.css"
    sharing = [page for page in pages if page.share_picture.endswith(GENERAL)]
    if not sharing or not tokens.is_file() or not all((faces_folder / file).is_file() for file, _ in CUTS.values()):
        return
    site = next((data for page in pages if page.path == "index.html" for data in page.data("WebSite")), {})
    name_of_site, tagline = str(site.get("name", "")), str(site.get("description", ""))
    colours, faces = read_colours(tokens), Faces(faces_folder, cache)
    wanted: dict[str, Words] = {}
    for page in sharing:
        name = f"{FOLDER}{page.address.strip('/').replace('/', '-') or 'home'}.png"
        wanted[name] = words_of(page, tagline)
        page.name_picture(GENERAL, name)
    look = Look(colours, faces, name_of_site, tagline)
    for name, png in zip(wanted, draw(list(wanted.values()), look, cache), strict=True):
        assets.add(name, png)
    assets.contents.pop(GENERAL, None)


def words_of(page: Page, tagline: str) -> Words:
    """What the picture of a page says. A lesson's says its line: that is what people would share."""
    if page.path == "index.html":
        return Words("", "", tagline)
    title = page.text_of("og:title")
    kind = (page.attribute(".frame", "class").split() + ["", ""])[1]
    part = page.attribute("html", "data-part")
    if kind == "phrase-page":
        they, strong = page.words("h1 q"), page.words(".strong q")
        return Words(page.words(".by"), f"“{they}”", f"“{strong}”", part, condition=page.words(".condition"))
    if kind == "lesson":
        numbered = re.search(r"[A-Z][a-z]* \d+ of \d+", page.words(".folio .kicker"))
        number, line = page.words(".folio .numeral"), page.words(".say q")
        large = f"“{line}”" if line else title
        return Words(numbered[0] if numbered else "", title if line else "", large, part, number)
    if kind == "article":
        for article in page.data("Article"):
            author = article.get("isBasedOn", article).get("author", {}).get("name", "")
            return Words(f"Retold from {author}" if "isBasedOn" in article else author, "", title)
    return Words("", "", title, part)


def drawing(words: Words, look: Look) -> str:
    """A picture as SVG."""
    colours, faces, site, tagline = look
    part = colours.get(words.part, colours["card"])
    mark = f'<path fill="none" stroke="{colours["mark"]}" stroke-width="22" d="m980 112 32 32 58-68"/>'
    if words.number:
        mark = text(words.number, "Display", 120, 1025, 150, colours["paper"], 'text-anchor="middle"')
    drawn, top = [], TOP
    if words.lead:
        for line in faces.wrap(words.lead, "Furniture", 36, WIDTH):
            drawn.append(text(line, "Furniture", 36, LEFT + 4, top + 16, colours["muted"]))
            top += 44
        top += 8
    if words.condition:
        condition = cut_to(words.condition, faces, "Furniture", 26, 1040)
        drawn.append(text(condition, "Furniture", 26, LEFT + 4, BOTTOM - 4, colours["muted"]))
    size, lines = fitting(words.large, faces, BOTTOM - top - (44 if words.condition else 0))
    if words.large.startswith("“"):  # a sentence to say carries the site's yellow stroke
        y, width = top + size * (1.12 * len(lines) - 0.18), faces.width(lines[-1], "Display", size, -1)
        box = f'x="{LEFT}" y="{y:.0f}" width="{width:.0f}" height="{size * 0.2:.0f}"'
        drawn.append(f'<rect {box} fill="{colours["mark"]}"/>')
    for row, line in enumerate(lines, 1):
        y = top + size * (1.12 * row - 0.12)
        drawn.append(text(line, "Display", size, LEFT, y, colours["ink"], 'letter-spacing="-1"'))
    kicker = cut_to(words.kicker, faces, "Furniture", 30, WIDTH)
    left = 136 + faces.width(site, "Furniture", 32) + 32
    under = "" if words.large == tagline else tagline
    small = min(26.0, 26 * (1120 - left) / max(faces.width(under, "Reading", 26), 1))
    return CARD.format(
        paper=colours["paper"], ink=colours["ink"], ribbon=colours["owners"], yellow=colours["mark"], part=part,
        mark=mark, kicker=escape(kicker), words="\n".join(drawn), site=escape(site),
        tagline=text(under, "Reading", small, left, 555, colours["muted"]) if small > 16 else "",
    )  # fmt: skip


def fitting(words: str, faces: Faces, height: float) -> tuple[int, list[str]]:
    """The largest size at which the words fit beside the ribbon, and their lines."""
    for size in SIZES:
        lines = faces.wrap(words, "Display", size, WIDTH, -1)
        narrow = max(faces.width(line, "Display", size, -1) for line in lines) <= WIDTH
        if narrow and len(lines) * size * 1.12 <= height:
            return size, lines
    return size, lines[: int(height // (size * 1.12))]


def cut_to(words: str, faces: Faces, family: str, size: float, most: float) -> str:
    """The words, shortened to a width between two of them."""
    while faces.width(words, family, size) > most and " " in words:
        words = words.removesuffix("…").rstrip("”").rpartition(" ")[0].rstrip(",;:.") + "…"
    return words


def text(words: str, family: str, size: float, x: float, y: float, fill: str, more: str = "") -> str:
    """A line of text as SVG."""
    place = f'font-size="{size:g}" x="{x:.0f}" y="{y:.0f}"'
    return f'<text font-family="{family}" {place} fill="{fill}" {more}>{escape(words)}</text>'


def draw(wanted: list[Words], look: Look, cache: Cache) -> list[bytes]:
    """Each picture as PNG. One that was drawn before, of the same words in the same look, is taken as it is."""
    faces = look.faces
    same = repr((look.colours, look.site, look.tagline)).encode() + LAYOUT + faces.digest
    with tempfile.TemporaryDirectory() as folder:
        files = {family: Path(folder, f"{family}.ttf") for family in CUTS}

        def rendered(words: Words) -> bytes:
            import resvg_py

            for family, file in files.items():
                if not file.exists():
                    beside = file.with_suffix(f".{threading.get_ident()}")
                    beside.write_bytes(faces.cut(family))
                    beside.replace(file)
            svg, paths = drawing(words, look), [str(file) for file in files.values()]
            return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=paths, skip_system_fonts=True))

        def one(words: Words) -> bytes:
            return cache.keep("picture", repr(words).encode() + same, lambda: rendered(words))

        with ThreadPoolExecutor() as workers:
            return list(workers.map(one, wanted))


def read_colours(tokens: Path) -> dict[str, str]:
    """The colours of the light scheme by their names in tokens.css; the first of each name counts."""
    found: dict[str, str] = {}
    for name, colour in COLOUR.findall(tokens.read_text("utf-8")):
        found.setdefault(name, colour)
    return found
