"""Pages: one stylesheet and one script each, minified, with a security policy of their own."""

import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from postprocess.assets import Assets
from postprocess.cache import Cache
from postprocess.error import Fault, PostprocessError
from postprocess.minify import minify_page
from postprocess.own_code import OwnCode, is_data
from postprocess.policy import content_policy, fingerprint

# The page "not found" is shown at any address, so its links begin with the path that the site was
# built for. Where the site stands elsewhere, its stylesheet is not found either: then this script looks
# for it in each folder of the address, and sets every link to the folder that has it. The page of a phrase that
# was taken out leads on to the phrasebook.
FIND_THE_SITE = Path(__file__).with_name("not_found.js").read_text("utf-8")
# The policy binds only what follows it, and browsers look for the character set in the
# first 1,024 bytes: so it goes right after the character set.
CHARSET = re.compile(r"<meta charset=[^>]*>", re.I)
# The empty corner of a table, which Markdown makes a heading: one that says nothing, and is read aloud as one.
EMPTY_HEADING = re.compile(r"<th((?: [^>]*)?)>\s*</th>")


class Page:
    """One built page: its path in the site, its HTML, and what later steps ask of it."""

    def __init__(self, site: Path, file: Path) -> None:
        """Read the page. Raises PostprocessError where it is not UTF-8."""
        self.file = file
        self.path = file.relative_to(site).as_posix()
        self.folder = posixpath.dirname(self.path)
        try:
            self.tree = LexborHTMLParser(file.read_text("utf-8"))
        except UnicodeDecodeError:
            raise PostprocessError(f"{self.path} is not UTF-8 text.") from None
        self.hidden = self._meta("name", "robots").startswith("noindex")
        self.moved_to = self._meta("http-equiv", "refresh", "head ").partition("url=")[2].strip()
        self.updated = self._meta("property", "article:modified_time")
        self.scripts: set[str] = set()
        self.styles: set[str] = set()

    @property
    def address(self) -> str:
        """The page's address below the site's, as links write it: "owners/" for owners/index.html."""
        return self.path.removesuffix("index.html")

    @property
    def share_picture(self) -> str:
        """The address of the picture that shows when the page is shared; empty where it names none."""
        return self.text_of("og:image")

    def text_of(self, name: str) -> str:
        """What the page says of itself to other sites under a name, such as og:title."""
        return self._meta("property", name)

    def words(self, selector: str) -> str:
        """The words of the first element that `selector` finds, spaces as one; empty where there is none."""
        node = self.tree.css_first(selector)
        return " ".join(node.text().split()) if node else ""

    def attribute(self, selector: str, name: str) -> str:
        """An attribute of the first element that `selector` finds; empty where there is none."""
        node = self.tree.css_first(selector)
        return (node.attributes.get(name) or "") if node else ""

    def data(self, kind: str) -> Iterator[dict]:
        """What the page says of itself in data blocks of one kind, such as Article."""
        for node in self.tree.css("script[type='application/ld+json']"):
            found = json.loads(node.text())
            if isinstance(found, dict) and found.get("@type") == kind:
                yield found

    def name_picture(self, general: str, own: str) -> None:
        """Let everything on the page that names the general picture name the page's own."""
        for node in self.tree.css("meta[property='og:image']"):
            node.attrs["content"] = (node.attributes["content"] or "").replace(general, own)
        for node in self.tree.css("script[type='application/ld+json']"):
            if general in node.text():
                node.replace_with(LexborHTMLParser(f"{node.html}".replace(general, own)).css_first("script"))

    def _meta(self, key: str, value: str, inside: str = "") -> str:
        node = self.tree.css_first(f'{inside}meta[{key}="{value}" i]')
        return (node.attributes.get("content") or "") if node else ""

    def join_stylesheets(self, assets: Assets) -> None:
        """Replace each run of our own stylesheets in the head by one."""
        run: list[tuple[LexborNode, str]] = []
        for link in self.tree.css("head link[rel=stylesheet]"):
            path = assets.find(link.attributes.get("href") or "", self.folder)
            if run and (path is None or posixpath.dirname(path) != posixpath.dirname(run[0][1])):
                self._join(run, assets)
                run = []
            if path is not None:
                run.append((link, path))
        if run:
            self._join(run, assets)

    def _join(self, run: list[tuple[LexborNode, str]], assets: Assets) -> None:
        joined = assets.join([(path, link.attributes.get("media") or "") for link, path in run])
        first = run[0][0]
        folder, slash, _ = first.attributes["href"].rpartition("/")
        first.attrs["href"] = folder + slash + posixpath.basename(joined)
        if "media" in first.attributes:
            del first.attrs["media"]
        for link, _ in run[1:]:
            link.decompose()

    def join_scripts(self, assets: Assets) -> None:
        """Replace our own deferred scripts by one, in their order: on a phone each request costs time."""
        run: list[tuple[LexborNode, str]] = []
        for script in self.tree.css("script[src][defer]"):
            path = assets.find(script.attributes["src"] or "", self.folder)
            if path is not None and (not run or posixpath.dirname(path) == posixpath.dirname(run[0][1])):
                run.append((script, path))
        if len(run) < 2:
            return
        joined = assets.join_scripts([path for _, path in run])
        first = run[0][0]
        folder, slash, _ = first.attributes["src"].rpartition("/")
        first.attrs["src"] = folder + slash + posixpath.basename(joined)
        for script, _ in run[1:]:
            script.decompose()

    def faults(self, own: OwnCode, assets: Assets) -> Iterator[Fault]:
        """What may not be on the page as it was rendered: code that no template brought, or that cannot run."""
        yield from own.strangers(self.path, self.tree)
        for node in self.tree.css("script[src], link[rel~=stylesheet], link[rel~=modulepreload]"):
            address = node.attributes.get("src") or node.attributes.get("href") or ""
            path = assets.find(address, self.folder)
            if path is None or not assets.is_code_of_ours(path):
                yield Fault(self.path, f"<{node.tag}> loads {address}, which does not come from overrides/.", [address])

    def finish(self, assets: Assets, cache: Cache) -> None:
        """Write the page with final names, minified, and with its policy in it."""
        if self.path == "404.html":
            self._add_script(FIND_THE_SITE, built=assets.base)
        text = assets.rewrite(self.tree.html, self.folder).encode()
        finished = json.loads(
            cache.keep("page", self.path.encode() + b"\0" + text, lambda: self._finished(text.decode()))
        )
        self.scripts, self.styles = set(finished["scripts"]), set(finished["styles"])
        self.file.write_text(finished["html"], "utf-8", newline="\n")

    def _finished(self, text: str) -> bytes:
        """The finished page and the hashes in its policy, as JSON."""
        html = minify_page(EMPTY_HEADING.sub(r"<td\1></td>", text))
        tree = LexborHTMLParser(html)
        inline = [node for node in tree.css("script:not([src])") if not is_data(node)]
        scripts = sorted({fingerprint(script.text()) for script in inline})
        styles = sorted({fingerprint(style.text()) for style in tree.css("style")})
        policy = f'<meta http-equiv="Content-Security-Policy" content="{content_policy(scripts, styles)}">'
        html, places = CHARSET.subn(lambda charset: charset[0] + policy, html, count=1)
        if not places:
            raise PostprocessError(f"{self.path} has no <meta charset>, which its template must set first in the head.")
        return json.dumps({"html": html, "scripts": scripts, "styles": styles}).encode()

    def _add_script(self, text: str, **data: str) -> None:
        """Put a script before everything that the head loads."""
        script = LexborHTMLParser(f"<script>{text}</script>").css_first("script")
        for name, value in data.items():
            script.attrs[f"data-{name}"] = value
        self.tree.css_first("head").css_first("meta").insert_after(script)


def read_pages(site: Path) -> list[Page]:
    """All pages of a built site, in the order of their paths."""
    return [Page(site, file) for file in sorted(site.rglob("*.html"))]
