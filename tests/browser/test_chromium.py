"""The browser for the tests is found or installed; else a message says what to install."""

import os
from pathlib import Path

import pytest

from tests.browser import chromium


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that were run; none of them installs anything."""
    ran: list[str] = []
    monkeypatch.setattr(chromium, "_run", lambda command: ran.append(" ".join(command[-2:])))
    return ran


def test_a_browser_that_is_there_is_used(
    commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "_find", lambda: Path("chromium"))
    assert chromium.find_or_install() == Path("chromium")
    assert commands == []


def test_root_gets_the_package_where_playwright_has_no_download(
    commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: name)
    monkeypatch.setattr(chromium, "_find", lambda: Path("chromium") if len(commands) == 3 else None)
    assert chromium.find_or_install() == Path("chromium")
    assert commands == ["install chromium", "update -qq", "--no-install-recommends chromium"]


def test_without_root_the_message_says_what_to_install(
    commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(chromium, "_find", lambda: None)
    with pytest.raises(chromium.BrowserMissingError, match="install the package chromium"):
        chromium.find_or_install()
    assert commands == ["install chromium"]


@pytest.mark.parametrize(("user", "sandboxed"), [(0, False), (1000, True)])
def test_only_root_runs_it_without_its_sandbox(
    user: int, sandboxed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert ("--no-sandbox" not in chromium.arguments()) is sandboxed
