"""Contrast, computed by the formula of WCAG 2 from the one file that names the colours."""

import re
from pathlib import Path

import pytest

TEXT, EDGE = 7.0, 3.0
# Which colour lies on which ground, and the ratio it must reach there.
GROUNDS = ("paper", "raised")
TEXTS = ("ink", "muted", "link", "owners", "recruiters", "done", "error")
PAIRS = [
    *((text, ground, TEXT) for text in TEXTS for ground in GROUNDS),
    ("on-card", "card", TEXT),
    ("on-mark", "mark", TEXT),
    ("mark", "card", EDGE),
    *(("edge", ground, EDGE) for ground in GROUNDS),
    *(("ribbon", ground, EDGE) for ground in GROUNDS),
    ("ribbon-tick", "ribbon", EDGE),
    ("ring", "mark", EDGE),
]
# Colours that may be faint, because they never carry a meaning alone.
DECORATION = {"hairline"}


@pytest.fixture(scope="module")
def colours(root: Path) -> dict[str, tuple[str, str]]:
    """Each colour's name, with its light and its dark value."""
    css = (root / "overrides/assets/css/tokens.css").read_text("utf-8")
    screen = css.split("@media print")[0]
    found = {}
    for name, light, dark in re.findall(r"--([a-z-]+): light-dark\((#\w+), (#\w+)\);", screen):
        found[name] = (light, dark)
    for name, both in re.findall(r"--([a-z-]+): (#\w+);", screen):
        found[name] = (both, both)
    return found


def luminance(colour: str) -> float:
    """The relative luminance of #RRGGBB, by WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_known_ratios() -> None:
    """Black on white is 21:1, and #767676 on white the well-known 4.54:1; a wrong formula would prove nothing."""
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21
    assert round(contrast("#767676", "#FFFFFF"), 2) == 4.54


@pytest.mark.parametrize("scheme", (0, 1), ids=("light", "dark"))
def test_every_text_reaches_seven_to_one_and_every_edge_three(colours: dict[str, tuple[str, str]], scheme: int) -> None:
    """Text can be read by people with a fifth of normal sight, and edges that matter can be found."""
    low = []
    for front, back, least in PAIRS:
        ratio = contrast(colours[front][scheme], colours[back][scheme])
        if ratio < least:
            low.append(f"{front} on {back}: {ratio:.2f}, at least {least:.0f}")
    assert not low, "\n".join(low)


@pytest.mark.parametrize("scheme", (0, 1), ids=("light", "dark"))
def test_the_focus_ring_shows_beside_everything(colours: dict[str, tuple[str, str]], scheme: int) -> None:
    """The ring is yellow inside an edge of ink: on any ground one of the two reaches 3:1, so that nobody loses their place."""
    for ground in ("paper", "raised", "card"):
        best = max(contrast(colours[part][scheme], colours[ground][scheme]) for part in ("mark", "ring"))
        assert best >= EDGE, f"on {ground} the focus ring reaches {best:.2f}"


def test_no_colour_escapes_the_computation(colours: dict[str, tuple[str, str]]) -> None:
    """Every colour stands in a pair above or is named as decoration; a new one must be placed before it is used."""
    placed = {name for pair in PAIRS for name in pair[:2]} | DECORATION
    assert set(colours) == placed


def test_no_stylesheet_names_a_colour_of_its_own(root: Path) -> None:
    """Colours have one home, so that a change reaches everything and the contrast above holds for all of it.
    On paper, black, white and grey may be named.
    """
    strays = []
    for sheet in sorted((root / "overrides/assets/css").glob("*.css")):
        if sheet.name == "tokens.css":
            continue
        for number, line in enumerate(sheet.read_text("utf-8").splitlines(), 1):
            code = re.sub(r"/\*.*?\*/", "", line)
            for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\b(?:rgb|hsl|oklch)a?\([^)]*\)", code):
                if not re.fullmatch(r"#(000|fff|666|333|999)", colour):
                    strays.append(f"{sheet.name}:{number} {colour}")
    for drawing in sorted((root / "overrides/drawings").glob("*.html")):
        strays += [
            f"{drawing.name} {found}" for found in re.findall(r'(?:fill|stroke)="#\w+"', drawing.read_text("utf-8"))
        ]
    assert not strays, "\n".join(strays)
