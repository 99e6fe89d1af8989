"""One visit to a page collects all that tests want to know of it, so that no page is opened twice for two questions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from site_pages import SitePage

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# WCAG 2.2, levels A and AA, and axe's own good practice. Of level AAA the contrast of 7:1, which
# finds everything that the rule of level AA would.
ALL_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
}
# The rules whose answer can differ between light and dark: nothing but colours differs there.
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast-enhanced", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
# Nothing to fetch again: pages have no frames, and no rule here reads stylesheets.
SPARE = {"preload": False, "iframes": False}
# A phone, which is also a desk's window at 400 %, and a desk.
PHONE, DESK = (320, 256), (1280, 800)
# How far a page may move while it loads, as layout shift: the site's own budget.
MOST_SHIFT = 0.01


def most_shift(kind: str) -> float:
    """How far a page of a kind may move where its faces come half a second late, which moves the ends of lines.

    The budget where people land; 0.06 leaves other kinds under two thirds of what Core Web Vitals call good (0.1).
    """
    return MOST_SHIFT if kind in ("home", "part", "lesson") else 0.06


# Opens whatever opens, and answers every question of a check, right and wrong.
OPEN_ALL = """() => {
  const closed = document.querySelectorAll("details:not([open]), [data-check] button.option");
  for (const part of closed) part.matches("details") ? part.open = true : part.click();
  return closed.length;
}"""
# How far the page goes beyond the window, and what sticks out or is cut off: the first few, by their beginnings.
SPILLS = """() => {
  const spills = [];
  const beyond = document.documentElement.scrollWidth - innerWidth;
  for (const part of document.querySelectorAll("body *")) {
    if (!part.checkVisibility() || part.closest(".unseen, .skip")) continue;
    const style = getComputedStyle(part);
    const box = part.getBoundingClientRect();
    const scrolls = part.parentElement.closest(".table, pre, dialog, .beside");
    if (beyond > 0 && box.right > innerWidth + 1 && !scrolls) spills.push(`sticks out: ${part.outerHTML.slice(0, 90)}`);
    const cuts = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
    const over = part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1;
    if (cuts && over && part.textContent.trim()) spills.push(`cut off: ${part.outerHTML.slice(0, 90)}`);
  }
  if (beyond > 0) spills.unshift(`${beyond} px too wide`);
  return spills.slice(0, 4);
}"""
# What can be pressed and is smaller than 24 px in either direction. Links in a line of text are let off, as WCAG does;
# a field is hit at its label too.
SMALL = """() => {
  const small = [];
  for (const part of document.querySelectorAll("a[href], button, input, select, summary, [role=button]")) {
    if (!part.checkVisibility({ visibilityProperty: true }) || part.matches(".skip")) continue;
    const target = part.labels?.[0] || part;
    const block = part.closest("p, li, td, th, dd, dt, figcaption, h1, h2, h3, blockquote, cite");
    const inText = part.matches("a") && getComputedStyle(part).display === "inline" && block
      && [...block.childNodes].some((node) => node !== part && !node.contains?.(part) && /\\w/.test(node.textContent)
        && !(node.nodeType === 1 && getComputedStyle(node).display === "block"));
    if (inText) continue;
    const boxes = [part, target].map((one) => one.getBoundingClientRect());
    const size = `${Math.round(boxes[1].width)} × ${Math.round(boxes[1].height)}`;
    if (!boxes.some((one) => one.width >= 24 && one.height >= 24)) small.push(`${size}: ${part.outerHTML.slice(0, 90)}`);
  }
  return small;
}"""
# By how much the page has moved under the reader.
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 30)));
})"""
# What moves by itself: animations, transitions, gliding scroll.
MOVING = """() => [...document.querySelectorAll("*")].filter((part) => {
  const style = getComputedStyle(part);
  return style.animationName !== "none" || !/^0s(, 0s)*$/.test(style.transitionDuration)
    || style.scrollBehavior !== "auto";
}).length + document.getAnimations().length"""
# Whether our styles, our faces, our scripts and every picture are there.
ARRIVED = """async () => {
  await document.fonts.ready;
  const lacking = [];
  if (getComputedStyle(document.body).getPropertyValue("--paper") === "") lacking.push("styles");
  if (![...document.fonts].some((face) => face.family.includes("Literata") && face.status === "loaded")) lacking.push("faces");
  if (!document.documentElement.classList.contains("js")) lacking.push("scripts");
  const pictures = [...document.images].filter((one) => one.checkVisibility());
  if (!pictures.every((one) => one.complete && one.naturalWidth > 0)) lacking.push("pictures");
  return lacking;
}"""


