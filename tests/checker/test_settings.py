"""What an owner decides in `mkdocs.yml` is judged like a page: at its line, and once."""

from pathlib import Path

import pytest

from checker import run
from checker.project import Project
from checker.rule import Diagnostic

SOUND = """\
site_name: Small
site_url: https://learn.small.com/course/
extra:
  publisher: independent
  academy:
    name: An Academy
    signup_url: https://academy.example/join/
    label: Sign up
    offer: >-
      Two courses, in full.
    answers:
      price: {text: It costs 20 pounds., checked: 2026-01-02, source: https://academy.example/price}
    tracking: true
    source: small
    campaign: small-campaign
  author: Ann
  contact: me@small.com
  affiliation: ""
"""


def faults(folder: Path, settings: str) -> list[str]:
    """What is wrong with settings, as line and message."""
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    found = run.sources(Project(folder / "docs"))
    return [f"{problem.line} {problem.message}" for problem in found if problem.rule.startswith("settings")]


@pytest.mark.parametrize(
    "change",
    [
        "",
        "site_url: https://learn.small.com",
        "site_url: http://small.com:8080/a/",
        "tracking: false",
        "contact: https://small.com/about/",
        "contact: mailto:me@small.com",
        'contact: ""',
        "publisher: academy",
        "signup_url: https://academy.example/join?plan=year",
        "own_thing: whatever the owner's own templates want",
    ],
)
def test_sound_settings_pass(change: str, tmp_path: Path) -> None:
    """An owner who sets the real address, or wants no tracking, must not be stopped."""
    assert faults(tmp_path, changed(change)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("site_url: http://localhost:8000/", "one's own machine"),
        ("site_url: https://192.168.0.4/", "one's own machine"),
        ("site_url: small.com", "no address on the web"),
        ("site_url: https://small.com/?a=b", "take out what begins with ?"),
        ("site_url: https://[::1/", "no address"),
        ("site_name: ''", "is empty"),
        ("publisher: savage", "it must be independent or academy"),
        ('signup_url: ""', "signup_url is empty"),
        ("signup_url: academy.example", "no address on the web"),
        ("signup_url: https://academy.example/?utm_source=x", "utm_ parameters"),
        ('tracking: "false"', "without quotation marks"),
        ("source: My Site", "lower case, digits and hyphens"),
        ("contact: hello@", "is no address"),
        ("contact: Ann", "is no address"),
        ("author: [Ann]", "must be a text"),
        ("host: academy.example", "host is no setting of academy"),
        ("price: {text: It costs 20., checked: 2999-01-02, source: https://a.example/}", "lies in the future"),
        ("price: {text: It costs 20., source: https://a.example/}", "checked is missing from price"),
        ("price: {text: It costs **20**., checked: 2026-01-02, source: https://a.example/}", "take out **"),
        ("affilation: We earn nothing.", "did you mean affiliation?"),
    ],
)
def test_a_wrong_setting_is_named_once_at_its_line(change: str, said: str, tmp_path: Path) -> None:
    """Blamed on thirty-three pages, a setting is looked for everywhere but where it stands."""
    settings = changed(change)
    found = faults(tmp_path, settings)
    assert len(found) == 1 and said in found[0], found
    assert found[0].startswith(f"{settings.split(change)[0].count(chr(10)) + 1} "), found


def test_markdown_in_the_offer_is_named(tmp_path: Path) -> None:
    """Readers would see the stars and brackets."""
    found = faults(tmp_path, SOUND.replace("Two courses", "[Two](https://x.example/) courses"))
    assert [line.split(" is shown")[0] for line in found] == ["9 offer"]


def changed(line: str) -> str:
    """The sound settings with one line in place of that of the same name, or new in its group."""
    name = line.split(":")[0]
    lines = SOUND.split("\n")
    old = [at for at, each in enumerate(lines) if each.strip().startswith(f"{name}:")]
    if old:
        at = old[0]
        lines[at] = lines[at][: len(lines[at]) - len(lines[at].lstrip())] + line
    elif line:
        at = next(
            at for at, each in enumerate(lines) if each.strip().startswith("name:" if name == "host" else "author:")
        )
        lines.insert(at, lines[at][: len(lines[at]) - len(lines[at].lstrip())] + line)
    return "\n".join(lines)


def test_pages_are_not_blamed_for_a_setting() -> None:
    """An address that is wrong in one line stands on fifty pages; fifty complaints would hide the one place to mend."""
    settings = [
        Diagnostic("mkdocs.yml", 83, 5, "signup_url is empty; write an address", "settings-value"),
        Diagnostic("mkdocs.yml", 122, 3, "contact is hello@, which is no address", "settings-value"),
    ]
    follow = [
        Diagnostic("site/a.html", None, None, "link inside the site carries utm_ parameters", "signup-internal"),
        Diagnostic("site/b.html", None, None, "“hello@” is no e-mail address", "link-mailto"),
    ]
    own = Diagnostic("docs/c.md", 7, 2, "“x@” is no e-mail address", "link-mailto")
    assert set(run.together(settings, [*follow, own])) == {*settings, own}
