"""A link checker for folders of HTML, whatever made them.

It knows files, addresses and ids, and nothing of what a site is about. Whoever has the Markdown from
which the pages were made hands it in as `Sources`; a fault is then named where it was written.
"""
