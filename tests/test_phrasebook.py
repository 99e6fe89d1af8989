"""The phrasebook: every moment of every lesson, found, shared, copied, printed."""

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from readers import collect_errors, curly, hindrances, shift, walk_to, wider_than_window


def moments(course: Path) -> dict[str, dict]:
    """The moments of the lessons' front matter, by the id that each has in the phrasebook."""
    found = {}
    for file in sorted(course.glob("docs/*/*.md")):
        meta = yaml.safe_load(file.read_text("utf-8").split("---\n")[1])
        for moment in meta.get("moments", []):
            found[moment["id"]] = moment | {"tags": meta.get("tags", []), "part": file.parent.name, "lesson": file.stem}
    return found


def shown(page: Page) -> list[str]:
    """The ids of the phrases that can be seen."""
    return page.eval_on_selector_all(
        ".phrase", "all => all.filter((one) => one.checkVisibility()).map((one) => one.id)"
    )


def test_it_holds_every_moment_word_for_word(page: Page, server: str, course: Path) -> None:
    """The words have one home, the lesson. A second copy would drift, and a lost one could not be found."""
    page.goto(server + "phrasebook/")
    phrases = page.eval_on_selector_all(
        ".phrase",
        """all => Object.fromEntries(all.map((one) => [one.id, {
        speaker: one.querySelector(".they b").textContent.toLowerCase(),
        they_say: one.querySelector(".they q").textContent,
        weak: one.querySelector(".weak-answer q").textContent,
        strong: one.querySelector(".strong-answer q").textContent,
        why: one.querySelector(".because").textContent,
        only_if: one.querySelector(".condition")?.textContent.replace("Say it ", ""),
    }]))""",
    )
    wanted = moments(course)
    assert sorted(phrases) == sorted(wanted)
    for name, moment in wanted.items():
        for field, value in phrases[name].items():
            assert (value or "") == curly(moment.get(field, "")), f"{field} of {name}"


def test_phrases_stand_under_their_situation(page: Page, server: str, course: Path) -> None:
    """Somebody who is on the phone about a fee looks under the fee."""
    page.goto(server + "phrasebook/")
    groups = page.eval_on_selector_all(
        ".situation",
        """all => all.map((one) =>
        [one.querySelector("h2").id, [...one.querySelectorAll(".phrase")].map((phrase) => phrase.id)])""",
    )
    wanted = moments(course)
    assert {name for name, _ in groups} == {moment["situation"] for moment in wanted.values()}
    for situation, names in groups:
        assert {wanted[name]["situation"] for name in names} == {situation}
    links = page.eval_on_selector_all(".situations a", "all => all.map((one) => one.hash.slice(1))")
    assert links == [name for name, _ in groups]


def find(page: Page, words: str) -> None:
    page.get_by_label("Find a phrase by its words").fill(words)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))")


def test_typing_and_choosing_narrow_it_down(page: Page, server: str, course: Path) -> None:
    """Ten seconds before a call one finds the sentence, whatever the capitals or apostrophes."""
    errors = collect_errors(page)
    page.goto(server + "phrasebook/")
    wanted = moments(course)
    page.get_by_label("Who says it").select_option("Talent team")
    assert set(shown(page)) == {name for name, moment in wanted.items() if moment["speaker"] == "talent team"}
    page.get_by_label("Who says it").select_option("")
    page.get_by_label("Which part").select_option("owners")
    assert set(shown(page)) == {name for name, moment in wanted.items() if moment["part"] == "owners"}
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Which lesson").select_option("owners/cut-once/")
    assert set(shown(page)) == {name for name, moment in wanted.items() if moment["lesson"] == "cut-once"}
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("link", name="The fee").click()
    assert set(shown(page)) == {name for name, moment in wanted.items() if moment["situation"] == "fee"}
    expect(page.get_by_role("link", name="The fee")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="The fee").click()
    find(page, "FIVE rounds it's policy")
    assert shown(page) == ["push-back-2"]
    expect(page.locator(".found [role=status]")).to_have_text(f"1 of {len(wanted)} phrases")
    assert page.locator(".situation h2:visible").count() == 1
    find(page, "zebra")
    expect(page.locator(".found [role=status]")).to_contain_text("No phrase fits.")
    expect(page.get_by_role("button", name="Practise")).to_be_disabled()
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_label("Find a phrase by its words")).to_be_focused()
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    assert len(shown(page)) == len(wanted)
    assert errors == []


