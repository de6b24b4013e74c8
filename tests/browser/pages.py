"""Checks of a page in a journey: two widths, accessibility, and a screenshot."""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import CDPSession, ConsoleMessage, Error, Page

SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
PHONE = {"width": 360, "height": 740}
STAFF_PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
# The rules of axe-core that stand for WCAG 2.2, level A and AA, and the older versions it holds.
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# Listing the elements of rules that passed takes most of axe-core's time.
_LOOK_FOR = {"runOnly": {"type": "tag", "values": WCAG_22_AA}, "resultTypes": ["violations"]}
# The script is large, so it is read once for each document; of the findings, only what is wrong
# travels back.
_RUN_AXE = "(options) => axe.run(document, options).then((found) => found.violations)"


@dataclass
class Console:
    """What the browser complained about: any of it fails the test, except what was expected."""

    complaints: list[str] = field(default_factory=list)
    _expected: list[re.Pattern[str]] = field(default_factory=list)
    _expected_heard: int = 0
    _pages: list[Page] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to `page`: its console, its scripts and its requests."""
        page.on("console", self._heard)
        page.on("pageerror", self._failed)
        self._pages.append(page)

    @contextmanager
    def expecting(self, pattern: str, *, surely: bool = True) -> Iterator[None]:
        """Allow complaints that match `pattern` (a 403 page makes one, say) in this block.

        Fails when none came. A click returns before the answer of its form is there, so the
        end of the block waits for the complaint (at most a minute). Not `surely`: it may come
        or not, as where the page leaves for a place that isn't there.
        """
        expected = re.compile(pattern)
        before = self._expected_heard
        self._expected.append(expected)
        try:
            yield
            if surely:
                self._await_more_than(before, pattern)
        finally:
            self._expected.remove(expected)

    def _await_more_than(self, before: int, pattern: str) -> None:
        """Let the browser go on until it complained as expected after `before`."""
        for _ in range(600):
            if self._expected_heard > before:
                return
            # Playwright hands out the browser's events while a page waits.
            next(page for page in self._pages if not page.is_closed()).wait_for_timeout(100)
        pytest.fail(f"The browser was expected to complain of {pattern}, and did not.")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._note(f"{message.type}: {message.text}")

    def _failed(self, error: Error) -> None:
        self._note(f"script: {error}")

    def _note(self, complaint: str) -> None:
        if any(pattern.search(complaint) for pattern in self._expected):
            self._expected_heard += 1
        else:
            self.complaints.append(complaint)


def press(page: Page, button: str = "Verder") -> None:
    """Press a button and wait for the page that follows."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def choose_language(page: Page, name: str) -> None:
    """Read the page in another language: open the switch, press the language's own name."""
    switch = page.locator("details.vd-language > summary")
    if switch.count():
        switch.click()
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def violations(page: Page) -> list[str]:
    """Give axe-core's findings of WCAG 2.2 AA on the page as it is now, one line each."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{violation['id']}: {violation['help']} at {node['target']} {_short(node)}"
        for violation in page.evaluate(_RUN_AXE, _LOOK_FOR)
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> str:
    """Return what makes the page scroll sideways, or an empty string."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return "";
            const wide = [...document.querySelectorAll("body *")].filter(
                (element) => element.getBoundingClientRect().right > width + 1);
            return `${document.documentElement.scrollWidth} px on ${width} px: ` + wide.slice(0, 3)
                .map((element) => element.outerHTML.slice(0, 120)).join(" | ");
        }"""
    )


@dataclass
class Journey:
    """One journey's checks and pictures: `journey.check(page, "the-question")` on each page."""

    name: str
    phone: dict[str, int] = field(default_factory=lambda: PHONE)
    _count: int = 0
    _chromium: dict[Page, CDPSession] = field(default_factory=dict)

    def check(self, page: Page, step: str) -> None:
        """Check the page on a phone (360 px wide, or what the journey has) and at 1280 px.

        No violation of WCAG 2.2 AA that axe-core can find, and nothing that scrolls sideways.
        Both pictures stand in build/screenshots/JOURNEY/. The page keeps the width that it had.
        """
        self._count += 1
        # A click returns when the next page begins to load; wait until it is complete.
        page.wait_for_load_state()
        before = page.viewport_size
        findings: list[str] = []
        for size in (self.phone, DESK):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict of two ints
            # Scroll to the top: elsewhere the sticky header would cover part of the page.
            page.evaluate("window.scrollTo(0, 0)")
            findings += [f"{size['width']} px: {line}" for line in violations(page)]
            wide = overflow(page)
            if wide:
                findings.append(f"{size['width']} px: scrolls sideways: {wide}")
            self._picture(page, f"{self._count:02d}-{step}-{size['width']}.png")
        if before:
            page.set_viewport_size(before)
        assert not findings, f"{page.url}\n" + "\n".join(findings)

    def _picture(self, page: Page, name: str) -> None:
        folder = SCREENSHOTS / self.name
        folder.mkdir(parents=True, exist_ok=True)
        # Asked of Chromium itself, which packs the same picture in half the time of Playwright's
        # screenshot(): a little larger.
        if page not in self._chromium:
            self._chromium[page] = page.context.new_cdp_session(page)
        taken = self._chromium[page].send(
            "Page.captureScreenshot",
            {"format": "png", "captureBeyondViewport": True, "optimizeForSpeed": True},
        )
        (folder / name).write_bytes(base64.b64decode(taken["data"]))


def _short(node: dict[str, Any]) -> str:
    return re.sub(r"\s+", " ", node["html"])[:160] + " " + node.get("failureSummary", "")[:300]
