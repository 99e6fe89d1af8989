"""The finishing step: what happens to a built site before it is uploaded, whatever engine built it.

It reads built HTML and Markdown sources only. In order: the phrases are added to the search
index, stylesheets and scripts are joined,
every asset is minified and named after its content, pages are minified and get
their security policy, what nothing refers to goes, the sitemap and the files for
web hosts are written, and each text file gets its compressed neighbours.
"""

from dataclasses import dataclass
from pathlib import Path

from finish.assets import Assets
from finish.compress import compress
from finish.hosting import write_headers, write_redirects
from finish.pages import read_pages
from finish.problem import FinishProblem
from finish.search import add_phrases
from finish.sitemap import write_sitemap

__all__ = ["FinishProblem", "Place", "finish"]


@dataclass(frozen=True)
class Place:
    """Where a site stands and comes from.

    `site` is the built folder, `docs` and `overrides` are its sources, and
    `address` is where it will be published, with a slash at its end.
    """

    site: Path
    docs: Path
    overrides: Path
    address: str


def finish(place: Place) -> None:
    """Finish the built site in place. Raises FinishProblem, whose text is a sentence, on a fault in it."""
    pages = read_pages(place.site)
    add_phrases(place.site, pages)
    assets = Assets(place.site, place.address, own=(place.docs, place.overrides))
    for page in pages:
        page.join_stylesheets(assets)
        page.join_scripts(assets)
    for page in pages:
        page.finish(assets)
    assets.write()
    for leftover in place.site.glob("sitemap.xml.gz"):
        leftover.unlink()
    write_sitemap(place.site, place.address, place.docs, pages)
    write_headers(place.site, pages)
    write_redirects(place.site, place.address, pages)
    compress(place.site)
