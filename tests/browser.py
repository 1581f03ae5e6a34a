"""The browser of the suite: Chromium, one per worker, which reaches nothing but this machine.

`python -m tests.browser` tells whether a browser can be had.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

SETTING = "ROADMAP_TEST_CHROMIUM"
NAMES = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)
PHONE = (360, 740)
DESK = (1280, 900)
PATIENCE_MS = 10_000

# The answers 4xx are part of what is tested; the browser calls them errors in its console.
EXPECTED = ("Failed to load resource: the server responded with a status of 4",)


class NotToBeHad(Exception):
    """No browser on this machine; the message says what to install."""


def chromium() -> str:
    """Find the browser: the one that is set, Debian's, or Playwright's own. Raises NotToBeHad."""
    for name in (os.environ.get(SETTING), *NAMES):
        if name and (found := shutil.which(name)):
            return found
    own = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    for path in sorted(own.glob("chromium*/chrome-*/*"), reverse=True):
        if path.name in {"chrome", "headless_shell", "chrome-headless-shell"} and os.access(path, os.X_OK):
            return str(path)
    message = f"no browser: install Debian's chromium, or set {SETTING}"
    raise NotToBeHad(message)


@contextmanager
def open_browser() -> "Iterator[Browser]":
    """Start the browser. Raises NotToBeHad."""
    executable = chromium()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Pages:
    """Opens pages, each in a context of its own, and remembers what went wrong in them.

    `page_of()` is a desk in daylight; `page_of(PHONE, js=False, theme="dark")` a telephone at night without script.
    Relative addresses (`page.goto("/")`) go to the live server of the test. What a page throws, what the content
    policy refuses and what the server breaks on (5xx) fails the test at its end; `expect(...)` takes a part of a
    message that the test provokes on purpose.
    """

    browser: "Browser"
    base_url: str | None = None
    troubles: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=lambda: list(EXPECTED))
    _contexts: "list[BrowserContext]" = field(default_factory=list)

    def __call__(
        self,
        viewport: tuple[int, int] = DESK,
        *,
        js: bool = True,
        theme: Literal["light", "dark"] = "light",
        **options: Any,
    ) -> "Page":
        """Open a new page; `options` go to Playwright's `new_context`."""
        context = self.browser.new_context(
            viewport={"width": viewport[0], "height": viewport[1]},
            java_script_enabled=js,
            color_scheme=theme,
            **{"base_url": self.base_url, "locale": "id-ID", "timezone_id": "Asia/Jakarta", **options},
        )
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))
        context.on("console", self._hear)
        context.on("response", self._look)
        return context.new_page()

    def expect(self, part: str) -> None:
        """Say that a message with this part is provoked on purpose."""
        self.expected.append(part)

    def close(self) -> list[str]:
        """Close every page; give the troubles that were not expected."""
        for context in self._contexts:
            context.close()
        return [trouble for trouble in self.troubles if not any(part in trouble for part in self.expected)]

    def _hear(self, message: "ConsoleMessage") -> None:
        if message.type == "error":
            self.troubles.append(f"console: {message.text} ({message.location.get('url')})")

    def _look(self, response: Any) -> None:
        if response.status >= 500:
            self.troubles.append(f"server: {response.status} {response.url}")


def barriers(page: "Page", *, within: str | None = None, leave_out: tuple[str, ...] = ()) -> list[str]:
    """Ask axe for what would stop somebody (WCAG 2.2 A and AA); `leave_out` names rules. `[]` is what one wants."""
    rules = {rule: {"enabled": False} for rule in leave_out}
    return _asked_of_axe(page, within, {"runOnly": WCAG_AA, "rules": rules})


def barriers_of_colour(page: "Page") -> list[str]:
    """Ask axe about colours alone: all that another theme changes on a page that was looked at."""
    return _asked_of_axe(page, None, {"runOnly": {"type": "rule", "values": RULES_OF_COLOUR}})


WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]


def _asked_of_axe(page: "Page", within: str | None, options: dict[str, Any]) -> list[str]:
    from axe_playwright_python.base import AXE_SCRIPT

    # A page is told once what axe is, however often it is asked; writing out what is in order took half the time.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "([where, options]) => axe.run(where ?? document, options)",
        [within, {"reporter": "no-passes", **options}],
    )
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]


if __name__ == "__main__":
    try:
        print(chromium())  # noqa: T201 - a command's answer
    except NotToBeHad as problem:
        sys.exit(str(problem))
