"""A new page is begun by one command, and nothing is ever overwritten."""

import datetime
import re
from pathlib import Path

import pytest

from checker import run as checks
from checker.contract import schema
from checker.project import Project
from checker.rules_body import HEADINGS
from editing import scaffold
from scratch_project import everything, run, write_scratch_project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project."""
    return write_scratch_project(tmp_path)


def test_a_new_lesson_has_every_field_with_its_description_above(root: Path) -> None:
    """A writer needs no other page to know what belongs where; a field left out would be found only by its absence."""
    assert run(root, "new", "lesson", "owners", "Know your three best clients") == 0
    text = (root / "docs/owners/know-your-three-best-clients.draft.md").read_text("utf-8")
    told = " ".join(re.sub(r"^\s*# ", "", line) for line in text.splitlines() if line.lstrip().startswith("# "))

    def look(fields: dict) -> None:
        for name, field in fields.items():
            if name in ("own_words", "author"):
                continue  # only what `import --part` takes in has them
            assert re.search(rf"^[ -]*{name}:", text, re.M), name
            assert field["description"] in told, name
            look(field.get("properties", {}))
            look(field.get("items", {}).get("properties", {}))

    look(schema()["$defs"]["lesson"]["properties"])
    assert f"updated: {datetime.date.today()}" in text


def test_a_new_lesson_has_the_five_headings_in_order(root: Path) -> None:
    """Five headings make a lesson; a writer should not have to look up their names."""
    run(root, "new", "lesson", "owners", "Know your three best clients")
    text = (root / "docs/owners/know-your-three-best-clients.draft.md").read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, re.M) == list(HEADINGS)


def test_check_names_each_thing_still_to_write_once(root: Path) -> None:
    """The list of what is left is the writer's plan for the day: complete, and nothing twice."""
    run(root, "new", "lesson", "owners", "Know your three best clients")
    found = [p for p in checks.sources(Project(root / "docs")) if p.path.endswith("clients.draft.md")]
    unwritten = [p for p in found if "still to be written" in p.message]
    text = (root / "docs/owners/know-your-three-best-clients.draft.md").read_text("utf-8")
    assert len(unwritten) == text.split("\n---\n")[0].count(scaffold.TO_FILL)
    assert len({(p.line, p.column) for p in unwritten}) == len(unwritten)
    assert {p.rule.split("-")[0] for p in found} <= {"meta", "prose"}
    assert not [
        p
        for p in found
        if p.rule in ("meta-yaml", "meta-missing", "meta-unknown", "meta-headings", "meta-blocks", "meta-html")
    ]


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("article", "docs/how-we-work.draft.md"),
        ("page", "docs/how-we-work.draft.md"),
        ("note", "docs/notes/how-we-work.draft.md"),
    ],
)
def test_other_kinds_of_page_begin_in_their_folder(root: Path, kind: str, path: str) -> None:
    """A page in the wrong folder would have the wrong address for ever."""
    assert run(root, "new", kind, "How we work") == 0
    assert f"template: {kind}.html" in (root / path).read_text("utf-8")


def test_the_next_steps_are_said(root: Path, capsys: pytest.CaptureFixture) -> None:
    """Whoever has just begun does not know what comes next."""
    run(root, "new", "page", "How we work")
    said = capsys.readouterr().out
    for step in (
        "docs/how-we-work.draft.md",
        "run.py serve",
        "how-we-work.draft/",
        "run.py check",
        "run.py publish",
    ):
        assert step in said


@pytest.mark.parametrize(
    "title", ["Fees: what to say & why", '\'Tis "time" to ask', "Yes", "No 5% off # ever", "- Ask [twice]"]
)
def test_a_title_with_marks_that_yaml_reads_otherwise_stays_as_it_is(root: Path, title: str) -> None:
    """A colon in a title must not break the page or change the title."""
    assert run(root, "new", "page", title) == 0
    site = Project(root / "docs")
    drafts = [page for page in site.pages if page.draft]
    assert [page.values.plain["title"] for page in drafts] == [title]
    assert not drafts[0].faults


BAD = [
    (["lesson", "owner", "Know your clients"], "There is no part 'owner'. Did you mean owners?"),
    (["lesson", "Know your clients"], "Say the part and the title"),
    (["page", "How", "we", "work"], "Put the title in quotation marks"),
    (["lesson", "owners", "Know"], "has 1 word, at least 2"),
    (["lesson", "owners", "Know your three best clients and the reasons why they keep on staying with you"], "at most"),
    (["lesson", "owners", "know your clients"], "must begin with a capital letter"),
    (["lesson", "owners", "Cut once, cut early"], "is also that of"),
    (["lesson", "owners", "Cut once"], "docs/owners/cut-once.md has this name already"),
    (["page", "Owners"], "docs/owners/index.md has this name already"),
    (["page", "会議の準備"], "--name"),
    (["page", "  "], "The title is empty"),
    (["page", "How we work", "--name", "How We"], "small letters a to z, figures and hyphens, such as how-we.md"),
    (["page", "How we work", "--name", "../../out"], "cannot be an address"),
    (["page", "How we work", "--name", "con"], "cannot be a file on Windows"),
]


@pytest.mark.parametrize(("words", "sentence"), BAD, ids=[" ".join(words)[:40] for words, _ in BAD])
def test_what_cannot_be_begun_gets_one_sentence_and_changes_nothing(
    root: Path, capsys: pytest.CaptureFixture, words: list[str], sentence: str
) -> None:
    """A mistyped command must cost nothing and say what to do instead."""
    before = everything(root)
    assert run(root, "new", *words) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert everything(root) == before


def test_a_draft_is_never_overwritten(root: Path) -> None:
    """A morning's writing must survive the same command typed twice."""
    run(root, "new", "page", "How we work")
    (root / "docs/how-we-work.draft.md").write_text("mine", "utf-8")
    assert run(root, "new", "page", "How we work!") == 1
    assert (root / "docs/how-we-work.draft.md").read_text("utf-8") == "mine"


def test_a_name_is_made_of_letters_that_every_address_has(root: Path) -> None:
    """Accents are common in titles and trouble in addresses."""
    assert run(root, "new", "page", "Déjà vu: Zoë's café, 2 für 1") == 0
    assert (root / "docs/deja-vu-zoes-cafe-2-fur-1.draft.md").exists()
