"""The pictures that show when a page is shared."""

import re
import struct
from pathlib import Path

import pytest

import share_images


def test_every_picture_has_the_size_that_networks_ask_for() -> None:
    """1200 × 630 is what fills a card; another size is cropped through the title."""
    pictures = sorted(share_images.PICTURES.glob("*.png"))
    assert pictures
    for picture in pictures:
        assert struct.unpack(">II", picture.read_bytes()[16:24]) == (1200, 630), picture.name


def test_a_changed_title_makes_its_picture_stale() -> None:
    """The comparison above can fail: one changed word is noticed."""
    svg = next(iter(share_images.wanted().values()))
    assert share_images.fingerprint(svg) != share_images.fingerprint(svg.replace("</text>", "!</text>", 1))


def test_a_fingerprint_is_read_back_from_its_picture(tmp_path: Path) -> None:
    """What is written into the file is what is compared later."""
    blank = share_images.PICTURES / "home.png"
    copy = tmp_path / "copy.png"
    copy.write_bytes(share_images.with_fingerprint(blank.read_bytes(), "0123456789abcdef"))
    assert share_images.drawn_from(copy) == "0123456789abcdef"
    assert share_images.drawn_from(tmp_path / "missing.png") == ""


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("index.md", "home.png"),
        ("owners/index.md", "owners.png"),
        ("owners/cut-once.md", "owners-cut-once.png"),
        ("about.md", "about.png"),
    ],
)
def test_a_picture_is_named_after_the_address_of_its_page(path: str, name: str) -> None:
    """The template derives the same name from the page's address; a difference would break every shared link."""
    assert share_images.picture_name(path) == name


def test_every_shared_page_names_a_picture_that_is_there(site: Path) -> None:
    """Each page's og:image leads to a file of the built site, under its final name."""
    named = 0
    for page in site.rglob("*.html"):
        for address in re.findall(
            r"https://course\.example/(assets/images/share/[^\s\"'>]+)", page.read_text(encoding="utf-8")
        ):
            assert (site / address).is_file(), f"{page}: {address}"
            named += 1
    assert named >= 20
