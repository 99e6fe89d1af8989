"""What many tests share: a small built course and the site as it stands, servers for both, and a browser."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from browsers import WHAT_TO_INSTALL, find_browser, launch_options
from course import write_course
from file_lock import file_lock
from site_server import serving

ROOT = Path(__file__).resolve().parent.parent
POLICY = "Content Security Policy"


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of one run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


def built(folder: Path, name: str, root: Callable[[], Path]) -> Path:
    """A built and finished site. Whoever asks first builds it from `root`; everyone else waits for that build."""
    out, log = folder / name, folder / f"{name}.log"
    with file_lock(folder / f"{name}.lock", wait="Waiting for the site to be built …"):
        if not log.exists():
            command = [sys.executable, ROOT / "scripts" / "build.py", "--root", root(), "--out", out]
            done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
            log.write_text(done.stdout + done.stderr, "utf-8")
    if not (out / "index.html").exists():
        pytest.fail(f"The site could not be built:\n{log.read_text('utf-8')}", pytrace=False)
    return out


@pytest.fixture(scope="session")
def course(shared_folder: Path) -> Path:
    """The folder of the small course that the tests are sure of, with its docs, overrides and settings."""
    with file_lock(shared_folder / "course.lock", wait="Waiting for the course to be written …"):
        if not (shared_folder / "course").exists():
            write_course(ROOT, shared_folder / "course")
    return shared_folder / "course"


@pytest.fixture(scope="session")
def site(shared_folder: Path, course: Path) -> Path:
    """The built small course. Its words are the tests' own, so that nobody's writing can break them."""
    return built(shared_folder, "site", lambda: course)


@pytest.fixture(scope="session")
def own_site(shared_folder: Path) -> Path:
    """The site as it stands, built. For what holds whatever an editor or owner writes."""
    return built(shared_folder, "own-site", lambda: ROOT)


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address, with a slash at its end, at which the built course is served."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def own_server(own_site: Path) -> Iterator[str]:
    """The address at which the site as it stands is served."""
    with serving(own_site) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, which drives the browser."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A headless browser. Without one the tests that need it fail, and say what to install."""
    found = find_browser(playwright)
    if found is None:
        pytest.fail(WHAT_TO_INSTALL, pytrace=False)
    browser = playwright.chromium.launch(**launch_options(found))
    yield browser
    browser.close()


class Tabs:
    """Lends one page after the other test, wiped in between: opening one costs as long as a short test."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.refused: list[str] = []
        self.open: Page | None = None

    def lend(self) -> Page:
        """A page 1280 px wide, light, without movement, in a profile in which nothing is kept."""
        if self.open is None:
            context = self.browser.new_context(locale="en-GB")
            context.on("console", lambda said: self.refused.append(said.text) if POLICY in said.text else None)
            self.open = context.new_page()
            # What is put before every later page cannot be taken back, so such a page is not lent again.
            for one in (self.open, context):
                one.add_init_script = self.once(one.add_init_script)
        self.open.set_viewport_size({"width": 1280, "height": 800})
        self.open.emulate_media(
            media="null", color_scheme="light", reduced_motion="reduce", forced_colors="null", contrast="null"
        )
        self.refused.clear()
        return self.open

    def once(self, add: Callable[..., None]) -> Callable[..., None]:
        """The method, which also sees to it that the page is thrown away after this test."""

        def noting(*arguments: object, **named: object) -> None:
            self.spoilt = True
            add(*arguments, **named)

        self.spoilt = False
        return noting

    def take_back(self) -> None:
        """Wipe what the test left; throw the page away where that cannot be done."""
        page, context = self.open, self.open.context
        try:
            for other in context.pages:
                if other is not page:
                    other.close()
            own_clock = "native code" not in page.evaluate("String(Date)")
            context.clear_permissions()
            page.unroute_all()
            page.mouse.move(0, 0)
            storage = context.new_cdp_session(page)
            storage.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
            storage.detach()
            page.goto("about:blank")
        except Error:
            own_clock = True  # or something else that no test meant to leave
        if self.spoilt or own_clock:
            context.close()
            self.open = None


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Iterator[Tabs]:
    """What lends pages to the tests of this worker."""
    yield Tabs(browser)


@pytest.fixture
def refused(tabs: Tabs) -> list[str]:
    """What the security policy has refused in this test's pages, filling as it goes."""
    return tabs.refused


@pytest.fixture
def page(tabs: Tabs, refused: list[str]) -> Iterator[Page]:
    """A wiped page in a profile of its own, 1280 px wide, light, without movement.

    A test fails where the security policy refused anything meanwhile: so the tests of the tools,
    together, walk through every feature under the policy.
    """
    yield tabs.lend()
    found = list(refused)
    tabs.take_back()
    assert found == [], "The security policy refused what a feature needs."
