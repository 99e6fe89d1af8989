"""What is checked before the site is published.

Sources (Markdown files, `mkdocs.yml`) and built HTML are read; nothing of the
generator that joined them is. Each rule is one function in a module whose name
begins with `rules_`; its docstring is what `check.py --rules` prints.
"""
