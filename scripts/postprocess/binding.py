"""A whole part on one page, for print: put together from the built pages of its lessons.

The template prints a cover and a list of links, which is all that an engine alone gives. Where it leaves a place for
them, the lessons follow here: headings one level down, ids and links within the part turned to this page, what needs
a press left out, and the answers to the checks at the end.
"""

import posixpath
import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from postprocess.pages import Page

PLACE = '<div data-bind=""></div>'
PRESSED = "script, template, button, input, textarea, select, form, .needs-js, nav, .byline, [data-progress], [hidden]"
NAMING = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
ANSWERS = '<li><span class="number" aria-hidden="true"></span><a href="#answers">Answers to the checks</a></li>'


def bind(page: Page, find: Callable[[str], Page | None]) -> None:
    """Put the lessons that a page lists into the place it leaves for them; `find` gives a page by its address."""
    place, contents = page.tree.css_first("[data-bind]"), page.tree.css_first(".contents ol")
    if place is None or contents is None:
        return
    lessons: dict[str, Page] = {}
    for link in contents.css("a[href]"):
        address = posixpath.normpath(posixpath.join(page.address, link.attributes["href"] or "")) + "/"
        lesson = find(address)
        if lesson and lesson.tree.css_first("article[data-lesson]"):
            lessons[address] = lesson
            link.attrs["href"] = f"#{slug(address)}"
    bound, answers = [], []
    for number, (address, lesson) in enumerate(lessons.items(), 1):
        text, answer = one_lesson(lesson, set(lessons))
        bound.append(text)
        if answer:
            title = lesson.tree.css_first("article h1").inner_html or ""
            answers.append(f'<h3 id="{slug(address)}-answer">{number}. {title}</h3><ul>{answer}</ul>')
    if answers:
        end = "".join(answers)
        bound.append(
            '<section class="answers" aria-labelledby="answers"><h2 id="answers">Answers to the checks</h2>'
            f'<div class="prose">{end}</div></section>'
        )
        contents.last_child.insert_after(LexborHTMLParser(f"<ol>{ANSWERS}</ol>").css_first("li"))
    page.tree = LexborHTMLParser((page.tree.html or "").replace(PLACE, "".join(bound)))


def slug(address: str) -> str:
    """The last name of an address: cut-once for owners/cut-once/."""
    return address.strip("/").rpartition("/")[2]


def one_lesson(lesson: Page, bound: set[str]) -> tuple[str, str]:
    """A lesson as it stands in its part, and the answers to its check as list items; `bound` are the part's lessons."""
    here = slug(lesson.address)
    article = LexborHTMLParser(lesson.tree.css_first("article[data-lesson]").html or "").css_first("article")
    answer = answers_of(article, here)
    for node in article.css(PRESSED):
        node.decompose()
    for node in article.css("*"):
        turn(node, here, lesson.address, bound)
    article.css_first("h1").attrs["id"] = here
    html = re.sub(r"<(/?)h([1-4])\b", lambda found: f"<{found[1]}h{int(found[2]) + 1}", article.inner_html or "")
    for old, new in (("details", "div"), ("summary", "p")):
        html = re.sub(rf"<(/?){old}\b", rf"<\1{new}", html)
    return f'<article class="bound" aria-labelledby="{here}">{html}</article>', answer


def answers_of(article: LexborNode, here: str) -> str:
    """Take the answers out of a lesson's check, and leave a link to where they stand; return them, lettered."""
    details = article.css_first("[data-check] details")
    if details is None:
        return ""
    items = [f"<li>{item.inner_html}</li>" for item in details.css("li")]
    lettered = [item.replace("<b>", f"<b>{letter}. ", 1) for letter, item in zip("ABCDEFGH", items, strict=False)]
    link = f'<p class="kicker"><a href="#{here}-answer">The answer and the reasons stand at the end.</a></p>'
    details.replace_with(LexborHTMLParser(link).css_first("p"))
    for option in article.css("[data-right]"):
        del option.attrs["data-right"]
    return "".join(lettered)


def turn(node: LexborNode, here: str, address: str, bound: set[str]) -> None:
    """Turn the ids of one element, and what it refers to, to the page that holds the whole part."""
    if node.tag == "section" and "aria-labelledby" in node.attributes:
        del node.attrs["aria-labelledby"]  # ten sections of one name are no landmarks
    for name, value in list(node.attributes.items()):
        value = value or ""
        if name == "id":
            node.attrs[name] = f"{here}-{value}"
        elif name in NAMING:
            node.attrs[name] = " ".join(f"{here}-{word}" for word in value.split())
        elif name in ("href", "xlink:href") and value.startswith("#"):
            node.attrs[name] = value if value == f"#{here}-answer" else f"#{here}-{value[1:]}"
        elif name == "href" and not re.match(r"[a-z][a-z0-9+.-]*:|/", value, re.I):
            path, _, fragment = value.partition("#")
            target = posixpath.normpath(posixpath.join(address, path)) + "/"
            if target in bound:
                node.attrs[name] = f"#{slug(target)}-{fragment}" if fragment else f"#{slug(target)}"
        elif "url(#" in value:
            node.attrs[name] = value.replace("url(#", f"url(#{here}-")
