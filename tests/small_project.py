"""A project of three pages with a theme of its own, for tests that would be slow on the real one."""

from pathlib import Path

LAYOUT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ page.title if page else 'Not found' }}</title>
{% if page %}<link rel="canonical" href="{{ page.canonical_url }}">{% endif %}
<link rel="stylesheet" href="{{ 'assets/css/a.css' | url }}">
<link rel="stylesheet" href="{{ 'assets/css/b.css' | url }}">
</head><body><h1>{{ page.title if page else 'Not found' }}</h1>{{ page.content if page }}</body></html>
"""
FILES = {
    "mkdocs.yml": """\
site_name: Small
site_url: https://pushback.example/
nav: [index.md, two.md]
theme: {name: material, custom_dir: overrides, font: false, static_templates: [404.html]}
plugins: []
validation: {omitted_files: warn, absolute_links: warn, unrecognized_links: warn, anchors: warn, not_found: warn}
draft_docs: "*.draft.md"
extra: {author: Ann, contact: "", affiliation: ""}
""",
    "docs/index.md": "---\ntitle: One\nupdated: 2026-01-02\n---\nThe first page leads to [the second](two.md).\n",
    "docs/two.md": "---\ntitle: Two\n---\nThe second page.\n",
    "docs/three.draft.md": "---\ntitle: Three\n---\nNot finished.\n",
    "overrides/main.html": LAYOUT,
    "overrides/404.html": LAYOUT,
    "overrides/assets/css/a.css": "h1 { color: #111111 }\n",
    "overrides/assets/css/b.css": "p { color: #222222 }\n",
}


def write_small_project(folder: Path) -> Path:
    """Write the project into `folder`; return the folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
