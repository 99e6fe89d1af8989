"""The site as it stands. The only tests that words and settings may turn red; each says in which page and why."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

import check
from site_pages import read_pages
from visits import DESK, PHONE, Visit, Visitor, said


def test_check_finds_nothing_wrong(
    root: Path, request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]
) -> None:
    """What `run.py check` would name to an editor, line by line, stops a release. A fault that no test saw would reach
    the readers.
    """
    docs = ["--docs", str(root / "docs")]
    code = check.main([*docs, "--sources-only"])
    if not code:  # a fault in a page may keep the site from being built, and the fault is what an editor has to know
        capfd.readouterr()
        code = check.main([*docs, "--site", str(request.getfixturevalue("own_site"))])
    if code:
        found = capfd.readouterr()
        pytest.fail(found.out + found.err, pytrace=False)


@pytest.fixture(scope="module")
def visits(browser: Browser, own_server: str, own_site: Path) -> list[Visit]:
    """Every page as it stands, seen at a desk, with all that opens opened, and on a phone."""
    context = browser.new_context(locale="en-GB")
    visitor = Visitor(context.new_page(), own_server)
    found = []
    for one in read_pages(own_site):
        found += [visitor.see(one, DESK, "light"), visitor.see(one, PHONE)]
    context.close()
    return found


def test_each_page_opens_without_an_error_and_asks_nobody_else(visits: list[Visit]) -> None:
    """No error in any page, nothing that the security policy refuses, and no other host that learns who reads what."""
    assert said(visits, "errors") + said(visits, "foreign") + said(visits, "lacking") == []


def test_each_page_fits_a_phone_and_shuts_nobody_out(visits: list[Visit]) -> None:
    """No page has to be moved sideways at 320 px, and none has a fault that axe knows. One template is tested for each
    kind of page elsewhere; this is about what stands in it.
    """
    assert said(visits, "spills") + said(visits, "axe") == []
