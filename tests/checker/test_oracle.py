"""A second parser reads the whole built site and finds the same links and ids."""

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkcheck import html_page

ATTRIBUTES = [
    ("a", "href"),
    ("area", "href"),
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("source", "src"),
    ("form", "action"),
    ("use", "href"),
    ("iframe", "src"),
]


def outside_templates(nodes: list[LexborNode]) -> list[LexborNode]:
    """The nodes that are part of the page: what a template holds is not."""
    kept = []
    for node in nodes:
        at = node.parent
        while at is not None and at.tag != "template":
            at = at.parent
        if at is None:
            kept.append(node)
    return kept


def test_another_parser_finds_the_same_links_and_ids_on_every_page(site: Path) -> None:
    """What one parser overlooks would never be checked, and nobody would know."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    for file in pages:
        data = file.read_bytes()
        ours, theirs = html_page.read(data), LexborHTMLParser(data.decode("utf-8"))
        ids = sorted(node.attributes["id"] or "" for node in outside_templates(theirs.css("[id]")))
        repeated = [name for name, number in ours.repeated.items() for _ in range(number - 1)]
        assert sorted([*ours.ids, *repeated]) == ids, file
        for tag, attribute in ATTRIBUTES:
            found = {node.attributes[attribute] or "" for node in outside_templates(theirs.css(f"{tag}[{attribute}]"))}
            found = {value.strip() for value in found}
            named = {r.value for r in ours.references if r.tag == tag and r.attribute == attribute}
            assert named == found, f"{file}: {tag} {attribute}"
