"""A link checker for folders of HTML, whatever made them.

    site = Site(folder, url, sources).read()     files, pages and what they name (html_page, data_files)
    diagnostics = check(site)                    each rule is asked (rules_addresses, rules_links)
    diagnostic.text() · .data() · .github()      one line, JSON, an annotation

It knows files, addresses and ids, and nothing of what a site is about. Whoever has the Markdown from which
the pages were made hands it in as `Sources`; a fault is then named where it was written (source_map).
Rules of one's own are entered with `rule`, and asked in the same pass. What is not to be checked at all is
a CannotCheck, never a clean result. Links to other sites are asked by lychee (external_links).
"""
