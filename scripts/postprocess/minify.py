"""Smaller text that means the same. One library does HTML, CSS and scripts."""

import re

import minify_html

from postprocess.error import PostprocessError

# Comments that have their lines to themselves, as ours have. The library keeps every comment of a script.
_COMMENT_LINES = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)


def minify_page(html: str) -> str:
    """A whole page. Closing tags stay, so that simple tools can read the page too."""
    return minify_html.minify(
        html, minify_css=True, minify_js=True, keep_closing_tags=True, keep_html_and_head_opening_tags=True
    )


def minify_css(css: str, name: str) -> str:
    """A stylesheet; `name` is for the sentence when it cannot be done."""
    return _inside("style", css, name)


def minify_script(script: str, name: str) -> str:
    """A script; names that other scripts may see stay."""
    return _inside("script", _COMMENT_LINES.sub("", script), name)


def _inside(tag: str, text: str, name: str) -> str:
    """The library knows whole pages only, so the text is minified inside its element."""
    if f"</{tag}" in text.lower():
        raise PostprocessError(
            f"{name} contains '</{tag}', which would end it early inside a page; write it as '<\\/{tag}'."
        )
    small = minify_html.minify(f"<{tag}>{text}</{tag}>", minify_css=True, minify_js=True, keep_closing_tags=True)
    return small.removeprefix(f"<{tag}>").removesuffix(f"</{tag}>")
