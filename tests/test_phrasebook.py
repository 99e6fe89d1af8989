"""The phrasebook: every moment of every lesson, found, shared, copied, printed."""

import re
from pathlib import Path

import yaml
from playwright.sync_api import Browser, Page, expect

from readers import collect_errors, curly, hindrances, shift, walk_to, wider_than_window


def moments(course: Path) -> dict[str, dict]:
    """The moments of the lessons' front matter, by the id that each has in the phrasebook."""
    found = {}
    for file in sorted(course.glob("docs/*/*.md")):
        meta = yaml.safe_load(file.read_text("utf-8").split("---\n")[1])
        for number, moment in enumerate(meta.get("moments", []), 1):
            found[f"{file.stem}-{number}"] = moment
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


def test_typing_and_speaker_narrow_it_down(page: Page, server: str, course: Path) -> None:
    """Ten seconds before a call one finds the sentence, whatever the capitals or apostrophes."""
    errors = collect_errors(page)
    page.goto(server + "phrasebook/")
    wanted = moments(course)
    page.get_by_role("radio", name="Talent team").check()
    assert set(shown(page)) == {name for name, moment in wanted.items() if moment["speaker"] == "talent team"}
    page.get_by_role("radio", name="Anyone").check()
    page.get_by_label("Find a phrase by its words").fill("FIVE rounds it's policy")
    assert shown(page) == ["push-back-2"]
    expect(page.locator(".found [role=status]")).to_have_text(f"1 of {len(wanted)} phrases")
    assert page.locator(".situation h2:visible").count() == 1
    page.get_by_label("Find a phrase by its words").fill("zebra")
    expect(page.locator(".found [role=status]")).to_contain_text("No phrase fits.")
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_label("Find a phrase by its words")).to_be_focused()
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    assert len(shown(page)) == len(wanted)
    assert errors == []


def test_a_link_leads_to_its_one_phrase(page: Page, server: str) -> None:
    """A shared link shows the phrase even where a search had hidden it."""
    page.goto(server + "phrasebook/#cut-once-1")
    expect(page.locator("#cut-once-1")).to_be_in_viewport()
    page.get_by_label("Find a phrase by its words").fill("zebra")
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
        page.locator(f"#{name}").get_by_role("button").click()
        expect(page.locator(f"#{name}").get_by_role("button")).to_have_text("Copied")
        lines = page.evaluate("navigator.clipboard.readText()").split("\n")
        assert lines[0] == curly(wanted[name]["strong"])
        assert lines[1:] == ([f"(Say it {curly(wanted[name]['only_if'])}.)"] if name == bound else [])
    expect(page.locator(f"#{bound}").get_by_role("button")).to_have_text("Copy the answer")
    page.get_by_role("link", name="Copy link to this phrase").first.wait_for()
    page.locator(f"#{bound} .share").click()
    expect(page.locator(f"#{bound} .share")).to_have_text("Link copied to this phrase")
    expect(page.get_by_text("The link is copied.")).to_be_attached()
    assert page.evaluate("navigator.clipboard.readText()") == f"{server}phrases/{bound}/"


def test_copying_works_where_the_clipboard_is_closed_to_scripts(page: Page, server: str) -> None:
    """Old browsers and pages on a disk have only the selection to copy with."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(server + "phrasebook/")
    page.evaluate("addEventListener('copy', () => { window.copied = document.activeElement.value; })")
    page.locator("#cut-once-1").get_by_role("button").click()
    expect(page.locator("#cut-once-1").get_by_role("button")).to_have_text("Copied")
    assert page.evaluate("window.copied").startswith(page.locator("#cut-once-1 .strong-answer q").text_content())


def test_it_works_by_keyboard(page: Page, server: str) -> None:
    """Field, speakers and the first copy button are reached with Tab, in the order one sees them."""
    page.goto(server + "phrasebook/")
    walk_to(page, "#phrase-words")
    page.keyboard.type("rounds")
    walk_to(page, "input[name=speaker]", 1)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Client")).to_be_checked()
    walk_to(page, ".found button", 1)
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("Tab")
    walk_to(page, ".phrase button", 5)


def test_it_prints_as_a_desk_card_of_what_was_found(page: Page, server: str) -> None:
    """On the desk one needs what they say, what to say and when it is true, and only the phrases one chose."""
    page.goto(server + "phrasebook/")
    page.get_by_label("Find a phrase by its words").fill("five rounds")
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
    expect(page.locator(".phrases button")).to_have_count(0)
    context.close()


def test_it_fits_a_phone_stays_still_and_shuts_nobody_out(page: Page, server: str) -> None:
    """At 320 px nothing is cut off; nothing moves while it loads; axe finds nothing in either scheme."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(server + "phrasebook/")
    assert shift(page) == 0
    assert not wider_than_window(page)
    page.goto(server + "phrasebook/#push-back-2")
    page.get_by_label("Find a phrase by its words").fill("five rounds")
    page.locator("#push-back-2").get_by_role("button").click()
    assert hindrances(page, ".filter", "#push-back-2") == []
    page.get_by_label("Find a phrase by its words").fill("zebra")
    assert hindrances(page, ".filter") == []
