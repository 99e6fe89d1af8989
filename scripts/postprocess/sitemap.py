"""The sitemap: the pages that search engines should list, with the days on which they were written."""

from pathlib import Path
from xml.sax.saxutils import escape

from postprocess.pages import Page


def write_sitemap(site: Path, address: str, pages: list[Page]) -> None:
    """Write sitemap.xml without redirects and pages that ask not to be listed.

    The day is the one that the page says it was changed on, not the day of the build, so that the file
    changes only when a page does. robots.txt, where there is one, gets the sitemap's address.
    """
    rows = []
    for page in pages:
        if not (page.hidden or page.moved_to):
            day = f"<lastmod>{escape(page.updated)}</lastmod>" if page.updated else ""
            rows.append(f"<url><loc>{escape(address + page.address)}</loc>{day}</url>\n")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    (site / "sitemap.xml").write_text(head + "".join(rows) + "</urlset>\n", "utf-8", newline="\n")
    robots = site / "robots.txt"
    if robots.is_file():
        with robots.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"Sitemap: {address}sitemap.xml\n")
