"""Two rounds of ordinary editing on a copy of the project: after each, `check` and every test still pass."""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml

from verify.job import ROOT, Unable

NEEDS = "git, and the time of two runs of the tests"
# A lesson that no page of the site knows: the tests' own, with nothing to cite and no figure to work out.
SPARE = ROOT / "tests/course/docs/recruiters/ask-more.md"
ON_PAPER = "What there is for people who lead a team of recruiters, ready to be printed:"
# One in somebody's own words, which need not have the shape of the others.
OWN = """\
---
template: lesson.html
title: Leave one hour empty
description: >-
  An empty hour each day holds what nobody could plan: how one team found out, and what it put there.
line: >-
  Nine o'clock tomorrow is empty on purpose. What would you like to put there, if it were yours?
outcomes:
  - Keep one hour of each day free of appointments
  - Choose at nine what the hour is for
  - Say to the team why it stays empty
now_minutes: 5
moments:
  - id: leave-one-hour-empty
    situation: team
    speaker: team
    they_say: >-
      There's a gap in your diary at nine. Can I have it for the weekly numbers?
    weak: >-
      Sure, take it. I had nothing planned.
    strong: >-
      It stays empty until nine, for whatever the morning brings. Would half past ten suit the numbers?
    why: >-
      It says what the gap is for, and offers another place.
check:
  question: >-
    Somebody asks for your empty hour on the day before. What do you offer?
  options:
    - text: >-
        The hour itself, since nothing stands in it yet.
      why: >-
        Then there is no hour left for what the morning brings.
    - text: >-
        Another hour, and the reason for the empty one.
      right: true
      why: >-
        The talk takes place, and so does the morning.
    - text: >-
        No hour at all before next week.
      why: >-
        That protects your diary and costs a colleague.
remember:
  - An hour that is free belongs to the day, not to whoever asks first.
team: >-
  Each of you blocks one hour of tomorrow, and tells the others on Friday what came of it.
related:
  - RELATED
tags: [diary, planning]
own_words: true
updated: 2026-01-02
---

The first hour was the hardest. Everybody saw the gap and had a use for it, and most of the uses were good ones. By
Thursday it had saved an offer, because somebody was there to pick up the telephone.
"""


def run(arguments: list[str]) -> int:
    """Edit, check and test; return 1 where what an editor or owner may do turns something red."""
    parser = argparse.ArgumentParser(prog="run.py verify edits", description=__doc__)
    parser.add_argument("--no-tests", action="store_true", help="only `check`, not the tests")
    choice = parser.parse_args(arguments)
    red = []
    for name, edit in {"the owner's settings and a day's editing": settings, "pages that come and go": pages}.items():
        with tempfile.TemporaryDirectory() as folder:
            project = copy(Path(folder) / "project")
            edit(project)
            steps = {"check": ["check.py"]} | ({} if choice.no_tests else {"tests": ["testing.py", "-q"]})
            for step, words in steps.items():
                done = subprocess.run([sys.executable, project / "scripts" / words[0], *words[1:]], cwd=project)
                print(f"{name}: {step} {'red' if done.returncode else 'green'}", flush=True)
                red += [f"{name}: {step}"] if done.returncode else []
    return 1 if red else 0


def copy(folder: Path) -> Path:
    """A copy of the project as it stands, without what git does not keep. Raises Unable without git."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        raise Unable("This needs git, and a project that is kept in it.")
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


# What owners and editors do --------------------------------------------------------------


def settings(project: Path) -> None:
    """The owner's domain with a sub-path, sign-up, names; two lines of nav swapped, a title, a phrase less."""
    change(project / "mkdocs.yml", r"^site_url: .*", "site_url: https://learn.recruiting.example.org/course/")
    change(project / "mkdocs.yml", r"^    signup_url: .*", "    signup_url: https://join.elsewhere.example.org/now/")
    change(project / "mkdocs.yml", r"^    tracking: .*", "    tracking: false")
    change(project / "mkdocs.yml", r"^  author: .*", "  author: Ada Example")
    change(project / "mkdocs.yml", r"^  contact: .*", "  contact: ada@recruiting.example.org")
    change(project / "mkdocs.yml", r"^  affiliation: .*", "  affiliation: This site earns nothing from sign-ups.")
    one, other = lessons(project, 1)[2:4]
    change(project / "mkdocs.yml", rf"^(\s+- ){one}\n(\s+- ){other}$", rf"\g<1>{other}\n\g<2>{one}")
    change(project / "docs" / one, r"^title: .*", "title: A quite different name")
    page = project / "docs" / other
    change(page, r"^moments:\n  - (?:.+\n)(?:    .*\n)+(?=  - )", "moments:\n")


