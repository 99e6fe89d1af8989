"""Assets: joined, minified, named after their content, and gone where nothing refers to them."""

import hashlib
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from postprocess.cache import Cache
from postprocess.error import PostprocessError
from postprocess.minify import minify_css, minify_script

# Everything below this folder may be cached for good, because a name changes with its content.
FOLDER = "assets/"
# The search index holds the pages' words, which name no files.
SEARCH = "search"
# Kinds that are joined for a page: what no page names by itself any more is not needed.
JOINED = {".css", ".js"}
# Files that can name other files.
TEXTS = {".css", ".js", ".json", ".svg", ".webmanifest"}
# Licence texts keep their names: people look for them beside what they are about. A page keeps its address.
KEPT_NAMES = {".txt", ".html"}
# English search needs none of the theme's word stemmers, which its search worker names.
NEVER_NEEDED = "assets/javascripts/lunr/"


class Assets:
    """The files below assets/ of one built site, and their names to come.

    A file gets its final content and name when something first refers to it;
    what it refers to gets them before.
    """

    def __init__(self, site: Path, address: str, docs: Path, overrides: Path, cache: Cache) -> None:
        """`address` is the site's, with a slash at its end. Files from `docs` and `overrides` always stay."""
        self.site = site
        self.address = address
        self.base = urlsplit(address).path or "/"
        self.docs, self.overrides, self.cache = docs, overrides, cache
        self.contents: dict[str, bytes] = {}
        self.finals: dict[str, tuple[str, bytes]] = {}
        self._under_way: list[str] = []
        self._patterned = -1
        for path in sorted((site / FOLDER).rglob("*")):
            name = path.relative_to(site).as_posix()
            if path.is_file() and path.suffix not in KEPT_NAMES | {".map"} and not name.startswith(NEVER_NEEDED):
                self.contents[name] = path.read_bytes()

    def join(self, sheets: list[tuple[str, str]]) -> str:
        """Make one stylesheet of several, each given as (path, media); return its path."""
        name = _joined_name("styles", sheets, posixpath.dirname(sheets[0][0]), ".css")
        return self._add(name, lambda: "\n".join(self._sheet(path, media) for path, media in sheets))

    def join_scripts(self, paths: list[str]) -> str:
        """Make one script of several; return its path. Where one fails, the others still run."""
        name = _joined_name("scripts", paths, posixpath.dirname(paths[0]), ".js")
        return self._add(name, lambda: "\n".join(map(self._guarded, paths)))

    def _guarded(self, path: str) -> str:
        return f"try {{\n{self._text(path)}\n}} catch (error) {{ console.error(error); }}"

    def add(self, name: str, content: bytes) -> None:
        """Take in a file that post-processing made."""
        self.contents[name] = content

    def _add(self, name: str, text: Callable[[], str]) -> str:
        if name not in self.contents:
            self.contents[name] = text().encode()
        return name

    def _sheet(self, path: str, media: str) -> str:
        css = self._text(path)
        if re.search(r"@(import|charset|namespace)\b", re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
            raise PostprocessError(
                f"{path} uses @import, @charset or @namespace, so it cannot be joined with others;"
                " link the sheet in layout.html."
            )
        return f"@media {media} {{\n{css}\n}}" if media else css

    def rewrite(self, text: str, folder: str) -> str:
        """`text`, which stands in `folder` of the site, with every reference to an asset under its final name."""

        def final(found: re.Match[str]) -> str:
            before, slash, _ = found[0].rpartition("/")
            target = self.find(found[0], folder)
            if target is None or target in self._under_way[-1:]:
                return found[0]
            return before + slash + posixpath.basename(self._final(target)[0])

        return self._pattern().sub(final, text)

    def _pattern(self) -> re.Pattern[str]:
        """Everything that looks like the address of a file of one of the assets' kinds."""
        if self._patterned != len(self.contents):
            self._patterned = len(self.contents)
            suffixes = sorted({posixpath.splitext(path)[1][1:] for path in self.contents} - {""})
            ends = "|".join(map(re.escape, suffixes))
            self._compiled = re.compile(rf"(?<![\w.~%:/-])[\w.~%:/-]+\.(?:{ends})(?![\w.-])")
        return self._compiled

    def find(self, address: str, folder: str) -> str | None:
        """The asset that an address in a file of `folder` means, or None.

        Scripts and data may write it from the site's root without a slash.
        """
        if "://" in address:
            if not address.startswith(self.address):
                return None
            choices = [address.removeprefix(self.address)]
        elif address.startswith("/"):
            choices = [address.removeprefix(self.base), address.lstrip("/")]
        else:
            choices = [posixpath.normpath(posixpath.join(folder, address)), posixpath.normpath(address)]
        return next((choice for choice in choices if choice in self.contents), None)

    def _final(self, path: str) -> tuple[str, bytes]:
        """The final path and content of one asset."""
        if path in self.finals:
            return self.finals[path]
        if path in self._under_way:
            raise PostprocessError(
                f"{' → '.join([*self._under_way, path])}: these files name each other in a circle,"
                " so none can be named after its content."
            )
        self._under_way.append(path)
        content = self._small(path)
        self._under_way.pop()
        stem, suffix = posixpath.splitext(path)
        stem = re.sub(r"/(styles|scripts)-[0-9a-f]{8}$", r"/\1", stem)
        self.finals[path] = f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}{suffix}", content
        return self.finals[path]

    def _small(self, path: str) -> bytes:
        """One asset's content, minified and with final names in it."""
        content, suffix = self.contents[path], posixpath.splitext(path)[1]
        if suffix not in TEXTS:
            return content
        text = self.rewrite(self._text(path), posixpath.dirname(path))
        if suffix in (".css", ".js") and ".min." not in path:
            smaller = minify_css if suffix == ".css" else minify_script
            return self.cache.keep(f"small{suffix}", text.encode(), lambda: smaller(text, path).encode(), code=True)
        if suffix == ".js":
            text = re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "", text)
        return text.encode()

    def _text(self, path: str) -> str:
        try:
            return self.contents[path].decode()
        except UnicodeDecodeError:
            raise PostprocessError(f"{path} is not UTF-8 text; save it as UTF-8.") from None

    def write(self) -> None:
        """Put the finished assets in place of the built ones. What nothing refers to stays only where it is our own."""
        for file in sorted(self.site.rglob("*")):
            path = file.relative_to(self.site).as_posix()
            if file.suffix in TEXTS and not path.startswith((FOLDER, SEARCH)):
                text = self.rewrite(file.read_text("utf-8"), posixpath.dirname(path))
                file.write_text(text, "utf-8", newline="\n")
        for path in self.contents:
            if path not in self.finals and self._is_own(path) and posixpath.splitext(path)[1] not in JOINED:
                self._final(path)
        for path in sorted((self.site / FOLDER).rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path.suffix not in KEPT_NAMES:
                path.unlink()
        for path, content in self.finals.values():
            file = self.site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def _is_own(self, path: str) -> bool:
        return (self.docs / path).is_file() or (self.overrides / path).is_file()

    def is_code_of_ours(self, path: str) -> bool:
        """Whether an asset comes from overrides/ or the theme, or was joined of such: nothing in docs/ may run."""
        return not (self.docs / path).is_file()


def _joined_name(word: str, parts: list, folder: str, suffix: str) -> str:
    """The name of a file made of others: the same parts give the same name."""
    return f"{folder}/{word}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:8]}{suffix}"
