"""The browser tests' own machinery finds what it is there to find."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import DESK, PHONE, Console, Journey, overflow, violations


@pytest.fixture
def blank(browser: Browser) -> Page:
    """A page that no server has to give."""
    return browser.new_page(viewport=PHONE)  # type: ignore[arg-type]  # a plain dict of two ints


def test_axe_finds_a_field_without_a_label(blank: Page) -> None:
    blank.set_content("<html lang=nl><title>Vraag</title><main><h1>Vraag</h1><input></main>")
    assert [line.split(":")[0] for line in violations(blank)] == ["label"]


def test_a_page_that_scrolls_sideways_is_named(blank: Page) -> None:
    blank.set_content("<html lang=nl><title>Vraag</title><main style='width:700px'>Breed</main>")
    assert "708 px on 360 px" in overflow(blank)
    blank.set_viewport_size(DESK)  # type: ignore[arg-type]  # a plain dict of two ints
    assert overflow(blank) == ""


def test_the_console_is_heard_except_for_what_was_expected(blank: Page) -> None:
    console = Console()
    console.watch(blank)
    with console.expecting("known"):
        blank.evaluate("console.error('known trouble')")
    blank.evaluate("console.error('new trouble')")
    assert console.complaints == ["error: new trouble"]


def test_a_journey_keeps_pictures_of_both_widths(
    blank: Page, journey: Journey, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tests.browser.pages.SCREENSHOTS", tmp_path)
    blank.set_content("<html lang=nl><title>Vraag</title><main><h1>Vraag</h1></main>")
    journey.check(blank, "begin")
    kept = sorted(path.name for path in tmp_path.rglob("*.png"))
    assert kept == ["01-begin-1280.png", "01-begin-360.png"]
    assert blank.viewport_size == PHONE
