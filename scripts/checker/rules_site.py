"""Rules on the built site as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkcheck.html_page import data_values
from linkcheck.site import Site

from .rule import Message, rule

_ASSET = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|bmp|css|js|mjs|woff2?|ttf|otf|eot"
    r"|mp3|mp4|m4a|webm|ogg|ogv|wav|vtt|pdf|docx?|xlsx?|pptx?|csv|zip|vcf|ics)$",
    re.I,
)
# Files that are asked for by their name alone, and what theme and generator put beside the pages.
_KNOWN = re.compile(
    r"(?:^|/)(?:favicon\.ico|apple-touch-icon[^/]*\.png|robots\.txt|humans\.txt|CNAME|_redirects|_headers"
    r"|sitemap[^/]*|search_index\.js(?:on)?"
    r"|browserconfig\.xml|objects\.inv|[^/]*LICEN[CS]E[^/]*|[^/]*OFL[^/]*|README[^/]*|[^/]*\.(?:gz|br|zst|map)|\.[^/]*)$"
    r"|^(?:assets/(?:javascripts|stylesheets)|search|\.well-known)/|^assets/images/favicon\.png$",
    re.I,
)


@rule("page-orphan", on="site", fix="link to the page from one that readers see")
def orphan(site: Site) -> Iterator[tuple[str, Message]]:
    """Some other page links to every page. The front page, the page for errors and redirects need no link."""
    for name, page in site.pages.items():
        stands_alone = name in ("index.html", "index.htm") or re.search(
            r"(?:^|/)(?:404|50x|5\d\d|offline|google[0-9a-f]{16})\.html?$", name
        )
        if name not in site.linked and not stands_alone and not any(r.attribute == "refresh" for r in page.references):
            yield name, Message("no page links here")


@rule("asset-unused", on="site", fix="delete the file, or link to it")
def unused(site: Site) -> Iterator[tuple[str, Message]]:
    """Every picture, script, style, face and file of docs or overrides is used by a page."""
    left = {name for name in site.files if name not in site.pages and not _KNOWN.search(name)}
    project = site.sources
    if project:
        left = {name for name in left if project.copied(name)}
    else:
        left = {name for name in left if _ASSET.search(name)}
    left -= set(site.used)
    # What a script names it may load; a name in its text is taken for that.
    scripts = [name for name in site.files if name.endswith((".js", ".mjs", ".json"))] if left else []
    for script in scripts:
        said = site.bytes(script)
        left = {
            name
            for name in left
            if name == script or name.rpartition("/")[2].encode("utf-8", "surrogateescape") not in said
        }
    if left:
        left -= _named_in_data(site, left)
    for name in sorted(left):
        yield name, Message("no page uses this file", "use it or take it away")


def _named_in_data(site: Site, names: set[str]) -> set[str]:
    """Those files that a data attribute of some page names: a script may load them."""
    found: set[str] = set()
    for page in site.pages:
        if names == found:
            break
        said = site.bytes(page)
        wanted = {name for name in names - found if name.rpartition("/")[2].encode("utf-8", "surrogateescape") in said}
        if wanted:
            told = " ".join(data_values(said))
            found |= {name for name in wanted if name.rpartition("/")[2] in told}
    return found


@rule("page-policy", on="site", fix="build the site anew; if it stays so, the step that finishes pages is at fault")
def no_policy(site: Site) -> Iterator[tuple[str, Message]]:
    """Where pages carry a security policy, all do: without it whatever stands on a page would run."""
    without = [name for name in site.pages if b"Content-Security-Policy" not in site.bytes(name)]
    if len(without) < len(site.pages):
        yield from ((name, Message("this page has no security policy, which others have")) for name in without)
