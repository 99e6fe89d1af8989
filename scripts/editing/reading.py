"""Reads a post from a file of unknown making: what it is, and in which character set."""

from __future__ import annotations

import re
from pathlib import Path

from .files import EditProblem

# No blog post is longer; a mistaken file often is.
LARGEST = 5_000_000
_SIGNS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word or OpenOffice document, or another packed file",
    b"\xd0\xcf\x11\xe0": "a Word document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_AS = "open it and save it as plain text or as HTML"


def read(path: Path) -> tuple[str, str]:
    """The text of a file with plain line ends, and the name of its character set.

    Raises EditProblem where there is no text in it.
    """
    try:
        if path.is_dir():
            raise EditProblem(f"{path} is a folder; name the file with the post.")
        if path.exists() and not path.is_file():
            raise EditProblem(f"{path} is no file with a text in it; name the file with the post.")
        if path.stat().st_size > LARGEST:
            raise EditProblem(f"{path} has more than {LARGEST // 1_000_000} MB, which is no blog post.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise EditProblem(f"There is no file {path}.") from None
    except OSError as error:
        raise EditProblem(f"{path} cannot be read: {error.strerror}.") from None
    for sign, what in _SIGNS.items():
        if data.startswith(sign):
            raise EditProblem(f"{path} is {what}; {_AS}.")
    text, name = _decoded(data, path)
    text = re.sub("\r\n?", "\n", text.lstrip("\ufeff"))
    if not text.strip():
        raise EditProblem(f"{path} is empty.")
    if re.search(r"[\x00-\x08\x0e-\x1f]", text):
        raise EditProblem(f"{path} is no text; {_AS}.")
    return text, name


def is_html(text: str, path: Path) -> bool:
    """Whether a text is HTML, by its beginning or the file's name."""
    if path.suffix.lower() in (".html", ".htm", ".xhtml"):
        return True
    return bool(
        re.match(
            r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|article|main|section|div|p|h[1-6])\b",
            text,
            re.I | re.S,
        )
    )


def _decoded(data: bytes, path: Path) -> tuple[str, str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            raise EditProblem(f"{path} is no text; {_AS}.") from None
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        raise EditProblem(f"{path} is no text; {_AS}.")
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as error:
        raise EditProblem(
            f"{path} is neither UTF-8 nor Windows-1252 (byte 0x{data[error.start]:02x}); save it as UTF-8."
        ) from None
