"""The slow jobs: what they conclude from what they are told."""

import json
import subprocess

import pytest

from verify.supply import judge

FINE = {"name": "fine", "version": "1", "vulns": []}
BAD = {"name": "bad", "version": "2", "vulns": [{"id": "CVE-1"}]}
SKIPPED = {"name": "unknown", "skip_reason": "the service does not answer"}


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([FINE], 0, "no known vulnerability"),
        ([FINE, BAD], 1, "bad 2: CVE-1"),
        ([FINE, SKIPPED], 2, "could not tell for unknown"),
        ([], 2, "could not tell for anything"),
        (None, 2, "could not tell, the vulnerability service does not answer (no network)"),
    ],
)
def test_a_package_that_was_not_asked_about_is_never_called_safe(
    packages: list[dict] | None, code: int, words: str
) -> None:
    """Without the service the audit once skipped everything and ended well: a release would have relied on it."""
    told = "" if packages is None else json.dumps({"dependencies": packages})
    assert judge(subprocess.CompletedProcess([], 0, told, "no network")) == (code, words)
