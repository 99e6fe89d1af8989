"""Problems that `mkdocs.yml` says are none: extra.check.ignore."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from .rule import Diagnostic, rule

if TYPE_CHECKING:
    from .project import Project


@rule(
    "meta-ignore", on="run", fix="in mkdocs.yml give the entry a reason, or delete it when nothing matches it any more"
)
def ignore() -> None:
    """Each entry of extra.check.ignore in mkdocs.yml has a pattern and a reason, and matches a problem."""


def without_ignored(problems: list[Diagnostic], project: Project, all_ran: bool) -> list[Diagnostic]:
    """The problems that no entry's pattern matches, and one for each entry that is wrong or matched nothing.

    A pattern is a part of the line as it is printed; * stands for anything.
    """
    entries = project.setting("extra", "check", "ignore", default=[])
    kept, own = list(problems), []
    for at, entry in enumerate(entries if isinstance(entries, list) else [entries]):
        place = project.setting_place("extra", "check", "ignore", at)

        def wrong(said: str) -> None:
            own.append(Diagnostic(project.named_settings, *place, said, "meta-ignore"))  # noqa: B023

        pattern = entry.get("pattern") if isinstance(entry, dict) else None
        if not isinstance(pattern, str) or not pattern.strip("* "):
            wrong("an entry of extra.check.ignore must be a pattern and a reason")
            continue
        if not isinstance(entry.get("reason"), str) or not entry["reason"].strip():
            wrong(f"entry “{pattern}” of extra.check.ignore does not say for what reason")
        glob = "*" + pattern.replace("[", "[[]").replace("?", "[?]") + "*"
        left = [problem for problem in kept if not fnmatchcase(problem.text(), glob)]
        if len(left) == len(kept) and all_ran and not any(fnmatchcase(problem.text(), glob) for problem in problems):
            wrong(f"entry “{pattern}” of extra.check.ignore matches no problem any more; take it out")
        kept = left
    return sorted([*kept, *own], key=Diagnostic.order)
