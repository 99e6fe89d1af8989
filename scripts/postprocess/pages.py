"""Pages: one stylesheet and one script each, minified, with a security policy of their own."""

import json
import posixpath
import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from postprocess.assets import Assets
from postprocess.minify import minify_page
from postprocess.policy import content_policy, fingerprint
from postprocess.error import PostprocessError

# Script types that browsers run or obey; every other type is data to them.
RUN = {"", "text/javascript", "application/javascript", "module", "importmap", "speculationrules"}
# The policy binds only what follows it, and browsers look for the character set in the
# first 1,024 bytes: so it goes right after the character set.
# The page "not found" is shown at any address, so its links begin with the path that the site was
# built for. Where the site stands elsewhere, its stylesheet is not found either: then this script looks
# for it in each folder of the address, and sets every link to the folder that has it.
FIND_THE_SITE = Path(__file__).with_name("not_found.js")
CHARSET = re.compile(r"<meta charset=[^>]*>", re.I)


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
        self.moved_to = self._meta("http-equiv", "refresh").partition("url=")[2].strip()
        self.scripts: set[str] = set()
        self.styles: set[str] = set()

    @property
    def address(self) -> str:
        """The page's address below the site's, as links write it: "owners/" for owners/index.html."""
        return self.path.removesuffix("index.html")

    def _meta(self, key: str, value: str) -> str:
        node = self.tree.css_first(f'meta[{key}="{value}" i]')
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
        """Replace our own deferred scripts by one, in the order in which they stand: on a phone each request costs time."""
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

    def finish(self, assets: Assets) -> None:
        """Write the page with final names, minified, and with its policy in it."""
        if self.path == "404.html":
            self._add_script(FIND_THE_SITE.read_text("utf-8").replace("BUILT_FOR", json.dumps(assets.base)))
        html = minify_page(assets.rewrite(self.tree.html, self.folder))
        tree = LexborHTMLParser(html)
        self._refuse_inline_attributes(tree)
        for script in tree.css("script:not([src])"):
            if (script.attributes.get("type") or "").strip().lower() in RUN:
                self.scripts.add(fingerprint(script.text()))
        self.styles = {fingerprint(style.text()) for style in tree.css("style")}
        policy = f'<meta http-equiv="Content-Security-Policy" content="{content_policy(self.scripts, self.styles)}">'
        html, places = CHARSET.subn(lambda charset: charset[0] + policy, html, count=1)
        if not places:
            raise PostprocessError(f"{self.path} has no <meta charset>, which its template must set first in the head.")
        self.file.write_text(html, "utf-8", newline="\n")

    def _add_script(self, text: str) -> None:
        """Put a script before everything that the head loads."""
        script = LexborHTMLParser(f"<script>{text}</script>").css_first("script")
        self.tree.css_first("head").css_first("meta").insert_after(script)

    def _refuse_inline_attributes(self, tree: LexborHTMLParser) -> None:
        """Styles and scripts in attributes would not work under the policy, so they are faults."""
        for node in tree.css("*"):
            for name in node.attributes:
                if name == "style" or name.startswith("on"):
                    raise PostprocessError(
                        f"{self.path}: <{node.tag}> has the attribute '{name}', which the security policy forbids;"
                        " use a class or a script file instead."
                    )


def read_pages(site: Path) -> list[Page]:
    """All pages of a built site, in the order of their paths."""
    return [Page(site, file) for file in sorted(site.rglob("*.html"))]
