"""Cut the two faces down to what the site uses.

The sources are two packages of the npm registry, each under the SIL Open Font
License 1.1. Fetch and unpack them, then run this script on the folder:

    npm pack @fontsource-variable/literata@5.3.0 @fontsource-variable/schibsted-grotesk@5.3.0
    for f in fontsource-*.tgz; do tar xzf "$f" --one-top-level; done
    python scripts/fonts.py FOLDER

It needs `fonttools` and `brotli` (scripts/requirements/postprocess.txt). The result
is committed, so building the site needs neither.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FACES = Path(__file__).resolve().parent.parent / "overrides" / "assets" / "fonts"

# English, the accents of names that recur in it, and the marks of typography.
# Anything else falls back to the reader's own serif or sans.
LETTERS = [*range(0x20, 0x7F), *map(ord, "\u00a0£·×áàâäãåçéèëíñóôöøúü–‘’“”…€−→←")]

# "fi" and its like collide without these; the face's other ligatures are left out.
LIGATURES = ["fi", "fl", "f_f", "f_f_i"]

# name of the result: (package, file, the range kept of each axis, features kept).
# Kerning of the sans costs 9 kB of 20 and cannot be seen at 15 pixels.
CUTS = {
    # One optical size between running text and titles, which every engine sets alike and which saves 13 kB of 34;
    # weights from text to bold.
    "literata.woff2": (
        "literata",
        "literata-latin-opsz-normal.woff2",
        {"opsz": 26, "wght": (400, 600)},
        ["kern", "liga"],
    ),
    # Emphasis and titles of books: one weight, one size.
    "literata-italic.woff2": ("literata", "literata-latin-opsz-italic.woff2", {"opsz": 18, "wght": 400}, ["kern"]),
    "schibsted-grotesk.woff2": (
        "schibsted-grotesk",
        "schibsted-grotesk-latin-wght-normal.woff2",
        {"wght": (400, 700)},
        [],
    ),
}


def cut(source: Path, target: Path, axes: dict[str, float | tuple[float, float]], features: list[str]) -> int:
    """Write the part of `source` that the site uses to `target`; return its size in bytes."""
    font = TTFont(source)
    options = subset.Options(flavor="woff2", layout_features=features, layout_closure=False, hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS, glyphs=LIGATURES if "liga" in features else [])
    cutter.subset(font)
    font = instancer.instantiateVariableFont(font, axes)
    subset.save_font(font, str(target), options)
    return target.stat().st_size


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1])
    for name, (package, file, axes, features) in CUTS.items():
        found = sorted(folder.glob(f"fontsource-variable-{package}-*/package"))
        if not found:
            print(f"{folder} holds no unpacked package {package}: see the first lines of {__file__}.")
            return 1
        size = cut(found[-1] / "files" / file, FACES / name, axes, features)
        shutil.copyfile(found[-1] / "LICENSE", FACES / f"{package}-OFL.txt")
        print(f"{name}: {size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
