"""Builds the site beside the old one, finishes it, and only then swaps the two."""

import argparse
import datetime
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import yaml
from file_lock import Busy, file_lock
from settings import SettingsProblem, read_settings

ROOT = Path(__file__).resolve().parent.parent
# The address that stands in mkdocs.yml until the owner sets the real one (RFC 6761 reserves it).
EXAMPLE_HOST = "pushback.example"
# What a built site's folder holds, and a folder of somebody's own hardly does.
MARK = "sitemap.xml"
# Written into a finished site: what it was built from, so that an unchanged one need not be built again.
BUILT_FROM = "built-from"


class BuildProblem(Exception):
    """Something that keeps the site from being built; the text is the sentence to print."""


class BuildOptions(NamedTuple):
    """One build: the project's folder, where the site goes, its address, and the engine."""

    root: Path
    out: Path
    address: str
    engine: str


def main(arguments: list[str] | None = None) -> int:
    """Build as the command line says; return 0, or 1 with a sentence on standard error."""
    parser = argparse.ArgumentParser(prog="run.py build", description=__doc__.splitlines()[0])
    parser.add_argument("--site-url", help="the address to build for, sub-path included; otherwise the one in mkdocs.yml")
    parser.add_argument("--out", type=Path, help="the folder to build into, instead of site/")
    parser.add_argument("--engine", choices=("mkdocs", "zensical"), default="mkdocs", help="what draws the pages")
    parser.add_argument("--if-needed", action="store_true", help="do nothing where nothing has changed since the last build")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    choice = parser.parse_args(arguments)
    try:
        settings = read_settings(choice.root / "mkdocs.yml")
        address = checked_address(choice.site_url or str(settings.get("site_url") or ""))
        options = BuildOptions(choice.root.resolve(), (choice.out or choice.root / "site").resolve(), address, choice.engine)
        if choice.if_needed and built_from(options) == sources(options):
            return 0
        build(options)
    except (BuildProblem, SettingsProblem, Busy) as problem:
        print(problem, file=sys.stderr)
        return 1
    pages = sum(1 for _ in options.out.rglob("*.html"))
    print(f"Built {pages} pages into {readable(options.out)}, for {address}")
    for line in notices(options, settings):
        print(line)
    return 0


