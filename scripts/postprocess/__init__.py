"""Post-processing: what happens to a built site before it is uploaded, whatever engine built it.

It reads built HTML and Markdown sources only. In order: the phrases are added to the search
index, stylesheets and scripts are joined,
every asset is minified and named after its content, pages are minified and get
their security policy, what nothing refers to goes, the sitemap and the files for
web hosts are written, and each text file gets its compressed neighbours.
"""

from dataclasses import dataclass
from pathlib import Path

from postprocess.assets import Assets
from postprocess.compress import compress
from postprocess.hosting import write_headers, write_redirects
from postprocess.pages import read_pages
from postprocess.error import PostprocessError
from postprocess.search import add_phrases
from postprocess.sitemap import write_sitemap

__all__ = ["BuiltSite", "PostprocessError", "postprocess"]


@dataclass(frozen=True)
class BuiltSite:
    """Where a site stands and comes from.

    `site` is the built folder, `docs` and `overrides` are its sources, and
    `address` is where it will be published, with a slash at its end.
    """

    site: Path
    docs: Path
    overrides: Path
    address: str


def postprocess(built: BuiltSite) -> None:
    """Finish the built site in built. Raises PostprocessError, whose text is a sentence, on a fault in it."""
    pages = read_pages(built.site)
    add_phrases(built.site, pages)
    assets = Assets(built.site, built.address, own=(built.docs, built.overrides))
    for page in pages:
        page.join_stylesheets(assets)
        page.join_scripts(assets)
    for page in pages:
        page.finish(assets)
    assets.write()
    for leftover in built.site.glob("sitemap.xml.gz"):
        leftover.unlink()
    write_sitemap(built.site, built.address, built.docs, pages)
    write_headers(built.site, pages)
    write_redirects(built.site, built.address, pages)
    compress(built.site)
