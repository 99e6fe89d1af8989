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


def test_the_server_sends_what_a_build_writes(root: Path, site: Path) -> None:
    """Two lists of the same headers drift apart: nginx takes in the one that belongs to the pages."""
    server = (root / SERVER).read_text("utf-8")
    assert "include /var/www/pushback/_headers.nginx;" in server and f'~^/assets/ "{KEEP_FOR_GOOD}";' in server
    for_nginx = dict(re.findall(r'add_header (\S+) "(.*)" always;', (site / "_headers.nginx").read_text("utf-8")))
    for_others = dict(re.findall(r"^  (\S+): (.*)", (site / "_headers").read_text("utf-8").split("/assets/*")[0], re.M))
    assert for_nginx == for_others and HEADERS.keys() < for_nginx.keys()
    assert "frame-ancestors 'none'" in for_nginx["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in for_nginx["Content-Security-Policy"]
