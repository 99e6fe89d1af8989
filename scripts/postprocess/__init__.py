"""Post-processing: what happens to a built site before it is uploaded, whatever engine built it.

It reads built HTML, never Markdown. In order: code that no template brought is refused, the phrases are added
to the search index, parts are bound for print, running orders become calendars, phrases get pages of their own and
each page its picture for sharing, stylesheets and scripts are joined, every asset is minified and named after its
content, pages are minified and get their security policy, what nothing refers to goes, the sitemap and the files for
web hosts are written, and each text file gets its compressed neighbours.
"""

from dataclasses import dataclass
from pathlib import Path

from postprocess.assets import Assets
from postprocess.binding import bind
from postprocess.cache import Cache
from postprocess.compress import compress
from postprocess.error import Fault, PostprocessError
from postprocess.hosting import write_headers, write_redirects
from postprocess.own_code import OwnCode
from postprocess.pages import FIND_THE_SITE, read_pages
from postprocess.phrases import add_phrase_pages
from postprocess.pictures import give_pictures
from postprocess.running_order import add_running_orders
from postprocess.search import add_phrases
from postprocess.sitemap import write_sitemap

__all__ = ["BuiltSite", "Fault", "PostprocessError", "postprocess"]


@dataclass(frozen=True)
class BuiltSite:
    """Where a site stands and comes from.

    `site` is the built folder, `overrides` and `docs` are where its files come from, and
    `address` is where it will be published, with a slash at its end.
    """

    site: Path
    overrides: Path
    docs: Path
    address: str


def postprocess(built: BuiltSite) -> list[Fault]:
    """Post-process the built site in place; return what is wrong with single pages, and forbids to publish them.

    Raises PostprocessError, whose text is a sentence, where the site cannot be finished at all.
    """
    cache = Cache()
    pages = read_pages(built.site)
    assets = Assets(built.site, built.address, built.docs, built.overrides, cache)
    own = OwnCode(built.overrides, FIND_THE_SITE)
    faults = [fault for page in pages for fault in page.faults(own, assets)]
    add_phrases(built.site, pages)
    by_address = {page.address: page for page in pages}
    for page in pages:
        bind(page, by_address.get)
    add_running_orders(built.site, built.address, pages, cache)
    pages += add_phrase_pages(built.site, built.address, pages, built.overrides)
    give_pictures(assets, pages, built.overrides, cache)
    for page in pages:
        page.join_stylesheets(assets)
        page.join_scripts(assets)
    for page in pages:
        page.finish(assets, cache)
    assets.write()
    for leftover in built.site.glob("sitemap.xml.gz"):
        leftover.unlink()
    write_sitemap(built.site, built.address, pages)
    write_headers(built.site, pages)
    write_redirects(built.site, built.address, pages)
    compress(built.site, cache)
    cache.tidy()
    return faults
