"""The same sources drawn by MkDocs and by Zensical, compared page by page."""

import json
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from verify.job import build_site, print_table

NEEDS = "the lock zensical, which the launcher installs"
# What must be the same in both, and where it stands in a page.
PARTS = {
    "title": ("head title", None),
    "description": ("meta[name=description]", "content"),
    "canonical address": ("link[rel=canonical]", "href"),
    "headings": ("h1, h2, h3, h4", None),
    "ids": ("main [id]", "id"),
    "text": ("main", None),
    "links": ("a[href]", "link"),
    "sign-up addresses": ("a[href*='utm_source']", "href"),
    "structured data": ("script[type='application/ld+json']", "json"),
}


def run(arguments: list[str]) -> int:
    """Build twice and compare; return 1 where the pages differ."""
    with tempfile.TemporaryDirectory() as folder:
        ours = build_site(Path(folder) / "mkdocs")
        theirs = build_site(Path(folder) / "zensical", "--engine", "zensical")
        first, second = pages_of(ours), pages_of(theirs)
        differences = [f"/{name}: only from MkDocs" for name in sorted(first - second)]
        differences += [f"/{name}: only from Zensical" for name in sorted(second - first)]
        rows = []
        for part, (selector, kind) in PARTS.items():
            unlike = 0
            for name in sorted(first & second):
                one, other = (take(site, name, selector, kind) for site in (ours, theirs))
                if one != other:
                    unlike += 1
                    differences.append(f"/{name}: {part}: {first_difference(one, other)}")
            rows.append([part, len(first & second) - unlike, unlike])
    print_table(["part", "pages alike", "pages unlike"], rows)
    print("\n".join(differences) if differences else f"All {len(first)} pages are alike.")
    return 1 if differences else 0


def pages_of(site: Path) -> set[str]:
    """The pages of a built site."""
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


def take(site: Path, name: str, selector: str, kind: str | None) -> list[object]:
    """One part of a page: the words, an attribute, or the data of every element that the selector finds.

    Links are taken as what they lead to: the engines write the same way up differently.
    """
    nodes = LexborHTMLParser((site / name).read_text("utf-8")).css(selector)
    if kind == "json":
        return [json.loads(node.text()) for node in nodes]
    if kind == "link":
        here = "https://any.example/" + name.removesuffix("index.html")
        return [urljoin(here, node.attributes.get("href") or ".").removesuffix("/.") for node in nodes]
    if kind:
        return [node.attributes.get(kind) for node in nodes]
    return [" ".join(node.text().split()) for node in nodes]


def first_difference(ours: list[object], theirs: list[object]) -> str:
    """Where two lists part, in few words."""
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            a, b = str(one), str(other)
            at = next((index for index, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            start = max(0, at - 30)
            return f"{a[start : at + 50]!r} ≠ {b[start : at + 50]!r}"
    return f"{len(ours)} ≠ {len(theirs)}"
