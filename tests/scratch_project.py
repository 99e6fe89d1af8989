"""A few pages with settings in which comments and order matter, for the editors' commands."""

from pathlib import Path

import edit

SETTINGS = """\
# The only settings.
site_name: Scratch
site_url: https://pushback.example/

# Order of everything
nav:
  - index.md          # home
  - article.md
  - Owners and managers:
      - owners/index.md
      - owners/count-weeks.md   # first
      - owners/cut-once.md
  - Recruiters:
      - recruiters/index.md
      - recruiters/push-back.md
  - About: about.md

# For paper, and to pass on.
not_in_nav: |
  /notes/*

extra:
  academy:
    signup_url: https://www.academy.example/
# Unfinished pages
draft_docs: |
  *.draft.md
"""
DESCRIBED = "A sentence that is long enough to say what one finds on the page named {}."


def front_matter(template: str, title: str, **more: str) -> str:
    """The head of a page, with the fields that every page has."""
    lines = [f"template: {template}.html", f"title: {title}", "description: >-", f"  {DESCRIBED.format(title)}"]
    lines += [f"{name}: {value}" for name, value in more.items()]
    return "\n".join(["---", *lines, "updated: 2026-01-02", "---", "", ""])


PAGES = {
    "index.md": front_matter(
        "home", "Home page here", they_say="Hm.", strong="Well?", why="So.", lesson="recruiters/push-back.md"
    )
    + "Hello.\n",
    "article.md": front_matter(
        "article",
        "An old retelling",
        author="Ada Example",
        posted="2020-02-02",
        book="Old Book",
        retelling="true",
        lesson="recruiters/push-back.md",
    )
    + "What she says, in our words.\n",
    "owners/index.md": front_matter("part", "Ten tips", short="Owners", noun="tip", begin="owners/cut-once.md")
    + "Begin.\n",
    "owners/count-weeks.md": front_matter(
        "lesson", "Count your weeks", related="[owners/cut-once.md, recruiters/push-back.md]"
    )
    + "See [cutting](cut-once.md#the-idea), [pushing](<../recruiters/push-back.md>) and [the same][cut].\n\n"
    + 'Raw: <a href="../cut-once/">here</a>. Code: `[cut](cut-once.md)`.\n\n[cut]: cut-once.md "once"\n\n[^n]: A note, [too](cut-once.md).\n',
    "owners/cut-once.md": front_matter("lesson", "Cut once, cut early", related="[]")
    + "See [weeks](count-weeks.md), [home](../index.md), ![a picture](weeks.png), [itself](#the-idea), [out](https://example.com/cut-once.md).\n",
    "recruiters/index.md": front_matter(
        "part", "Fifteen imperatives", short="Recruiters", noun="imperative", begin="recruiters/push-back.md"
    )
    + "Begin.\n",
    "recruiters/push-back.md": front_matter("lesson", "Push back kindly", related="[]")
    + "Then [cut](../owners/cut-once.md).\n",
    "notes/index.md": front_matter("page", "For the other chair") + "Notes.\n",
    "about.md": front_matter("page", "About this place") + "We [cut](owners/cut-once.md?x=1#y).\n",
}


def write_scratch_project(folder: Path) -> Path:
    """Write the project into `folder`; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8", newline="\n")
    for name, text in PAGES.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    (folder / "docs" / "owners" / "weeks.png").write_bytes(b"\x89PNG")
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a project with its content, to see that nothing has changed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def run(root: Path, *words: str | Path) -> int:
    """Run one of the editors' commands on a project; return its exit code."""
    return edit.main([*map(str, words), "--root", str(root)])
