"""The site's faces as the pictures need them: plain TrueType of one weight each, and how wide their letters are."""

import functools
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

from postprocess.cache import Cache

# Family in the drawing: the file, and where on its axes.
CUTS = {
    "Display": ("literata.woff2", {"wght": 600}),
    "Reading": ("literata.woff2", {"wght": 400}),
    "Furniture": ("schibsted-grotesk.woff2", {"wght": 600}),
}


class Faces:
    """The faces below one folder. They are cut, and measured, once for each state of their files."""

    def __init__(self, folder: Path, cache: Cache) -> None:
        """`folder` holds the files that CUTS names."""
        self.contents = {family: (folder / file).read_bytes() for family, (file, _) in CUTS.items()}
        self.digest = hashlib.sha256(b"".join(self.contents.values())).digest()
        self.cache = cache

    @functools.cached_property
    def advances(self) -> dict[str, dict[str, float]]:
        """How far each letter of each family goes, in parts of its size."""
        return {
            family: json.loads(self._keep("advances", family, lambda family=family: measured(self.cut(family))))
            for family in CUTS
        }

    def cut(self, family: str) -> bytes:
        """One family as TrueType."""
        return self._keep("face", family, lambda: instance(family, self.contents[family]))

    def _keep(self, kind: str, family: str, make: Callable[[], bytes]) -> bytes:
        recipe = json.dumps([family, CUTS[family]]).encode()
        return self.cache.keep(kind, recipe + self.contents[family], make)

    def width(self, text: str, family: str, size: float, spacing: float = 0) -> float:
        """How wide a line of text is in a face of that size; `spacing` is added after each letter."""
        advances = self.advances[family]
        return sum(advances.get(letter, advances["m"]) * size + spacing for letter in text)

    def wrap(self, text: str, family: str, size: float, most: float, spacing: float = 0) -> list[str]:
        """The text in as few lines of at most that width as it takes, their widths as alike as can be."""

        def broken(limit: float) -> list[str]:
            lines: list[str] = []
            for word in text.split():
                longer = f"{lines[-1]} {word}" if lines else word
                if lines and self.width(longer, family, size, spacing) <= limit:
                    lines[-1] = longer
                else:
                    lines.append(word)
            return lines

        wanted, low, high = broken(most), 0.0, most
        for _ in range(12):  # the narrowest limit that needs no more lines
            middle = (low + high) / 2
            narrower = broken(middle)
            fits = (
                len(narrower) == len(wanted)
                and max(self.width(line, family, size, spacing) for line in narrower) <= most
            )
            low, high = (low, middle) if fits else (middle, high)
        return broken(high)


def instance(family: str, content: bytes) -> bytes:
    """A variable face cut to one place on its axes and named after its family."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(io.BytesIO(content))
    font.flavor = None
    font = instancer.instantiateVariableFont(font, CUTS[family][1])
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = family
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def measured(content: bytes) -> bytes:
    """How far each letter of a face goes, in parts of its size, as JSON."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(content))
    em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
    return json.dumps({chr(code): metrics[name][0] / em for code, name in font.getBestCmap().items()}).encode()
