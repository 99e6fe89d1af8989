"""What web hosts read: headers and redirects for Netlify and Cloudflare Pages, headers for nginx."""

from pathlib import Path
from urllib.parse import urljoin

from postprocess.error import PostprocessError
from postprocess.pages import Page
from postprocess.policy import HEADERS, KEEP_FOR_GOOD, content_policy

# Cloudflare Pages ignores a longer line.
LONGEST_LINE = 2000


def write_headers(site: Path, pages: list[Page]) -> None:
    """Write _headers, and the same for nginx. The content policy allows the inline texts of all pages together and
    forbids framing, which a page's own policy cannot; each page's own policy stays the stricter one.
    """
    scripts = {script for page in pages for script in page.scripts}
    styles = {style for page in pages for style in page.styles}
    policy = content_policy(scripts, styles) + "; frame-ancestors 'none'"
    headers = {"Content-Security-Policy": policy, **HEADERS}
    lines = [f"  {name}: {value}" for name, value in headers.items()]
    if longest := max((line for line in lines if len(line) > LONGEST_LINE), default="", key=len):
        raise PostprocessError(
            f"_headers would have a line of {len(longest)} characters, and Cloudflare Pages takes {LONGEST_LINE}:"
            " the pages have too many different inline scripts. Move them into a file below overrides/assets/js/."
        )
    text = "\n".join(["/*", *lines, "", "/assets/*", f"  Cache-Control: {KEEP_FOR_GOOD}", ""])
    (site / "_headers").write_text(text, "utf-8", newline="\n")
    nginx = "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())
    (site / "_headers.nginx").write_text(nginx, "utf-8", newline="\n")


def write_redirects(site: Path, address: str, pages: list[Page]) -> None:
    """Write _redirects from the pages that lead on to others; none, where no page does."""
    lines = []
    for page in pages:
        if page.moved_to:
            old = urljoin(address, page.address)
            lines.append(f"{_path(old, address)} {_path(urljoin(old, page.moved_to), address)} 301\n")
    if lines:
        (site / "_redirects").write_text("".join(lines), "utf-8", newline="\n")


def _path(link: str, address: str) -> str:
    """A link without scheme and host where these are the site's own."""
    return link.removeprefix(urljoin(address, "/").rstrip("/"))
