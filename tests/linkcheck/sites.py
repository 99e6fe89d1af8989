"""Small sites for the tests of the link checker, made from a dictionary."""

from pathlib import Path

from linkcheck.check import check
from linkcheck.diagnostic import Diagnostic
from linkcheck.rule import RULES
from linkcheck.site import Site
from linkcheck.sources import Source, Sources


class Folder(Sources):
    """Plain Markdown files below a folder, as they stand."""

    def __init__(self, folder: Path) -> None:
        files = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
        self.files = files
        self.pages = [
            Source(str(file), rel, file.read_text("utf-8", "replace"))
            for rel, file in files.items()
            if file.suffix.lower() in (".md", ".markdown")
        ]


def lay_out(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def found(folder: Path, files: dict[str, str | bytes], url: str = "") -> list[Diagnostic]:
    """What is wrong with a site of these files; those below docs/ are its sources.

    Rules of others, which another test may have entered in this process, are not asked for.
    """
    lay_out(folder, files)
    site = folder / "site" if (folder / "site").is_dir() else folder
    sources = Folder(folder / "docs") if (folder / "docs").is_dir() else None
    return own(Site(site, url, sources).read())


def own(site: Site) -> list[Diagnostic]:
    """What the link checker's own rules find."""
    return check(site, rules=[rule for rule in RULES.values() if rule.function.__module__.startswith("linkcheck.")])


def rules(folder: Path, files: dict[str, str | bytes], url: str = "") -> list[str]:
    """The rules that are broken, in order of their names."""
    return sorted(diagnostic.rule for diagnostic in found(folder, files, url))