# What is far below may not be laid out yet, and then stands over what follows it: axe is to see it as one meets it.
LAY_OUT_ALL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(sheet);
}"""


@dataclass
class Visit:
    """What was seen of one page in one window: a list of sentences for each thing that may be wrong."""

    page: SitePage
    width: int
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    spills: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    moving: int = 0
    shift: float = 0
    opened: int = 0
    axe: list[str] = field(default_factory=list)


class Visitor:
    """Goes through pages in one window and notes what it sees."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.now: Visit | None = None
        page.on("console", lambda said: self.note(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.note(str(error)))
        page.on(
            "requestfailed", lambda asked: self.note(f"{asked.url} {asked.failure}") if lost(asked.failure) else None
        )
        page.on(
            "request", lambda asked: None if asked.url.startswith((server, "data:", "blob:")) else self.stray(asked.url)
        )

    def note(self, words: str) -> None:
        """An error of the page that is open."""
        if self.now is not None and not (self.now.page.kind == "404" and "status of 404" in words):
            self.now.errors.append(words)

    def stray(self, address: str) -> None:
        """A request to a host that is not ours."""
        if self.now is not None:
            self.now.foreign.append(address)

    def see(self, one: SitePage, window: tuple[int, int], *axe: str) -> Visit:
        """Open a page in a window of this size and collect; ask axe in the colour schemes given, with all opened."""
        self.page.set_viewport_size({"width": window[0], "height": window[1]})
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.now = seen = Visit(one, window[0])
        self.page.goto(self.server + one.address)
        seen.shift = self.page.evaluate(SHIFT)
        seen.lacking = self.page.evaluate(ARRIVED)
        seen.spills, seen.small = self.page.evaluate(SPILLS), self.page.evaluate(SMALL)
        seen.moving = self.page.evaluate(MOVING)
        if axe:
            seen.opened = self.page.evaluate(OPEN_ALL)
            seen.axe = violations(self.page, axe)
        return seen


def lost(failure: str | None) -> bool:
    """Whether a request failed by itself; one that ends with its page has not."""
    return failure != "net::ERR_ABORTED"


def violations(page: Page, schemes: Iterable[str], within: str = "html") -> list[str]:
    """What axe finds inside `within` in these colour schemes: a sentence each, with the elements.

    All rules in the first scheme; in the next those alone whose answer colours can change.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
        page.evaluate(LAY_OUT_ALL)
    lines = []
    for number, scheme in enumerate(schemes):
        page.emulate_media(color_scheme=scheme)
        # The page notices what has changed when it is next drawn.
        page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        found = page.evaluate(
            "([within, rules]) => axe.run([...document.querySelectorAll(within)], rules).then((it) => it.violations)",
            [within, (COLOUR_RULES if number else ALL_RULES) | SPARE],
        )
        for one in found:
            places = "; ".join(" ".join(node["target"]) for node in one["nodes"][:3])
            lines.append(f"{scheme}: {one['help']} ({one['id']}): {places}")
    return lines


def said(visits: Iterable[Visit], of: str) -> list[str]:
    """A line for each thing of one sort that was seen, with its page and width."""
    return [f"/{seen.page.address} at {seen.width} px: {line}" for seen in visits for line in getattr(seen, of)]
