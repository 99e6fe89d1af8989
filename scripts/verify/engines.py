"""The three engines that readers' browsers have, each driven by what is at hand, behind one small interface."""

import base64
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import websocket
from playwright.sync_api import Error, Page, sync_playwright
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from browsers import launch_options, provide_browser

# What Debian calls them.
PACKAGES = {"webkit": ("webkit2gtk-driver", "xvfb"), "firefox": ("firefox-esr",), "chromium": ("chromium",)}
# Keys by the names that pages use, as WebDriver's code points (https://www.w3.org/TR/webdriver2/#keyboard-actions).
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "ArrowUp": "\ue013", "ArrowDown": "\ue015"}
PATIENCE = 60
# What the drivers raise where a page goes away while it is being asked.
LEFT = (Error, WebDriverException, RuntimeError)


class Window(Protocol):
    """A browser's window: what a walk can do with it."""

    def open(self, address: str) -> None:
        """Go to an address, and wait until the page has loaded."""

    def run(self, code: str) -> str:
        """The text that this JavaScript, the body of an async function, returns."""

    def press(self, *keys: str) -> None:
        """Press keys one after the other: letters, or names such as Enter."""

    def resize(self, width: int, height: int) -> None:
        """Make the page this large."""

    def picture(self, file: Path) -> None:
        """Write what the window shows to a PNG file."""


class PlaywrightWindow:
    """Chromium from the system, or Playwright's own build of any of the three."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        self.page.goto(address)

    def run(self, code: str) -> str:
        return self.page.evaluate(f"async () => {{ {code} }}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def picture(self, file: Path) -> None:
        self.page.screenshot(path=file)


class WebKitWindow:
    """WebKitGTK's MiniBrowser, driven through WebKitWebDriver."""

    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self.driver = driver
        driver.set_script_timeout(PATIENCE)

    def open(self, address: str) -> None:
        self.driver.get(address)

    def run(self, code: str) -> str:
        done = "arguments[arguments.length - 1]"
        return self.driver.execute_async_script(f"(async () => {{ {code} }})().then({done}, {done})")

    def press(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self.driver, duration=0).send_keys(KEYS.get(key, key)).perform()

    def resize(self, width: int, height: int) -> None:
        self.driver.set_window_size(width, height)

    def picture(self, file: Path) -> None:
        self.driver.save_screenshot(str(file))


class FirefoxWindow:
    """The system's Firefox, asked in WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/), which it speaks itself."""

    def __init__(self, address: str) -> None:
        self.line = websocket.create_connection(address + "/session", suppress_origin=True, timeout=PATIENCE)
        self.numbers = itertools.count(1)
        self.ask("session.new", capabilities={})
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **what: object) -> dict:
        """Send one command and wait for its answer. Raises RuntimeError where Firefox refuses it."""
        number = next(self.numbers)
        self.line.send(json.dumps({"id": number, "method": method, "params": what}))
        while True:
            answer = json.loads(self.line.recv())
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return answer["result"]

    def open(self, address: str) -> None:
        # Firefox never says that a page is complete which leads on at once, so this looks for itself.
        self.run("window.left = true; return ''")
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="none")
        for _ in range(PATIENCE * 20):
            if self.run("return window.left || document.readyState") == "complete":
                return
            time.sleep(0.05)

    def run(self, code: str) -> str:
        told = self.ask(
            "script.evaluate",
            expression=f"(async () => {{ {code} }})()",
            target={"context": self.context},
            awaitPromise=True,
            userActivation=True,
        )
        return told["result"].get("value", "") if told["type"] == "success" else told["exceptionDetails"]["text"]

    def press(self, *keys: str) -> None:
        strokes = [{"type": way, "value": KEYS.get(key, key)} for key in keys for way in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keys", "actions": strokes}]
        self.ask("input.performActions", context=self.context, actions=actions)

    def resize(self, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        self.ask("browsingContext.setViewport", context=self.context, viewport=viewport)

    def picture(self, file: Path) -> None:
        data = self.ask("browsingContext.captureScreenshot", context=self.context)["data"]
        file.write_bytes(base64.b64decode(data))


@contextmanager
def window(name: str) -> Iterator[Window | None]:
    """A window of the engine of this name, closed at the end; None where it is not here and cannot be installed."""
    get(name)
    ways = {"webkit": webkit, "firefox": firefox, "chromium": chromium}
    with ways[name]() as found:
        if found is not None:
            yield found
            return
    with own(name) as found:
        yield found


def get(name: str) -> None:
    """Install what is missing, as root on Debian; elsewhere nothing happens."""
    there = {"webkit": shutil.which("WebKitWebDriver") and shutil.which("Xvfb"), "firefox": firefox_program()}
    if name == "chromium":
        provide_browser()
    elif not there[name] and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"Installing Debian's {' and '.join(PACKAGES[name])} …", flush=True)
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES[name]]):
            subprocess.run(["apt-get", *words], check=False, stdout=subprocess.DEVNULL)


