"""Renders with the other engine, Zensical, which takes only folders below that of its settings: so on a copy."""

import datetime
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from render import ENVIRONMENT, Rendered
from settings import read_settings


def render_with_zensical(root: Path, folder: Path, address: str) -> Rendered:
    """Render the project at `root` for `address` into `folder`."""
    copy = folder.with_name(f"new-zensical-{os.getpid()}")
    for name in ("docs", "overrides"):
        shutil.copytree(root / name, copy / name)
    for draft in (copy / "docs").rglob("*.draft.md"):  # it does not know draft_docs
        draft.unlink()
    settings = plain(read_settings(root / "mkdocs.yml")) | {"site_url": address, "site_dir": "site"}
    settings["theme"]["variant"] = "classic"  # its other look has no search worker of this kind
    (copy / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), "utf-8")
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "zensical", "build", "--config-file", str(copy / "mkdocs.yml")], cwd=copy,
            env=os.environ | ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
        if ran.returncode or not (copy / "site/index.html").is_file():
            return Rendered([(ran.stdout + ran.stderr).strip()[-3000:]], False)
        put_search_right(copy / "site", settings)
        (copy / "site").rename(folder)
    finally:
        shutil.rmtree(copy, ignore_errors=True)
    return Rendered([], True)


def put_search_right(site: Path, settings: dict[str, Any]) -> None:
    """Give the site the search index and worker that our search asks for: same entries, other names."""
    found = json.loads((site / "search.json").read_text("utf-8"))
    index = {"config": found["config"] | {"pipeline": ["stopWordFilter"]}, "docs": found["items"]}
    (site / "search").mkdir(exist_ok=True)
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (site / "search/search_index.json").write_text(text, "utf-8")
    (site / "search.json").unlink()
    worker = settings.get("extra", {}).get("search_worker", "")
    theme = importlib.util.find_spec("material")
    if worker and theme and not (site / worker).is_file():
        (site / worker).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(theme.origin).parent / "templates" / worker, site / worker)


def plain(value: Any) -> Any:
    """Settings with days as text: the other engine takes no dates."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