def test_words_are_found_by_their_beginnings_and_by_the_lessons_tags(page: Page, server: str, course: Path) -> None:
    """ "AI" means AI, not "again"; and a lesson's other names for a thing find what it says about it."""
    page.goto(server + "phrasebook/")
    wanted = moments(course)
    tag = next(tag for moment in wanted.values() for tag in moment["tags"] if " " not in tag)
    find(page, tag.upper())
    assert {name for name, moment in wanted.items() if tag in moment["tags"]} <= set(shown(page))
    find(page, tag[:-2])
    assert {name for name, moment in wanted.items() if tag in moment["tags"]} <= set(shown(page))
    first = page.locator(".phrase").first
    inside = first.locator(".strong-answer q").evaluate("q => q.textContent.match(/[a-z]{7,}/i)[0].slice(2)")
    find(page, inside + "zz")
    assert shown(page) == []
    # A short word that stands somewhere by itself means itself.
    phrase = page.locator(".phrase").nth(3)
    phrase.evaluate("phrase => { phrase.dataset.tags = 'AI'; phrase.id = 'about-ai'; }")
    page.evaluate("dispatchEvent(new StorageEvent('storage', { key: null }))")
    find(page, "AI")
    page.wait_for_function("() => document.querySelectorAll('.phrase:not([hidden])').length === 1")
    assert shown(page) == ["about-ai"]


def test_what_they_say_is_found_by_its_first_words(page: Page, server: str) -> None:
    """Those are the words that one remembers and types; the name before them and the quotation mark are no part of them."""
    page.goto(server + "phrasebook/")
    for number in range(3):
        phrase = page.locator(".phrase").nth(number)
        name = phrase.get_attribute("id")
        find(page, phrase.locator("q").first.inner_text()[:24])
        assert name in shown(page)
        find(page, "")


@pytest.mark.parametrize("hash", ["%", "%E0%A4%A", "nothing-here", "fee", ""])
def test_no_address_throws(page: Page, server: str, hash: str) -> None:
    """Links get cut off in mails; the book opens all the same."""
    errors = collect_errors(page)
    page.goto(server + "phrasebook/#" + hash)
    expect(page.locator(".phrase").first).to_be_visible()
    find(page, "zebra")
    page.evaluate("location.hash = '%'")
    page.wait_for_timeout(50)
    assert errors == []


def test_on_a_phone_the_first_phrase_is_on_the_first_screen_and_the_field_stays(browser: Browser, server: str) -> None:
    """Between two calls nobody scrolls past a preface, and typing must seem to do something."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(server + "phrasebook/")
    assert page.locator(".phrase .they").first.bounding_box()["y"] < 700
    first = page.locator(".phrase").first
    for part in (".weak-answer", ".because"):
        expect(first.locator(part)).to_be_hidden()
    first.get_by_role("button", name="The reason").tap()
    for part in (".weak-answer", ".because"):
        expect(first.locator(part)).to_be_visible()
    expect(first.get_by_role("button", name="The reason")).to_have_attribute("aria-expanded", "true")
    page.locator(".phrase").last.scroll_into_view_if_needed()
    field = page.get_by_label("Find a phrase by its words")
    expect(field).to_be_in_viewport()
    assert page.locator(".filter .line").bounding_box()["height"] < 80
    field.fill("five rounds")
    expect(page.locator(".phrase:visible")).to_have_count(1)
    expect(page.locator("#push-back-2 .they")).to_be_in_viewport()
    context.close()


def test_a_link_leads_to_its_one_phrase(page: Page, server: str) -> None:
    """A shared link shows the phrase even where a search had hidden it."""
    page.goto(server + "phrasebook/#cut-once-1")
    expect(page.locator("#cut-once-1")).to_be_in_viewport()
    find(page, "zebra")
    page.evaluate("location.hash = '#push-back-1'")
    expect(page.locator("#push-back-1")).to_be_in_viewport()


def test_copying_takes_the_condition_along(page: Page, server: str, course: Path) -> None:
    """An answer without its condition could make somebody say what is not true."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(server + "phrasebook/")
    wanted = moments(course)
    bound = next(name for name, moment in wanted.items() if "only_if" in moment)
    free = next(name for name, moment in wanted.items() if "only_if" not in moment)
    for name in (bound, free):
        page.locator(f"#{name} .copy").click()
        expect(page.locator(f"#{name} .copy")).to_have_text("Copied")
        lines = page.evaluate("navigator.clipboard.readText()").split("\n")
        assert lines[0] == curly(wanted[name]["strong"])
        assert lines[1:] == ([f"(Say it {curly(wanted[name]['only_if'])}.)"] if name == bound else [])
    expect(page.locator(f"#{bound} .copy")).to_have_text("Copy the answer")
    page.locator(f"#{bound} .share").click()
    expect(page.locator(f"#{bound} .share")).to_have_text("Link copied to this phrase")
    expect(page.get_by_text("The link is copied.")).to_be_attached()
    assert page.evaluate("navigator.clipboard.readText()") == f"{server}phrases/{bound}/"


