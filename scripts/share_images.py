"""Draws the picture that appears when a page is shared: 1200 × 630, one for each page; and the site's icons.

The words come from the pages' front matter and mkdocs.yml, the layout from
share_image.svg, the faces from overrides/assets/fonts/. The pictures are
committed, so building the site needs none of this. Each carries a fingerprint
of what it was drawn from; a test compares it, and says when to draw again.
"""

from __future__ import annotations

import hashlib
import struct
import sys
import tempfile
import textwrap
import zlib
from pathlib import Path
from xml.sax.saxutils import escape

import yaml

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "overrides" / "assets" / "images" / "share"
TEMPLATE = Path(__file__).with_name("share_image.svg")
FACES = ROOT / "overrides" / "assets" / "fonts"
INKS = {"owners": "#0B5146", "recruiters": "#5A2A6E"}
# Pages that nobody shares: they are for paper, or only lead on.
LEFT_OUT = {"redirect.html", "print-part.html", "desk-card.html", "team-sheet.html"}
# Tabs, touch icons, and the two sizes that a web manifest is asked for.
ICONS = (48, 180, 192, 512)
TICK = '<path fill="none" stroke="#FFC93C" stroke-width="22" d="m980 112 32 32 58-68"/>'


def front_matter(path: Path) -> dict:
    """The front matter of a page; empty where it cannot be read, which `check` reports."""
    parts = path.read_text(encoding="utf-8-sig", errors="replace").split("---\n", 2)
    try:
        found = yaml.safe_load(parts[1]) if len(parts) == 3 and not parts[0] else None
    except yaml.YAMLError:
        found = None
    return found if isinstance(found, dict) else {}


def picture_name(path: str) -> str:
    """The file name for a page at `path` below docs/: owners/cut-once.md gives owners-cut-once.png."""
    address = path.removesuffix(".md").removesuffix("index").strip("/")
    return (address.replace("/", "-") or "home") + ".png"


def lessons_in_order(settings: dict, part: str) -> list[str]:
    """The paths of a part's lessons as `nav` lists them."""
    for entry in settings.get("nav", []):
        if isinstance(entry, dict):
            for children in entry.values():
                if isinstance(children, list) and f"{part}/index.md" in children:
                    return [path for path in children if path != f"{part}/index.md"]
    return []


def drawing(path: str, settings: dict) -> str | None:
    """The picture of the page at `path` below docs/ as SVG; None where it gets none."""
    meta = front_matter(ROOT / "docs" / path)
    if not meta.get("title") or meta.get("template") in LEFT_OUT:
        return None
    part = path.split("/")[0]
    title, kicker, mark = str(meta["title"]), "", TICK
    if meta.get("template") == "lesson.html":
        noun = str(front_matter(ROOT / "docs" / part / "index.md").get("noun", "lesson")).capitalize()
        order = lessons_in_order(settings, part)
        if path not in order:
            return None
        number = order.index(path) + 1
        kicker = f"{noun} {number} of {len(order)}"
        mark = f'<text font-family="Display" font-size="120" x="1025" y="150" text-anchor="middle" fill="#FBFCF8">{number}</text>'
    elif meta.get("template") == "home.html":
        title, kicker = f"“{meta.get('they_say', title)}” What do you say?", "The moment"
    elif meta.get("template") == "article.html":
        kicker = f"Retold from {meta.get('author', '')}" if meta.get("retelling") else str(meta.get("author", ""))
    lines = textwrap.wrap(title.replace("'", "’"), 20)
    size = 84 if len(lines) < 4 else 68
    if len(lines) >= 4:
        lines = textwrap.wrap(title.replace("'", "’"), 25)
    drawn = "\n".join(
        f'<text font-family="Display" font-size="{size}" letter-spacing="-1" x="76" y="{218 + row * size * 1.1:.0f}" fill="#15201C">{escape(line)}</text>'
        for row, line in enumerate(lines)
    )
    return TEMPLATE.read_text(encoding="utf-8").format(
        ink=INKS.get(part, "#12312B"), mark=mark, kicker=escape(kicker), title=drawn,
        site=escape(settings["site_name"]), tagline="Ten tips for owners, fifteen imperatives for recruiters",
    )


