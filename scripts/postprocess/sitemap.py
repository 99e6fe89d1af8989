"""The sitemap: the pages that search engines should list, with the days on which they were written."""

import re
from pathlib import Path
from xml.sax.saxutils import escape

import yaml

from postprocess.pages import Page

# As the front matter of a page begins and ends.
FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.S | re.M)


def write_sitemap(site: Path, address: str, docs: Path, pages: list[Page]) -> None:
    """Write sitemap.xml without redirects and pages that ask not to be listed.

    The day is the page's `updated`, not the day of the build, so that the file
    changes only when a page does. robots.txt, where there is one, gets the sitemap's address.
    """
    updated = dates(docs)
    rows = []
    for page in pages:
        if not (page.hidden or page.moved_to):
            day = updated.get(page.address, "")
            rows.append(f"<url><loc>{escape(address + page.address)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>\n")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    (site / "sitemap.xml").write_text(head + "".join(rows) + "</urlset>\n", "utf-8", newline="\n")
    robots = site / "robots.txt"
    if robots.is_file():
        with robots.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"Sitemap: {address}sitemap.xml\n")


def dates(docs: Path) -> dict[str, str]:
    """When each page was last written, from `updated` in its front matter, by its address below the site's."""
    found = {}
    for file in docs.rglob("*.md"):
        matter = FRONT_MATTER.match(file.read_text("utf-8", errors="replace"))
        try:
            fields = yaml.load(matter[1], yaml.CSafeLoader) if matter else None
        except yaml.YAMLError:
            continue  # `check` tells about it, with its line
        if isinstance(fields, dict) and fields.get("updated"):
            path = file.relative_to(docs).with_suffix("").as_posix()
            place = "" if path == "index" else path.removesuffix("/index") + "/"
            found[place] = str(fields["updated"])
    return found