def test_copying_works_where_the_clipboard_is_closed_to_scripts(page: Page, server: str) -> None:
    """Old browsers and pages on a disk have only the selection to copy with."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(server + "phrasebook/")
    page.evaluate("addEventListener('copy', () => { window.copied = document.activeElement.value; })")
    page.locator("#cut-once-1 .copy").click()
    expect(page.locator("#cut-once-1 .copy")).to_have_text("Copied")
    assert page.evaluate("window.copied").startswith(page.locator("#cut-once-1 .strong-answer q").text_content())


def test_it_works_by_keyboard(page: Page, server: str) -> None:
    """Field, choices and the first copy button are reached with Tab, in the order one sees them."""
    page.goto(server + "phrasebook/")
    walk_to(page, "#phrase-words")
    page.keyboard.type("rounds")
    walk_to(page, "[name=practise]", 1)
    walk_to(page, "[name=speaker]", 1)
    page.keyboard.press("ArrowDown")
    assert page.locator("[name=speaker]").input_value() == "client"
    page.keyboard.press("ArrowUp")
    walk_to(page, "[name=all]", 3)
    walk_to(page, ".situations a", 3)
    walk_to(page, ".copy", 20)


def test_each_button_is_told_apart_by_its_phrase(page: Page, server: str) -> None:
    """Seventy buttons of one name would be one button to whoever hears them."""
    page.goto(server + "phrasebook/")
    phrase = page.locator(".phrase").nth(2)
    expect(phrase.locator(".copy")).to_have_accessible_description(phrase.locator(".they q").text_content())


def test_it_prints_as_a_desk_card_of_what_was_found(page: Page, server: str) -> None:
    """On the desk one needs what they say, what to say and when it is true, and only the phrases one chose."""
    page.goto(server + "phrasebook/")
    find(page, "five rounds")
    found = shown(page)
    page.emulate_media(media="print")
    assert shown(page) == found
    phrase = page.locator("#push-back-2")
    for part in (".they", ".strong-answer", ".condition"):
        expect(phrase.locator(part)).to_be_visible()
    for part in (".weak-answer", ".because", ".from"):
        expect(phrase.locator(part)).to_be_hidden()
    expect(page.locator(".filter")).to_be_hidden()
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert pages == 1


def test_without_a_script_every_phrase_can_be_read(browser: Browser, server: str, course: Path) -> None:
    """The whole book is there, without a field that finds nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "phrasebook/")
    assert len(shown(page)) == len(moments(course))
    expect(page.locator(".filter")).to_be_hidden()
    expect(page.locator(".phrases button:visible")).to_have_count(0)
    assert page.locator(".phrase .weak-answer:visible").count() == len(moments(course))
    context.close()


def test_it_fits_a_phone_stays_still_and_shuts_nobody_out(page: Page, server: str) -> None:
    """At 320 px nothing is cut off; nothing moves while it loads; axe finds nothing in either scheme."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(server + "phrasebook/")
    assert shift(page) == 0
    assert not wider_than_window(page)
    page.goto(server + "phrasebook/#push-back-2")
    find(page, "five rounds")
    page.locator("#push-back-2 .copy").click()
    assert hindrances(page, ".filter", "#push-back-2") == []
    find(page, "zebra")
    assert hindrances(page, ".filter") == []