def fingerprint(svg: str) -> str:
    """What a picture was drawn from, in sixteen letters: its words, its layout and the faces."""
    digest = hashlib.sha256(svg.encode())
    for face in sorted(FACES.glob("*.woff2")):
        digest.update(face.read_bytes())
    return digest.hexdigest()[:16]


def drawn_from(picture: Path) -> str:
    """The fingerprint inside a picture; empty where there is no picture or none inside."""
    data = picture.read_bytes() if picture.exists() else b""
    at = data.find(b"tEXtdrawn-from\0")
    return data[at + 15 : at + 31].decode("latin-1") if at >= 0 else ""


def with_fingerprint(png: bytes, mark: str) -> bytes:
    """The same PNG with its fingerprint in a text chunk after the header (PNG specification, 11.3.4.3)."""
    body = b"tEXtdrawn-from\0" + mark.encode("latin-1")
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:33] + chunk + png[33:]


def wanted() -> dict[str, str]:
    """File name → SVG of every picture that the pages ask for."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    pages = sorted((ROOT / "docs").rglob("*.md"))
    drawings = {path: drawing(path, settings) for path in (page.relative_to(ROOT / "docs").as_posix() for page in pages)}
    return {picture_name(path): svg for path, svg in drawings.items() if svg}


def stale() -> tuple[list[str], list[str]]:
    """The pictures to draw again, and those that no page wants any more."""
    pictures = wanted()
    old = [name for name, svg in pictures.items() if drawn_from(PICTURES / name) != fingerprint(svg)]
    left = [found.name for found in PICTURES.glob("*.png") if found.name not in pictures] if PICTURES.exists() else []
    return old, sorted(left)


def icon(size: int) -> str:
    """The site's mark on its ground, as SVG, for home screens and tabs that take no SVG."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="{size}" height="{size}">'
        '<rect width="48" height="48" fill="#FBFCF8"/><g transform="translate(12 8)">'
        '<path fill="#0B5146" d="M2 0h20v32l-12.5-9.5L2 28z"/>'
        '<path fill="none" stroke="#FFC93C" stroke-width="3.2" d="m6.5 11.5 4 4 7.5-8.5"/></g></svg>'
    )


def faces_for_drawing(folder: Path) -> list[str]:
    """Write the faces as plain TrueType of one weight each, which is what the renderer reads; return their paths."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    cuts = {
        "Display": ("literata.woff2", {"opsz": 48, "wght": 600}),
        "Reading": ("literata.woff2", {"opsz": 24, "wght": 400}),
        "Furniture": ("schibsted-grotesk.woff2", {"wght": 600}),
    }
    for family, (source, axes) in cuts.items():
        font = TTFont(FACES / source)
        font.flavor = None
        font = instancer.instantiateVariableFont(font, axes)
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = family
        font.save(folder / f"{family}.ttf")
    return [str(folder / f"{family}.ttf") for family in cuts]


def main() -> int:
    """Draw what is missing or out of date, and take away what no page wants."""
    import resvg_py

    old, left = stale()
    pictures = wanted()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        faces = faces_for_drawing(Path(folder)) if old else []
        for name in old:
            png = bytes(resvg_py.svg_to_bytes(svg_string=pictures[name], font_files=faces, skip_system_fonts=True))
            (PICTURES / name).write_bytes(with_fingerprint(png, fingerprint(pictures[name])))
    for size in ICONS:
        (PICTURES.parent / f"icon-{size}.png").write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=icon(size))))
    for name in left:
        (PICTURES / name).unlink()
    print(f"Drew {len(old)} pictures, took away {len(left)}; {len(pictures)} pages have one.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
