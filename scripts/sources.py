"""What a site is built from: a digest of all of it, and what may not be in it."""

import hashlib
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import yaml

# Files of docs/ that browsers, or hosts, would obey. Scripts and styles come from overrides/ alone.
ACTIVE = {".html", ".htm", ".xhtml", ".xht", ".shtml", ".js", ".mjs", ".css", ".xml", ".xsl", ".xslt", ".mht", ".mhtml",
          ".php", ".wasm", ".webmanifest", ".swf"}  # fmt: skip
FOR_HOSTS = {
    "_headers",
    "_redirects",
    "_routes.json",
    "_worker.js",
    "cname",
    "web.config",
    "netlify.toml",
    "vercel.json",
}
# Front matter, as MkDocs finds it, and what may be an anchor or an alias in it: a few lines of them fill all memory.
FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.S)
REFERENCE = re.compile(r"(?:^|[\s:,\[{-])[&*][^\s*]", re.M)
# In a drawing: what makes it more than one.
IN_SVG = re.compile(
    rb"<\s*(?:\w+:)?(script|style|foreignObject|iframe|object|embed|handler|animate|set)\b"
    rb"|\b(on[a-z]{3,})\s*=|(javascript:)|<!(ENTITY)",
    re.I,
)


def digest(root: Path, *more: str) -> str:
    """A digest of the names and contents of all sources, and of whatever else is given."""
    found = hashlib.sha256(repr(more).encode())
    for name in ("mkdocs.yml", "docs", "overrides", "scripts"):
        top = root / name
        for path in sorted([top, *top.rglob("*")]):
            if path.is_file() and path.suffix != ".pyc":
                content = path.read_bytes()
                found.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def stamps(root: Path) -> dict[Path, tuple[int, int]]:
    """Every source of the pages with its time and size, to see what was saved."""
    found = {}
    for name in ("docs", "overrides", "mkdocs.yml"):
        top = root / name
        for path in [top, *top.rglob("*")]:
            try:
                facts = path.stat()
            except OSError:  # gone between the listing and the look
                continue
            if not stat.S_ISDIR(facts.st_mode):
                found[path] = (facts.st_mtime_ns, facts.st_size)
    return found


def forbidden(root: Path) -> Iterator[str]:
    """What docs/ may not hold, a sentence each: links out of it, and files that would run or be obeyed."""
    docs = root / "docs"
    home = docs.resolve()
    yield from references(root / "mkdocs.yml", "mkdocs.yml")
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            yield f"{name}:1:1  this is a link to {path.resolve()}, outside docs/; put a copy of the file here."
        elif path.suffix.lower() == ".md":
            yield from references(path, name)
        elif path.suffix.lower() in ACTIVE:
            yield (
                f"{name}:1:1  a file of this kind could run in the reader's browser;"
                " scripts, styles and pages of HTML belong into overrides/."
            )
        elif path.name.lower() in FOR_HOSTS:
            yield f"{name}:1:1  hosts obey a file of this name; the build writes what they need."
        elif (
            path.suffix.lower() == ".svg" and path.is_file() and (active := IN_SVG.search(content := path.read_bytes()))
        ):
            line = content.count(b"\n", 0, active.start()) + 1
            what = next(group for group in active.groups() if group).decode()
            yield f"{name}:{line}:1  '{what}' in a drawing could run in the reader's browser; take it out."


def references(file: Path, name: str) -> Iterator[str]:
    """Anchors and aliases of YAML in a page's front matter or in the settings, a sentence for the first."""
    try:
        text = file.read_text("utf-8-sig", errors="replace")
    except OSError:
        return
    block = FRONT_MATTER.match(text) if name.endswith(".md") else None
    inner, first = (block[1], 2) if block else ("", 1) if name.endswith(".md") else (text, 1)
    if not REFERENCE.search(inner):
        return
    try:
        for event in yaml.parse(inner, yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line, column = first + event.start_mark.line, event.start_mark.column + 1
                yield f"{name}:{line}:{column}  & and * begin a reference in YAML, put the value in quotes."
                return
    except yaml.YAMLError:
        return  # the checker says what is wrong with it
