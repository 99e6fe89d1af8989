"""The files for hosts: the workflow and the server's configuration say what the project says."""

import re
from pathlib import Path

import yaml

import run
from postprocess.policy import HEADERS, KEEP_FOR_GOOD

WORKFLOW = ".github/workflows/site.yml"
SERVER = "scripts/hosting/nginx.conf"


def test_the_workflow_runs_commands_that_exist(root: Path) -> None:
    """A renamed command would stop every change, or worse, test nothing."""
    jobs = yaml.safe_load((root / WORKFLOW).read_text("utf-8"))["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert "python3 scripts/run.py test" in commands
    for command in commands:
        name = re.fullmatch(r"python3 scripts/run\.py (\w+).*", command)[1]
        assert name in run.TASKS, command


def test_dead_links_elsewhere_never_stop_a_change(root: Path) -> None:
    """Other people's pages move on days when nobody here has time."""
    jobs = yaml.safe_load((root / WORKFLOW).read_text("utf-8"))["jobs"]
    assert jobs["links"]["continue-on-error"] is True
    assert jobs["links"]["if"] == "github.event_name == 'schedule'"
    assert "links" not in str(jobs["publish"]["needs"])


def test_only_tested_changes_of_the_main_branch_are_published(root: Path) -> None:
    """A proposal from a stranger must not reach the readers."""
    publish = yaml.safe_load((root / WORKFLOW).read_text("utf-8"))["jobs"]["publish"]
    assert publish["needs"] == "test"
    assert "refs/heads/main" in publish["if"] and "'push'" in publish["if"]


def test_the_server_sends_the_same_headers_as_the_hosts(root: Path) -> None:
    """Two lists of the same thing drift apart unless somebody compares them."""
    server = (root / SERVER).read_text("utf-8")
    for name, value in HEADERS.items():
        assert f'add_header {name} "{value}" always;' in server
    assert f'~^/assets/ "{KEEP_FOR_GOOD}";' in server


def test_the_server_sends_the_policy_that_a_build_writes(root: Path, own_site: Path) -> None:
    """A policy that lacks a template's script breaks every page; one that allows too much guards nothing."""
    wanted = re.search("Content-Security-Policy: (.*)", (own_site / "_headers").read_text("utf-8"))[1]
    line = f'    add_header Content-Security-Policy "{wanted}" always;'
    assert line in (root / SERVER).read_text("utf-8"), f"Put this line into {SERVER}:\n{line}"
