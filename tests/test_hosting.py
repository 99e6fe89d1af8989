"""The files for hosts: the workflow and the server's configuration say what the project says."""

import re
from pathlib import Path

import pytest
import yaml

import run
from postprocess.policy import HEADERS, KEEP_FOR_GOOD

WORKFLOW = ".github/workflows/site.yml"
SERVER = "scripts/hosting/nginx.conf"


def steps(root: Path, *names: str) -> list[dict]:
    """The steps of the workflow's jobs, or of some of them."""
    jobs = yaml.safe_load((root / WORKFLOW).read_text("utf-8"))["jobs"]
    return [step for name, job in jobs.items() if name in names or not names for step in job["steps"]]


def test_the_workflow_runs_commands_that_exist(root: Path) -> None:
    """A renamed command would stop every change, or worse, test nothing."""
    commands = re.findall(r"python scripts/run\.py (\w+)", "\n".join(step.get("run", "") for step in steps(root)))
    assert {"check", "build", "test", "links", "verify"} == set(commands) <= run.TASKS.keys()


def test_actions_are_pinned_by_commit(root: Path) -> None:
    """A tag can be moved to other code by whoever takes over an action; a commit cannot."""
    used = re.findall(r"uses: (\S+)(.*)", (root / WORKFLOW).read_text("utf-8"))
    assert used
    for action, remark in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action) and re.fullmatch(r" # v\d+\.\d+\.\d+", remark), (
            action
        )


def test_only_the_job_that_runs_no_code_may_publish(root: Path) -> None:
    """A package that turned bad while the site is built must find no rights to use."""
    workflow = yaml.safe_load((root / WORKFLOW).read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert [name for name, job in workflow["jobs"].items() if "permissions" in job] == ["publish"]
    assert all("run" not in step and "checkout" not in step["uses"] for step in steps(root, "publish"))


def test_only_judged_changes_of_the_main_branch_are_published(root: Path) -> None:
    """A proposal from a stranger must not reach the readers."""
    publish = yaml.safe_load((root / WORKFLOW).read_text("utf-8"))["jobs"]["publish"]
    assert {"words", "test"} < set(publish["needs"])
    for words in ("refs/heads/main", "'push'", "needs.words.result == 'success'", "needs.test.result == 'success'"):
        assert words in publish["if"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ("docs/index.md\nmkdocs.yml\nREADME.md", False),
        ("docs/index.md\nscripts/build.py", True),
        (".github/workflows/site.yml", True),
        ("overrides/home.html", True),
        ("tests/course/docs/index.md", True),
    ],
)
def test_a_change_of_words_is_told_from_one_of_code(root: Path, changed: str, code: bool) -> None:
    """Writers must not wait for tests of code, and no change of code may pass for words."""
    script = next(step["run"] for step in steps(root, "kind") if "run" in step)
    pattern = re.search(r"grep -qvE '([^']+)'", script)[1]
    assert any(not re.search(pattern, line) for line in changed.splitlines()) == code


def test_the_scheduled_job_is_red_where_the_sign_up_is_gone(root: Path) -> None:
    """Other people's pages move and stop nobody; the way to the Academy is what the site is for."""
    jobs = yaml.safe_load((root / WORKFLOW).read_text("utf-8"))["jobs"]
    asking, links = jobs["links"]["steps"][-2:]
    assert "signup_url" in asking["run"] and "continue-on-error" not in asking
    assert links["continue-on-error"] is True
    assert jobs["links"]["if"] == "github.event_name == 'schedule'"
    found = re.search(r"sed -nE 's/(.*)/\\1/p'", asking["run"])[1]
    assert re.search(found.replace("\\/", "/"), (root / "mkdocs.yml").read_text("utf-8"), re.M)[1].startswith(
        "https://"
    )


def test_what_is_shipped_has_its_licence_named(root: Path) -> None:
    """Whoever passes the site on must know what it holds; a face without its licence may not be passed on."""
    licences = (root / ".github/LICENSES.md").read_text("utf-8")
    for text in (root / "overrides").rglob("*.txt"):
        assert text.name in licences, text


def test_the_server_sends_what_a_build_writes(root: Path, site: Path) -> None:
    """Two lists of the same headers drift apart: nginx takes in the one that belongs to the pages."""
    server = (root / SERVER).read_text("utf-8")
    assert "include /var/www/pushback/_headers.nginx;" in server and f'~^/assets/ "{KEEP_FOR_GOOD}";' in server
    for_nginx = dict(re.findall(r'add_header (\S+) "(.*)" always;', (site / "_headers.nginx").read_text("utf-8")))
    for_others = dict(re.findall(r"^  (\S+): (.*)", (site / "_headers").read_text("utf-8").split("/assets/*")[0], re.M))
    assert for_nginx == for_others and HEADERS.keys() < for_nginx.keys()
    assert "frame-ancestors 'none'" in for_nginx["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in for_nginx["Content-Security-Policy"]
