"""One walk through the site, for any browser: what a reader does, each step with what must come of it."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from verify.engines import LEFT, Window
from verify.job import kinds

PHONE, DESK = (390, 844), (1280, 900)
# Stands before the policy in every page of the copy that is walked through, so that the policy does not bind it.
COLLECT = """<script>window.faults = [];
const lost = (target) => "not loaded: " + (target.src ?? target.href);
addEventListener("error", ({ message, target }) => faults.push(message || lost(target)), true);
addEventListener("unhandledrejection", (it) => faults.push("" + it.reason));
addEventListener("securitypolicyviolation", (it) =>
  faults.push("refused: " + it.violatedDirective + " " + it.blockedURI));
console.error = (...words) => faults.push(words.join(" "));</script>"""
# What each step may use. `until` waits; whatever is thrown becomes the step's fault.
HELPERS = """
const $ = (part) => document.querySelector(part), $$ = (part) => [...document.querySelectorAll(part)];
const seen = (one) => Boolean(one) && one.checkVisibility();
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const until = async (what, words) => {
  for (let tries = 0; tries < 120; tries++) { const it = what(); if (it) return it; await pause(50); }
  throw words;
};
const press = async (part, words) => {
  const fits = (one) => seen(one) && one.textContent.includes(words);
  (await until(() => $$(part).find(fits), `there is no “${words}” to press`)).click();
};
const type = (field, text) => {
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.blur();
};
const kept = (name) => Object.keys(localStorage).filter((key) => key.startsWith("pushback." + name));
"""


class Step(NamedTuple):
    """Something that a reader does: what it is, on which page, keys to press first, and the code that does the rest."""

    what: str
    page: str
    code: str
    keys: tuple[str, ...] = ()


STEPS = (
    Step("the call on the front page answers", "home", """
        const replies = $$(".call input");
        if (replies.length !== 3) throw "there are not three replies";
        for (const [at, reply] of replies.entries()) {
          reply.click();
          await until(() => seen($$(".call .then")[at]), `reply ${at + 1} gets no answer`);
        }"""),
    Step("the check answers each option", "lesson", """
        await until(() => $("[data-check] button"), "the options are no buttons");
        for (const option of $$("[data-check] button")) option.click();
        await until(() => $$("[data-check] .verdict").every((one) => one.textContent.length > 10), "no verdict");"""),
    Step("the first slash opens search", "lesson", """
        await until(() => document.activeElement.type === "search", "the field has no focus");""", ("/",)),
    Step("search finds while one types", "", """
        await until(() => $(".search li a"), "nothing is found for “client”");""", tuple("client")),
    Step("arrow and Enter follow a result", "", """
        await until(() => !$("dialog[open]") && $("h1") && document.readyState === "complete", "no page is shown");""",
         ("ArrowDown", "Enter")),
    Step("a phrase is practised and rated", "practice", """
        await press("main button", "Begin");
        await press("main button", "Show");
        await press("main button", "I had it");
        await until(() => kept("practice").length, "the rating is not kept");"""),
    Step("an exercise takes and keeps one’s words", "exercise", """
        $("#your-turn").scrollIntoView();
        const field = await until(() => $(".exercise textarea"), "there is no field to write in");
        type(field, "My own words");
        $$(".exercise input[type=checkbox]").at(-1).click();
        await until(() => kept("turn.").length, "the words are not kept");"""),
    Step("the words of an exercise are there again", "exercise", """
        $("#your-turn").scrollIntoView();
        await until(() => $(".exercise textarea")?.value === "My own words", "they are gone");"""),
    Step("a sheet computes", "sheet", """
        $("[data-sheet]").scrollIntoView();
        await until(() => $("[data-sheet] input"), "there is no field for a figure");
        for (const field of $$("[data-sheet] input:not([type=checkbox])")) type(field, "2");
        await until(() => $("[data-sheet] [role=status]").textContent.length > 20, "it says nothing");"""),
    Step("the phrasebook is narrowed down by words", "phrasebook", """
        const all = $$(".phrase").length;
        type($("form.filter [type=search]"), $(".phrase q").textContent.slice(0, 24));
        const shown = () => $$(".phrase").filter(seen).length;
        await until(() => shown() && shown() < all, "the number of phrases stays");"""),
    Step("a lesson is marked as done", "lesson", """
        await press("button", "I did this");
        await until(() => kept("progress").length, "the mark is not kept");"""),
    Step("the front page shows what is done", "home", """
        await until(() => $(".done-mark"), "nothing is ticked");"""),
    Step("a choice of colours holds", "home", """
        const ground = () => getComputedStyle(document.documentElement).backgroundColor;
        const pick = (name) => $(`input[name=scheme][value=${name}]`).click();
        pick("light");
        const light = ground();
        pick("dark");
        await until(() => ground() !== light, "dark looks like light");"""),
    Step("the choice of colours is there on the next page", "page", """
        if (!$("input[name=scheme][value=dark]").checked) throw "it is forgotten";"""),
    Step("all that is kept is saved, erased and loaded again", "device", """
        const made = URL.createObjectURL;
        let blob;
        URL.createObjectURL = (it) => made.call(URL, blob = it);
        await press("#device-data button", "Save to a file");
        const text = await (await until(() => blob, "no file is made")).text();
        if (JSON.parse(text).site !== "pushback") throw "the file is not ours";
        await press("#device-data button", "Erase all of it");
        await press("#device-data button", "Yes, erase it");
        await until(() => !kept("").length, "something is still kept");
        const files = new DataTransfer(), field = $("#device-data input[type=file]");
        files.items.add(new File([text], "pushback.json", { type: "application/json" }));
        field.files = files.files;
        field.dispatchEvent(new Event("change"));
        await until(() => kept("progress").length && kept("practice").length, "the file is not loaded");"""),
    Step("an old address leads on", "redirect", """
        await until(() => !$("meta[http-equiv=refresh]") && $("h1"), "it does not");"""),
)  # fmt: skip
# Run on every page: errors, styles, faces, and whether it has to be moved sideways.
LOOK = """
await document.fonts.ready;
const ours = (face) => face.family.includes("Literata") && face.status === "loaded";
await until(() => [...document.fonts].some(ours), "its face did not arrive");
const found = faults.map((one) => "error: " + one);
if (!getComputedStyle(document.body).getPropertyValue("--paper")) found.push("the styles did not arrive");
if (document.documentElement.scrollWidth > innerWidth) found.push(
  `${document.documentElement.scrollWidth - innerWidth} px too wide`);
