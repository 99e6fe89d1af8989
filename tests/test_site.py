"""The site as it stands, judged by its own checker: the one test that words and settings may turn red."""

from pathlib import Path

import pytest

import check


def test_check_finds_nothing_wrong_in_the_pages_the_settings_and_the_built_site(
    root: Path, request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]
) -> None:
    """What `run.py check` would name to an editor, line by line, stops a release. A fault that no test saw would reach readers."""
    docs = ["--docs", str(root / "docs")]
    code = check.main([*docs, "--sources-only"])
    if not code:  # a page with a fault may keep the site from being built, and the fault is what an editor has to know
        capfd.readouterr()
        code = check.main([*docs, "--site", str(request.getfixturevalue("own_site"))])
    if code:
        said = capfd.readouterr()
        pytest.fail(said.out + said.err, pytrace=False)
