"""Builds the site beside the old one, finishes every page of it, and only then lets the two change places."""

import argparse
import os
import re
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn
from urllib.parse import urlsplit

import pathspec

from launch_list import launch_list
from render import Engine, Rendered, line_of
from settings import SettingsProblem, read_settings
from sources import digest, forbidden
from staging import FolderProblem, keep_assets, put_in_place, read_marker, refuse_to_overwrite, staged, write_marker

if TYPE_CHECKING:
    from postprocess import Fault

ROOT = Path(__file__).resolve().parent.parent
SAYS = "Builds the site beside the old one, and lets the two change places once every page is finished."
# What an address may be made of (RFC 3986, without what ends a word in a text or an attribute).
ADDRESS = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:/[\w.~%:@!$&()*+,;=-]*)*", re.I | re.A)
FINISHED = re.compile(r'<meta http-equiv="?Content-Security-Policy')


class BuildProblem(Exception):
    """Something that keeps the site from being built; the text is the sentence to print."""


class BuildOptions(NamedTuple):
    """One build: the project's folder, where the site goes, its address, and the engine."""

    root: Path
    out: Path
    address: str
    engine: str = "mkdocs"


def main(arguments: list[str] | None = None) -> int:
    """Build as the command line says; return 0, or 1 with a sentence on standard error."""
    for name in ("SIGHUP", "SIGTERM"):  # a closed window ends it as Ctrl-C does, so that nothing stays behind
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupted)
    try:
        code = run(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read along has seen enough (build | head)
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for what is left of this process
        return 0


def interrupted(number: int, frame: object) -> NoReturn:
    """End as Ctrl-C does."""
    raise KeyboardInterrupt


def run(arguments: list[str] | None) -> int:
    """Build as the command line says."""
    parser = argparse.ArgumentParser(prog="run.py build", description=SAYS)
    parser.add_argument(
        "--site-url", help="the address to build for, sub-path included; otherwise site_url in mkdocs.yml"
    )
    parser.add_argument("--out", type=Path, help="the folder to build into, instead of site/")
    parser.add_argument("--engine", choices=("mkdocs", "zensical"), default="mkdocs", help="what renders the pages")
    parser.add_argument(
        "--if-needed", action="store_true", help="do nothing where nothing has changed since the last build"
    )
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    choice = parser.parse_args(arguments)
    try:
        settings = read_settings(choice.root / "mkdocs.yml")
        address = checked_address(choice.site_url or str(settings.get("site_url") or ""))
        options = BuildOptions(
            choice.root.resolve(), (choice.out or choice.root / "site").resolve(), address, choice.engine
        )
        if choice.if_needed and is_fresh(options):
            return 0
        build(options)
    except (BuildProblem, SettingsProblem, FolderProblem) as problem:
        print(problem, file=sys.stderr)
        return 1
    pages = sum(1 for _ in options.out.rglob("*.html"))
    print(f"Built {pages} pages into {readable(options.out)}, for {address}")
    if drafts := sorted(
        path.relative_to(options.root).as_posix() for path in (options.root / "docs").rglob("*.draft.md")
    ):
        print(f"Left out as drafts: {', '.join(drafts)}.")
    if still_open := launch_list(options.root, settings, address):
        print("\n".join(["Before you publish, decide what is still open:", *(f"  {line}" for line in still_open)]))
    return 0


def readable(path: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        return f"{path.relative_to(Path.cwd()).as_posix()}/"
    except ValueError:
        return str(path)


def checked_address(address: str) -> str:
    """The site's address with a slash at its end. Raises BuildProblem where it is none."""
    try:
        sound = bool(ADDRESS.fullmatch(address)) and urlsplit(address).port != 0
    except ValueError:
        sound = False
    if not sound:
        raise BuildProblem(
            f"'{address}' is no address for a site. Set site_url in mkdocs.yml, or --site-url,"
            " to something like https://example.com/course/"
        )
    return address.rstrip("/") + "/"


def build(options: BuildOptions) -> None:
    """Build and post-process beside `options.out`, then let the two change places. Whatever goes wrong, the old
    site stays as it was. Raises BuildProblem or FolderProblem.
    """
    refuse_to_overwrite(options.root, options.out)
    as_it_was = f"{readable(options.out)} is as it was."
    try:
        with staged(options.out) as new:
            built_from, faults = make(options, new)
            if faults:
                faults = as_check_says(options, new, faults)
                raise BuildProblem("\n".join([*faults, f"The site was not built, for the reasons above. {as_it_was}"]))
            refuse_to_overwrite(options.root, options.out)  # again: another build may have been waited for
            write_marker(new, built_from, keep_assets(options.out, new))
            put_in_place(new, options.out)
    except OSError as error:
        raise BuildProblem(f"{error.filename or options.out}: {error.strerror}. {as_it_was}") from None


def as_check_says(options: BuildOptions, new: Path, faults: list[str]) -> list[str]:
    """The faults in the checker's words, where the checker is installed and can read the sources."""
    try:
        from checker.built import refusals

        return refusals(options.root, options.address, new, faults)
    except Exception:  # whatever ails the checker, what keeps the site from being published is said
        return faults


def build_for_check(options: BuildOptions) -> tuple[Path, list[str]]:
    """The site to check, built where it must be, and what kept it from being published, a sentence each.

    Where nothing did, it is the site in `options.out`. Otherwise it is a folder beside it, with everything that
    could be built, the same for the same sources, and `options.out` is as it was. Raises as `build` does, where
    nothing could be built at all.
    """
    if is_fresh(options):
        return options.out, []
    refuse_to_overwrite(options.root, options.out)
    try:
        with staged(options.out) as new:
            built_from, faults = make(options, new)
            if not faults:
                write_marker(new, built_from, keep_assets(options.out, new))
                put_in_place(new, options.out)
                return options.out, []
            if not new.is_dir():
                raise BuildProblem("\n".join(faults))
            faulty = new.with_name(f"faulty-{built_from[:12]}")
            for other in new.parent.glob("faulty-*"):  # another check may be reading a young one
                if other != faulty and other.stat().st_mtime < time.time() - 600:
                    shutil.rmtree(other, ignore_errors=True)
            if not faulty.exists():
                new.rename(faulty)
            return faulty, faults
    except OSError as error:
        raise BuildProblem(f"{error.filename or options.out}: {error.strerror}.") from None


def make(options: BuildOptions, new: Path) -> tuple[str, list[str]]:
    """Render and post-process into `new`; return the digest of the sources, and all that is wrong, a sentence each."""
    built_from = source_digest(options)
    faults = list(forbidden(options.root))
    if faults:
        return built_from, faults  # nothing of it is copied anywhere
    rendered = render(options, new)
    faults += rendered.complaints
    if not rendered.whole or not (new / "index.html").is_file():
        shutil.rmtree(new, ignore_errors=True)
        return built_from, faults or ["The engine rendered no front page."]
    from postprocess import BuiltSite, PostprocessError, postprocess

    try:
        found = postprocess(BuiltSite(new, options.root / "overrides", options.root / "docs", options.address))
        faults += [f"{located(options.root, fault)}  {fault.sentence}" for fault in found]
    except PostprocessError as problem:
        faults.append(str(problem))
    return built_from, faults or list(unfinished(options.root, new))


def render(options: BuildOptions, new: Path) -> Rendered:
    """Let the engine render all pages into `new`."""
    if options.engine == "zensical":
        from zensical_engine import render_with_zensical

        return render_with_zensical(options.root, new, options.address)
    engine = Engine(options.root, options.address)
    try:
        engine.begin(new)
        import postprocess  # noqa: F401 - loaded while the engine renders

        return engine.result()
    finally:
        engine.end()


def located(root: Path, fault: "Fault") -> str:
    """Where a page's fault stands in its source, as file:line:column; the built page, where that is not known."""
    page = fault.page.removesuffix(".html").removesuffix("/index")
    for source in (root / "docs" / f"{page}.md", root / "docs" / page / "index.md"):
        if source.is_file():
            name = source.relative_to(root).as_posix()
            return next((name + place for words in fault.words if (place := line_of(source, words))), f"{name}:1:1")
    return fault.page


def unfinished(root: Path, site: Path) -> list[str]:
    """Pages that are missing though docs/ has them, and pages that are there without their policy."""
    settings = read_settings(root / "mkdocs.yml")
    patterns = f".*\n/templates/\n{settings.get('exclude_docs') or ''}\n{settings.get('draft_docs') or ''}"
    left_out = pathspec.GitIgnoreSpec.from_lines(patterns.splitlines())
    faults = []
    for source in sorted((root / "docs").rglob("*.md")):
        path = source.relative_to(root / "docs")
        page = path.parent if path.stem in ("index", "README") else path.with_suffix("")
        if not left_out.match_file(path.as_posix()) and not (site / page / "index.html").is_file():
            faults.append(f"docs/{path.as_posix()}:1:1  the engine made no page of this.")
    for file in sorted(site.rglob("*.html")):
        if not FINISHED.search(file.read_text("utf-8", errors="replace")):
            faults.append(f"{file.relative_to(site).as_posix()} was not finished: it has no security policy.")
    return faults


def is_fresh(options: BuildOptions) -> bool:
    """Whether the site that stands was built from what the sources hold now."""
    return read_marker(options.out).get("built_from") == source_digest(options)


def source_digest(options: BuildOptions) -> str:
    """A digest of everything that a build depends on."""
    return digest(options.root, options.address, options.engine)


if __name__ == "__main__":
    sys.exit(main())