return found.join("; ");"""


def prepare(site: Path) -> dict[str, str]:
    """Let every page of a built site collect its errors; return the addresses to walk to, by what they are for."""
    addresses = kinds(site)
    addresses["lesson"] = next(address for kind, address in addresses.items() if kind.startswith("lesson-"))
    for file in sorted(site.rglob("*.html")):
        text = file.read_text("utf-8")
        address = file.relative_to(site).as_posix().removesuffix("index.html")
        if "/print/" not in address:  # there the tables are for a pen
            marks = {"sheet": "data-sheet=", "exercise": "data-exercise=", "device": "device-data"}
            if name := next((name for name, mark in marks.items() if mark in text), None):
                addresses.setdefault(name, address)
        file.write_text(text.replace("<meta http-equiv=", COLLECT + "<meta http-equiv=", 1), "utf-8")
        for packed in (".br", ".gz"):
            file.with_name(file.name + packed).unlink(missing_ok=True)
    return addresses


def ask(window: Window, code: str) -> str:
    """Run code with the helpers; return what it finds wrong, or nothing. One that leads on is asked where it led."""
    whole = f"try {{ {HELPERS} {code} return ''; }} catch (it) {{ return '' + (it?.message || it); }}"
    for _ in range(3):
        try:
            return window.run(whole) or ""
        except LEFT:
            time.sleep(0.5)
    return "the page is never still"


def walk(window: Window, server: str, addresses: dict[str, str]) -> Iterator[str]:
    """Go through the site in this window; a sentence for everything that is not as it should be."""
    for width in (PHONE, DESK):
        window.resize(*width)
        for kind, address in addresses.items():
            if kind != "redirect":
                window.open(server + address)
                if fault := ask(window, LOOK):
                    yield f"/{address} at {width[0]} px: {fault}"
        for step in STEPS:
            if step.page and step.page not in addresses:
                yield f"{step.what}: there is no page to try it on ({step.page})"
                continue
            if step.page:
                window.open(server + addresses[step.page])
            window.press(*step.keys)
            if fault := ask(window, step.code):
                yield f"{step.what}, at {width[0]} px: {fault}"
            if found := json.loads(window.run("return JSON.stringify(window.faults ?? [])")):
                yield f"{step.what}, at {width[0]} px: {'; '.join(found)}"
        window.open(server)
        window.run("localStorage.clear(); return ''")
