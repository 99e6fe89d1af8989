"""Turns a blog post, saved as plain text or as a web page, into a page of kind article."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from checker import contract, run, words
from checker.project import Project
from checker.source import Page

from . import facts, import_part, links, place, post_file
from .files import Changes, EditProblem, Source, keep
from .nav import Settings
from .post import AS_WRITTEN, Block, bare, markdown
from .scaffold import folded, quoted


class Article(NamedTuple):
    """A post as a page: its fields, its text, and sentences on how it was read."""

    fields: dict[str, Any]
    body: str
    blocks: list[Block]
    notes: list[str]


def main(arguments: list[str]) -> int:
    """Take in the post that the command line names: show what was understood, ask, write."""
    parser = argparse.ArgumentParser(prog="run.py import", description=__doc__)
    parser.add_argument("post", type=Path, help="the file with the post")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--into", metavar="PAGE", help="the page to write, such as docs/article.md")
    where.add_argument(
        "--part", help="the part whose lessons the numbered or headed items of the text become, as drafts"
    )
    parser.add_argument("--yes", action="store_true", help="write without asking")
    parser.add_argument("--title", help="a title other than the post's first line")
    parser.add_argument(
        "--description", help="a description other than the post's first sentence, 50 to 155 characters"
    )
    parser.add_argument("--author", help="who wrote it, where the post does not say so")
    parser.add_argument("--posted", metavar="YEAR-MONTH-DAY", help="when it was posted, where the post does not say so")
    parser.add_argument("--book", help="the book that it is an excerpt from, where the post does not say so")
    parser.add_argument("--lesson", help="the lesson it leads to, where the page that it replaces names none")
    parser.add_argument("--root", type=Path, default=place.ROOT, help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    site = place.project(told.root)
    if told.part:
        return _part(told.post, told.part, told.author, site)
    rel = place.below_docs(told.into, site.docs)
    old = _replaced(site, rel)
    article = understood(
        told.post,
        site,
        old,
        {name: getattr(told, name) for name in ("title", "description", "author", "posted", "book", "lesson")},
    )
    print(shown(article, told.post))
    if not told.yes and not _agreed(
        f"Write this to docs/{rel}?" if old is None else f"Put this in place of docs/{rel}?"
    ):
        print("Nothing was changed.")
        return 0
    kept = write(site, rel, article)
    print(f"Wrote docs/{rel}.")
    if kept:
        print(f"What stood there before is kept as {kept}.")
    told_elsewhere = links.mentions(site, rel)
    if told_elsewhere:
        print(f"These lines still speak of a retelling; change them: {', '.join(told_elsewhere)}")
    faults = [
        problem.text() for problem in run.sources(place.project(told.root)) if problem.path.endswith(f"docs/{rel}")
    ]
    print("\n".join(["`check` finds in it:", *faults]) if faults else "`check` finds no fault in it.")
    return 1 if faults else 0


def _part(file: Path, part: str, author: str | None, site: Project) -> int:
    """Write the items of a text as drafts, and say what was done."""
    paths, notes = import_part.take_in(file, part, author, site)
    print("\n".join(notes))
    print(f"Wrote {len(paths)} drafts, every word in its order:")
    print("\n".join(f"  docs/{path}" for path in paths))
    print("Next: fill in each … in their fields; python3 scripts/run.py check names them; then publish each.")
    return 0


def understood(file: Path, site: Project, old: Page | None, given: dict[str, str | None]) -> Article:
    """What a file says, as a page.

    `given` are fields that the command line sets. Raises EditProblem where a
    field is neither in the post nor given. Of the page that it replaces only the lesson
    is taken, which is this site's: what was said of the old text may be untrue of the new.
    """
    blocks, notes, head = post_file.taken_apart(file, site)
    blocks, found = facts.taken_out(blocks)
    notes += found.notes
    title, blocks = _title(blocks, given["title"], head)
    blocks, bared = _without_signup(blocks, site)
    if bared:
        notes.append(
            f"{bared} links to the sign-up address are plain words now: that address stands on the card at the page's end."
        )
    before = old.values.plain if old else {}
    fields = {
        "template": "article.html",
        "title": title,
        "description": given["description"] or description(blocks),
        "author": given["author"] or found.author or head.get("author"),
        "posted": given["posted"]
        or found.posted
        or facts.day(head.get("article:published_time", "") or head.get("time", "")),
        "book": given["book"] or found.book or None,
        "retelling": False,
        "comments": found.comments,
        "lesson": given["lesson"] or before.get("lesson"),
        "updated": datetime.date.today().isoformat(),
    }
    for name, what in (
        ("author", "who wrote it"),
        ("posted", "when it was posted"),
        ("lesson", "which lesson it leads to"),
    ):
        if not fields[name]:
            raise EditProblem(f"The post does not say {what}; say it with --{name} {_example(name)}.")
    if not any(block.how != "break" for block in blocks):
        raise EditProblem(f"{file} has a title and no text below it.")
    return Article(fields, markdown(blocks), blocks, notes)


def description(blocks: list[Block]) -> str:
    """The post's first sentence, with those after it where it is short, cut where it is long.

    Raises EditProblem where the text is too short for 50 characters.
    """
    told = contract.schema()["$defs"]["article"]["properties"]["description"]
    low, high = told["minLength"], told["maxLength"]
    text = " ".join(" ".join(bare(block.inline) for block in blocks if block.how in ("text", "item")).split())
    said = ""
    for _, sentence in words.sentences(text):
        longer = f"{said} {sentence}".strip()
        if len(longer) > high and len(said) >= low:
            break
        said = longer
        if len(said) >= low:
            break
    if len(said) < low:
        raise EditProblem(
            f"The text is too short to take a description from it; say one with --description, {low} to {high} characters."
        )
    if len(said) > high:
        # Three full stops say that the sentence goes on; cut at a clause if one ends late enough, else at a word.
        cut = said[: high - 3]
        clause = max(cut.rfind(mark) for mark in (", ", "; ", ": ", " – ", " — "))
        said = cut[: clause if clause >= low else cut.rfind(" ")].rstrip(" ,;:–—“‘(") + "..."
    return said if re.search(r"[.?!]$", said) else f"{said.rstrip('”’) ,;:')}."


def shown(article: Article, file: Path) -> str:
    """What was understood, for a person to agree to."""
    told = {
        name: "unknown" if value is None else value
        for name, value in article.fields.items()
        if name not in ("template", "updated")
    }
    rows = [f"  {name:<12}{value}" for name, value in told.items()]
    names = {
        "text": "paragraphs", "heading": "headings", "item": "list items", "definition": "definitions",
        "table": "tables", "html": "pieces of HTML", "code": "pieces of code", "break": "breaks",
    }  # fmt: skip
    count = {how: sum(block.how == how for block in article.blocks) for how in names}
    parts = ", ".join(f"{number} {names[how]}" for how, number in count.items() if number)
    number = words.count(" ".join(bare(block.inline) for block in article.blocks))
    first = next(block for block in article.blocks if block.how != "break")
    last = next(block for block in reversed(article.blocks) if block.how != "break")
    return "\n".join([
        f"Understood from {file}:", *rows, f"  {'text':<12}{number} words: {parts}",
        f"  {'begins':<12}{_short(bare(first.inline))}", f"  {'ends':<12}{_short(bare(last.inline), end=True)}", *article.notes,
    ])  # fmt: skip


def write(site: Project, rel: str, article: Article) -> str | None:
    """Write the page, keep what it replaces, enter it into nav where it is missing.

    Returns where the replaced file is kept, if there was one.
    """
    lines = ["---"]
    for name, value in article.fields.items():
        if value is None:
            continue
        if name == "description":
            lines += folded(name, value)
        else:
            lines.append(
                f"{name}: {str(value).lower() if isinstance(value, bool) else quoted(str(value)) if isinstance(value, str) else value}"
            )
    changes = Changes()
    target, kept = site.docs / rel, None
    if target.exists():
        kept = keep(site, rel, changes)
    changes.write(target, "\n".join([*lines, "---", "", article.body]))
    named = {path for path, _, _ in site.nav or []}
    if not rel.endswith(place.DRAFT) and rel not in named and not site.patterns("not_in_nav").match_file(rel):
        settings = Settings(Source(site.settings_file, "mkdocs.yml"))
        settings.add(rel)
        changes.write(site.settings_file, settings.data())
    changes.make()
    return kept


def _replaced(site: Project, rel: str) -> Page | None:
    """The page that stands where the article goes. Raises EditProblem where it must not be replaced."""
    place.check_name(rel)
    page = site.by_rel.get(rel)
    if page is not None and page.kind not in ("article", ""):
        raise EditProblem(
            f"docs/{rel} is of the kind {page.kind}, which a post cannot replace; choose another page with --into."
        )
    if page is None and (other := place.taken(rel, site)):
        raise EditProblem(f"docs/{other} has this name already; choose another page with --into.")
    return page


def _title(blocks: list[Block], given: str | None, head: dict[str, str]) -> tuple[str, list[Block]]:
    """The title, and the blocks without it: the first line; of a web page its first heading of the first level, or what its head says."""
    longest = contract.schema()["$defs"]["article"]["properties"]["title"]["maxLength"]
    at = next((n for n, block in enumerate(blocks) if head and block.how == "heading" and block.level == 1), None)
    if at is None and head:
        named = re.split(r"\s+[|–—-]\s+", head.get("og:title") or head.get("title") or "")[0]
        at = next(
            (n for n, block in enumerate(blocks) if _folded(bare(block.inline)) == _folded(named) and named), None
        )
        if at is None and named:
            return given or named, blocks
    if at is None:
        at = next((n for n, block in enumerate(blocks) if block.how != "break"), None)
    if at is None:
        raise EditProblem("There is no text in the post.")
    title = bare(blocks[at].inline)
    if given:
        # Words that are not the title belong to the text, so that none is lost.
        return given, [b for n, b in enumerate(blocks) if n != at] if _folded(given) == _folded(title) else blocks
    if len(title) > longest:
        raise EditProblem(
            f"The first line has {len(title)} characters, and a title at most {longest}; say a title with --title."
        )
    return title, [block for n, block in enumerate(blocks) if n != at]


def _without_signup(blocks: list[Block], site: Project) -> tuple[list[Block], int]:
    """The blocks with links to the sign-up address as plain words: its only home is mkdocs.yml."""
    signup = urlsplit(str(site.setting("extra", "academy", "signup_url") or ""))
    if not signup.netloc:
        return blocks, 0
    there = rf"https?://(?:www\.)?{re.escape(signup.netloc.removeprefix('www.'))}{re.escape(signup.path.rstrip('/'))}/?(?:[?#][^)>\s]*)?"
    kept, bared = [], 0
    for block in blocks:
        if block.how not in AS_WRITTEN:
            inline, in_words = re.subn(rf"\[((?:\\.|[^\[\]])*)\]\({there}\)", r"\1", block.inline)
            inline, as_address = re.subn(rf"<https?://({there.removeprefix('https?://')})>", r"\1", inline)
            block, bared = block._replace(inline=inline), bared + in_words + as_address
        kept.append(block)
    return kept, bared


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise EditProblem(
            "Nobody can be asked here; look at the above, and say --yes to write it. Nothing was changed."
        )
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _example(name: str) -> str:
    return f'"{contract.schema()["$defs"]["article"]["properties"][name]["x-example"]}"'


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _short(text: str, end: bool = False) -> str:
    all_ = text.split()
    if len(all_) <= 9:
        return " ".join(all_)
    return "… " + " ".join(all_[-9:]) if end else " ".join(all_[:9]) + " …"