@contextmanager
def chromium() -> Iterator[Window | None]:
    """The system's Chromium, or Playwright's."""
    found = provide_browser()
    if found is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options(found))
        yield PlaywrightWindow(browser.new_page(locale="en-GB"))
        browser.close()


@contextmanager
def own(name: str) -> Iterator[Window | None]:
    """Playwright's own build of an engine, where it has been fetched."""
    with sync_playwright() as playwright:
        try:
            browser = getattr(playwright, name).launch()
        except Error:
            yield None
            return
        yield PlaywrightWindow(browser.new_page(locale="en-GB"))
        browser.close()


def mini_browser() -> Path | None:
    """WebKitGTK's own small browser, which WebKitWebDriver drives."""
    return next(iter(sorted(Path("/usr").glob("lib*/**/webkit2gtk-4*/MiniBrowser"), reverse=True)), None)


@contextmanager
def webkit() -> Iterator[Window | None]:
    """WebKitGTK, on a screen of its own that nobody sees."""
    driver, browser, screen = shutil.which("WebKitWebDriver"), mini_browser(), shutil.which("Xvfb")
    if not (driver and browser and screen):
        yield None
        return
    read, write = os.pipe()
    with subprocess.Popen(
        [screen, "-displayfd", str(write), "-screen", "0", "1600x1200x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    ) as shown:
        try:
            os.close(write)
            display = ":" + os.read(read, 20).decode().strip()
            options = Options()
            options.binary_location = str(browser)
            for word in ("--automation", "--full-screen"):  # its own furniture would keep it wider than a phone
                options.add_argument(word)
            service = Service(driver, env=os.environ | {"DISPLAY": display})
            try:
                driven = webdriver.WebKitGTK(options=options, service=service)
            except WebDriverException:
                yield None
                return
            yield WebKitWindow(driven)
            driven.quit()
        finally:
            shown.terminate()


def firefox_program() -> str | None:
    """The path of the system's Firefox, or None."""
    mac = "/Applications/Firefox.app/Contents/MacOS/firefox"
    return shutil.which("firefox-esr") or shutil.which("firefox") or shutil.which(mac)


@contextmanager
def firefox() -> Iterator[Window | None]:
    """The system's Firefox, without a window on the screen, in a profile of its own."""
    program = firefox_program()
    if not program:
        yield None
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        log = Path(profile) / "said"
        command = [program, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile]
        with log.open("w") as said, subprocess.Popen(command, stdout=said, stderr=said) as running:
            try:
                address = None
                for _ in range(PATIENCE * 10):
                    if address := re.search(r"listening on (ws://\S+)", log.read_text("utf-8", "replace")):
                        break
                    time.sleep(0.1)
                yield FirefoxWindow(address[1]) if address else None
            finally:
                running.terminate()
