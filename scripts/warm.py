"""For the preview: reads the pages ahead of time, so that a save costs what it changed and not what stayed."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from sources import stamps

# What reading a page's Markdown leaves on the generator's page.
READ = ("markdown", "meta", "content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors")


class Warm:
    """The pages as they read when this began. Each may be taken once its sources are known to be the same."""

    def __init__(self, root: Path) -> None:
        """`root` is the project's folder."""
        self.root = root
        self.stamps = stamps(root)
        self.pages: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {}

    def read(
        self, order: dict, step: Callable[..., None], said: list[tuple[str, str]], ordered: threading.Event
    ) -> None:
        """Read page by page with the generator's own `step`, until all are read or the order has come.

        `said` is where the generator's complaints are gathered meanwhile.
        """
        config = load_config(config_file=order["settings"], site_url=order["address"], site_dir=str(self.root / ".no"))
        config.plugins.on_startup(command="serve", dirty=False)
        config = config.plugins.on_config(config)
        files = get_files(config)
        files.add_files_from_theme(config.theme.get_env(), config)
        set_exclusions(files, config)
        get_navigation(files, config)
        said.clear()  # what nav lacks is said when it is built
        for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
            if ordered.is_set():
                return
            page = file.page or Page(None, file, config)
            try:
                step(page, config, files)
            except Exception:  # it is read again, and told, when the site is built
                continue
            finally:
                complaints = said.copy()
                said.clear()
            self.pages[file.src_uri] = ({name: page.__dict__.get(name) for name in READ}, complaints)

    def forget_what_changed(self) -> None:
        """Keep only pages that would read the same now: all others', where Markdown alone was edited; else none."""
        now = stamps(self.root)
        changed = {path for path in now.keys() | self.stamps.keys() if now.get(path) != self.stamps.get(path)}
        if any(path.suffix != ".md" or path not in now or path not in self.stamps for path in changed):
            self.pages.clear()
        for path in changed:
            if path.is_relative_to(self.root / "docs"):
                self.pages.pop(path.relative_to(self.root / "docs").as_posix(), None)

    def take(self, page: Page, files: Files) -> list[tuple[str, str]] | None:
        """Let a page be as it was read; return what the generator complained about then. None where it is not kept."""
        kept = self.pages.pop(page.file.src_uri, None)
        if kept is None:
            return None
        page.__dict__.update(kept[0])
        targets: dict[File, dict[str, str]] = kept[0]["links_to_anchors"] or {}
        found = {files.get_file_from_path(file.src_uri) or file: anchors for file, anchors in targets.items()}
        page.links_to_anchors = found
        return kept[1]
