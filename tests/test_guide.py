"""The guide and the README say what is true: every command, field, rule and path in them is there."""

import re
from pathlib import Path

import pytest

from checker import built  # noqa: F401  (it enters a rule of its own)
from checker.contract import fields
from checker.run import all_rules
from editing.new import KINDS
from run import TASKS

GUIDES = ("README.md", "CONTRIBUTING.md")


def guide(root: Path, name: str) -> str:
    """The text of a guide."""
    return (root / name).read_text("utf-8")


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_in_a_guide_is_one_of_the_launchers(root: Path, name: str) -> None:
    """A guide that names a command which is not there ends a beginner's first day."""
    named = set(re.findall(r"run\.py ([a-z]+)", guide(root, name)))
    assert named
    assert named <= {*TASKS, "help"}
    kinds = set(re.findall(r"run\.py new ([a-z]+)", guide(root, name)))
    assert kinds <= set(KINDS)


def test_the_guide_names_every_field(root: Path) -> None:
    """A field that the guide forgets is one that nobody dares to fill."""
    text = guide(root, "CONTRIBUTING.md")
    assert [field for field in fields() if f"`{field}`" not in text] == []


def test_the_guide_says_how_to_mend_what_each_rule_finds(root: Path) -> None:
    """A message is of use only to someone who knows what to do about it."""
    text = guide(root, "CONTRIBUTING.md")
    assert [rule for rule in all_rules() if f"`{rule}`" not in text] == []
    assert [name for name, rule in all_rules().items() if not rule.fix] == [], "say in @rule(…, fix=…) what to do"


@pytest.mark.parametrize("name", GUIDES)
def test_every_path_in_a_guide_is_there(root: Path, name: str) -> None:
    """People open what they read about."""
    text = re.sub(r"<!-- rules:.*?<!-- end of rules -->", "", guide(root, name), flags=re.S)
    linked = [
        to
        for to in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
        if not re.match(r"[a-z]+:|\.\./(glossary|evidence|recruiters)|cut-once|cash-weeks", to)
    ]
    named = re.findall(r"`((?:scripts|overrides|tests|\.github)/[\w./-]*)`", text)
    # Pages come and go with the editors' work; examples in the guide need not be among them.
    missing = [path for path in {*linked, *named} if not path.startswith("docs/") and not (root / path).exists()]
    assert missing == []


@pytest.mark.parametrize("name", GUIDES)
def test_every_heading_that_a_guide_links_to_is_there(root: Path, name: str) -> None:
    """A link to nowhere in a guide is where beginners give up."""
    for to, anchor in re.findall(r"\]\(((?:README|CONTRIBUTING)\.md)?#([^)]*)\)", guide(root, name)):
        headings = re.findall(r"^#+ (.*)$", guide(root, to or name), re.M)
        assert anchor in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


def test_the_readme_gives_no_figure_without_its_command(root: Path) -> None:
    """A figure that nobody can measure again is a boast."""
    with_command = re.compile(r"^\|.*`[^`]*run\.py [^`]+` \|$", re.M)  # a row of a table that ends in the command
    prose = with_command.sub("", guide(root, "README.md"))
    prose = re.sub(r"```.*?```|`[^`]*`|\([^)]*\)", "", prose, flags=re.S)
    prose = re.sub(r"Python [\d.]+", "", prose)
    assert re.findall(r"\d+(?:\.\d+)? ?(?:s|ms|KB|MB|%|seconds?|pages|tests)\b", prose) == []