def pages(project: Path) -> None:
    """A lesson renamed, one in and one out, a draft begun, and a third part with a lesson of its own."""
    first, gone, kept = lessons(project, 0)[1], lessons(project, 1)[-1], lessons(project, 1)[0]
    order(project, "rename", f"docs/{first}", f"docs/{Path(first).parent}/renamed-by-hand.md")
    part = str(Path(gone).parent)
    order(project, "retire", f"docs/{gone}", "--to", f"docs/{kept}")
    spare(project, f"{part}/one-that-comes-in.draft.md", "One lesson that comes in", kept)
    order(project, "publish", f"docs/{part}/one-that-comes-in.draft.md")
    order(project, "new", "lesson", part, "A draft that is only begun")
    home = project / "docs/index.md"  # with a lesson more than the front page speaks of
    home.write_text(home.read_text("utf-8").replace("Twenty-five", "Twenty-six"), "utf-8")
    third = project / "docs/managers/index.md"
    third.parent.mkdir()
    source = (project / "docs" / part / "index.md").read_text("utf-8")
    short = re.sub(r"^books:\n(?:[ #].*\n|\n)+", "", source, flags=re.M)
    third.write_text(short, "utf-8")
    for field, value in {
        "title": "One habit for managers",
        "short": "For managers",
        "noun": "tip",
        "count": "1",
    }.items():
        change(third, rf"^{field}: .*", f"{field}: {value}")
    change(third, r"^begin: .*", "begin: managers/leave-one-hour-empty.md")
    change(
        third,
        r"^description: >-\n  .*",
        "description: >-\n  One short lesson for people who lead a team of recruiters.",
    )
    change(
        third,
        r"\n---\n[\s\S]*",
        "\n---\n\nFor whoever leads a team of recruiters, and has one week to change one habit.\n",
    )
    (project / "docs/managers/leave-one-hour-empty.md").write_text(OWN.replace("RELATED", kept), "utf-8")
    for kind in ("print", "desk-card", "team"):
        paper = (project / f"docs/{part}/{kind}.md").read_text("utf-8").replace(f"{part}/", "managers/")
        (project / f"docs/managers/{kind}.md").write_text(paper, "utf-8")
        change(project / f"docs/managers/{kind}.md", r"^title: .*", f"title: For managers on paper, {kind}")
        change(
            project / f"docs/managers/{kind}.md", r"^description: >-\n  .*", f"description: >-\n  {ON_PAPER} {kind}."
        )
        change(project / f"docs/managers/{kind}.md", r"\n---\n[\s\S]*", "\n---\n\nFor whoever leads a team.\n")
    change(
        project / "mkdocs.yml",
        r"^not_in_nav: \|\n",
        "not_in_nav: |\n" + "".join(f"  /managers/{kind}.md\n" for kind in ("print", "desk-card", "team")),
    )
    nav = "  - Managers:\n      - managers/index.md\n      - managers/leave-one-hour-empty.md\n  - phrasebook.md"
    change(project / "mkdocs.yml", r"^  - phrasebook.md", nav)


def lessons(project: Path, part: int) -> list[str]:
    """The lessons of a part in their order, below docs/."""
    text = re.sub(r"!\S+", "", (project / "mkdocs.yml").read_text("utf-8"))
    parts = [entry for entry in yaml.safe_load(text)["nav"] if isinstance(entry, dict)]
    return [path for path in next(iter(parts[part].values())) if not path.endswith("index.md")]


def spare(project: Path, path: str, title: str, related: str) -> None:
    """Write the tests' lesson as a page of the project: another title, ids of its own, nothing cited."""
    text = re.sub(r"\[\^f\d+\](: .*\n)?", "", SPARE.read_text("utf-8"))
    text = re.sub(r"\[([^\]]+)\]\(\S+\.md\S*\)", r"\1", text)
    text = re.sub(r"^title: .*", f"title: {title}", text, flags=re.M)
    stem = Path(path).name.split(".")[0]
    text = re.sub(r"^(  - id: )\S+?(-\d)$", rf"\g<1>{stem}\2", text, flags=re.M)
    text = re.sub(r"^related:\n(?:  - .*\n)+", f"related:\n  - {related}\n", text, flags=re.M)
    (project / "docs" / path).write_text(text, "utf-8")


def change(file: Path, pattern: str, new: str | Callable[[re.Match], str]) -> None:
    """Put `new` where the expression fits first. Raises Unable where it fits nothing: then the job must be mended."""
    text, number = re.subn(pattern, new, file.read_text("utf-8"), count=1, flags=re.M)
    if not number:
        raise Unable(f"{file.name} has nothing that fits {pattern}.")
    file.write_text(text, "utf-8")


def order(project: Path, *words: str) -> None:
    """Use one of the editors' commands. Raises Unable where it refuses."""
    command = [sys.executable, project / "scripts/edit.py", *words, "--root", project]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise Unable(f"{' '.join(words)}: {done.stderr.strip()}")
