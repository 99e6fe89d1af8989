"""A small course with every kind of page, on which the tests of the learning tools stand.

Its words are the tests' own: whatever is written, moved or decided on the real site, these tests stay green.
Templates, styles and scripts are the project's, and so is how pages are drawn.
"""

import shutil
from pathlib import Path

import yaml

HERE = Path(__file__).parent / "course"
# Of the project's settings, what decides how pages are drawn. The rest is the owner's, and the course has its own.
OF_THE_PROJECT = ("theme", "plugins", "markdown_extensions", "validation", "draft_docs")


def write_course(project: Path, folder: Path) -> Path:
    """Write the course into `folder`, with the overrides of the project in `project`; return the folder."""
    shutil.copytree(HERE / "docs", folder / "docs")
    shutil.copytree(project / "overrides", folder / "overrides", ignore=shutil.ignore_patterns("drawings"))
    shutil.copytree(HERE / "drawings", folder / "overrides" / "drawings")
    settings = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    own = (HERE / "mkdocs.yml").read_text("utf-8").replace("SEARCH_WORKER", settings["extra"]["search_worker"])
    drawing = yaml.safe_dump(
        {name: settings[name] for name in OF_THE_PROJECT if name in settings}, sort_keys=False, allow_unicode=True
    )
    (folder / "mkdocs.yml").write_text(own + drawing, "utf-8")
    return folder