def readable(path: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        return f"{path.relative_to(Path.cwd()).as_posix()}/"
    except ValueError:
        return str(path)


def checked_address(address: str) -> str:
    """The site's address with a slash at its end. Raises BuildProblem where it is none."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise BuildProblem(
            f"'{address}' is no address for a site. Set site_url in mkdocs.yml, or --site-url, to something like https://example.com/course/"
        )
    return address.rstrip("/") + "/"


def notices(options: BuildOptions, settings: dict) -> list[str]:
    """What the owner has still to decide, and what was left out, a line each."""
    lines = []
    if urlsplit(options.address).hostname == EXAMPLE_HOST:
        lines.append("site_url in mkdocs.yml is still the example; set the address before you publish.")
    extra = settings.get("extra") or {}
    if empty := [name for name in ("author", "contact", "affiliation") if not extra.get(name)]:
        lines.append(f"Empty in mkdocs.yml, so the site says nothing about them: {', '.join(empty)}.")
    drafts = sorted(path.relative_to(options.root).as_posix() for path in (options.root / "docs").rglob("*.draft.md"))
    if drafts:
        lines.append(f"Left out as drafts: {', '.join(drafts)}.")
    return lines


def build(options: BuildOptions) -> None:
    """Build and finish beside `options.out`, then swap. Whatever goes wrong, the old site stays as it was.

    Raises BuildProblem, and Busy where another build of the same folder is under way.
    """
    refuse_to_overwrite(options)
    staging = options.out.with_name(f".{options.out.name}.building")
    busy = f"Another build into {readable(options.out)} is under way; wait until it ends."
    try:
        staging.mkdir(parents=True, exist_ok=True)
        with file_lock(staging / "lock", busy=busy):
            old = staging / "old"
            if old.exists() and not options.out.exists():
                old.rename(options.out)  # the last build was killed between the two renames
            for leftover in (old, *staging.glob("new-*")):
                shutil.rmtree(leftover, ignore_errors=True)
            # A name of its own: the engine of a killed build may still be writing into the last one.
            new = staging / f"new-{os.getpid()}"
            started_from = sources(options)
            try:
                render(options, new)
                postprocess_site(options, new)
                (staging / BUILT_FROM).unlink(missing_ok=True)
                swap(new, options.out, old)
            finally:
                shutil.rmtree(new, ignore_errors=True)
            (staging / BUILT_FROM).write_text(started_from, "utf-8")
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        where = error.filename or options.out
        raise BuildProblem(f"{where}: {error.strerror}. The site in {readable(options.out)} is as it was.") from None


def refuse_to_overwrite(options: BuildOptions) -> None:
    """Raises BuildProblem where `options.out` holds something other than a built site, or may not be replaced."""
    out = options.out
    kept = [options.root / name for name in ("docs", "overrides", "scripts", "tests", ".git")]
    if out == options.root or out in options.root.parents or any(out == path or path in out.parents for path in kept):
        raise BuildProblem(f"{out} holds the project's own files; choose another folder with --out.")
    if out.exists() and not out.is_dir():
        raise BuildProblem(f"{out} is a file; choose a folder with --out, or move the file away.")
    if not out.exists():
        return
    if any(out.iterdir()) and not (out / MARK).is_file():
        raise BuildProblem(f"{out} holds something other than a built site, so it stays; choose another folder with --out.")
    # The owner's bit, not os.access: the administrator could write, but whoever took the bit away meant it.
    if not out.stat().st_mode & 0o200 or not os.access(out, os.W_OK):
        raise BuildProblem(f"{out} is read-only, so the site in it stays as it was. Make it writable, or choose another folder with --out.")


def render(options: BuildOptions, new: Path) -> None:
    """Let the engine draw all pages into `new`. Raises BuildProblem with what the engine complained about."""
    if options.engine == "mkdocs":
        settings = {
            "INHERIT": str(options.root / "mkdocs.yml"),
            "site_url": options.address,
            "site_dir": str(new),
            "docs_dir": str(options.root / "docs"),
            "theme": {"custom_dir": str(options.root / "overrides")},
        }
        output = run_engine(options, new.with_name("mkdocs.yml"), settings, "--strict")
    else:
        output = render_with_zensical(options, new)
    if not (new / "index.html").exists():
        raise BuildProblem(f"{complaints(output)}\nThe site could not be built, for the reasons above. {readable(options.out)} is as it was.")


def render_with_zensical(options: BuildOptions, new: Path) -> str:
    """Draw with the other engine, which takes only folders below that of its settings: so on a copy of the sources."""
    copy = new.with_name(f"zensical-{os.getpid()}")
    shutil.rmtree(copy, ignore_errors=True)
    for name in ("docs", "overrides"):
        shutil.copytree(options.root / name, copy / name)
    for draft in (copy / "docs").rglob("*.draft.md"):  # it does not know draft_docs
        draft.unlink()
    settings = plain(read_settings(options.root / "mkdocs.yml")) | {"site_url": options.address, "site_dir": "site"}
    settings["theme"]["variant"] = "classic"  # its other look has no search worker of this kind
    try:
        output = run_engine(options, copy / "mkdocs.yml", settings)
        if (copy / "site").is_dir():
            put_search_right(copy / "site", settings)
            (copy / "site").rename(new)
    finally:
        shutil.rmtree(copy, ignore_errors=True)
    return output


def put_search_right(site: Path, settings: dict[str, Any]) -> None:
    """Give a site that Zensical drew the search index and worker that our search asks for: same entries, other names."""
    found = json.loads((site / "search.json").read_text("utf-8"))
    index = {"config": found["config"] | {"pipeline": ["stopWordFilter"]}, "docs": found["items"]}
    (site / "search").mkdir(exist_ok=True)
    (site / "search/search_index.json").write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf-8")
    (site / "search.json").unlink()
    worker = settings.get("extra", {}).get("search_worker", "")
    theme = importlib.util.find_spec("material")
    if worker and theme and not (site / worker).is_file():
        (site / worker).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(theme.origin).parent / "templates" / worker, site / worker)


def run_engine(options: BuildOptions, settings_file: Path, settings: dict[str, Any], *flags: str) -> str:
    """Run the engine with these settings, in their folder; return what it said. Raises BuildProblem where it fails."""
    settings_file.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), "utf-8")
    # Nothing of the day, the place or the language of this machine may get into the site.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0",
                                "PYTHONUTF8": "1", "TZ": "UTC", "LC_ALL": "C"}  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-m", options.engine, "build", *flags, "--config-file", str(settings_file)],
        cwd=options.root if options.engine == "mkdocs" else settings_file.parent,
        env=environment, capture_output=True, text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    output = ran.stdout + ran.stderr
    if ran.returncode:
        raise BuildProblem(f"{complaints(output)}\nThe site could not be built, for the reasons above. {readable(options.out)} is as it was.")
    return output


def plain(value: Any) -> Any:
    """Settings with days as text: the other engine takes no dates."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def complaints(output: str) -> str:
    """Of an engine's words, what it complained about; all, where that is not marked."""
    kept, keep = [], False
    for line in output.splitlines():
        if re.match(r"(INFO|DEBUG)\b", line):
            keep = False
        elif re.match(r"(WARNING|ERROR|CRITICAL|Error|Aborted)\b", line):
            keep = True
        if keep:
            kept.append(line)
    if "Traceback" in output or not kept:
        return output.strip()[-3000:]
    return "\n".join(kept)


def postprocess_site(options: BuildOptions, new: Path) -> None:
    """Run the post-processing. Raises BuildProblem with its sentence."""
    from postprocess import BuiltSite, PostprocessError, postprocess

    try:
        postprocess(BuiltSite(new, options.root / "docs", options.root / "overrides", options.address))
    except PostprocessError as problem:
        raise BuildProblem(f"{problem}\nThe site was not finished; {readable(options.out)} is as it was.") from None


def swap(new: Path, out: Path, old: Path) -> None:
    """Put `new` in the place of `out`, which moves to `old`. When the second step fails, the first is undone."""
    if out.exists():
        out.rename(old)
    try:
        new.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise


def built_from(options: BuildOptions) -> str:
    """What the site that stands was built from, as `sources` says it; empty where that is not known."""
    note = options.out.with_name(f".{options.out.name}.building") / BUILT_FROM
    return note.read_text("utf-8") if note.is_file() and (options.out / MARK).is_file() else ""


def sources(options: BuildOptions) -> str:
    """A digest of everything a build depends on: names, sizes and times of all sources, and the options itself."""
    digest = hashlib.sha256(repr(options).encode())
    for name in ("mkdocs.yml", "docs", "overrides", "scripts"):
        top = options.root / name
        for path in sorted([top, *top.rglob("*")]):
            if path.is_file() and path.suffix != ".pyc":
                facts = path.stat()
                digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
