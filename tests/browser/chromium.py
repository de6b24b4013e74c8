"""Finds a headless browser, or installs one: `python -m tests.browser.chromium` before the tests.

In this order: Chromium's headless shell on PATH, which is the same engine without the parts of a
window and takes half the CPU to open a page; a Chromium or Chrome on PATH; one that Playwright
installed earlier; Playwright's own download; the distribution's packages, where this runs as root
and has apt-get.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

_NAMES = (
    *("chromium-headless-shell", "chrome-headless-shell"),
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
)
_OWN_HOSTS = ("EXCLUDE localhost", "EXCLUDE *.localhost", "EXCLUDE 127.0.0.1")


class BrowserMissingError(RuntimeError):
    """No browser was found and none could be installed; the message is for a person."""


def find_on_path() -> Path | None:
    """Give the program of a Chromium or Chrome that is installed, or None."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else None


def of_playwright(playwright: Playwright) -> Path | None:
    """Give the program that `playwright` installed earlier, or None."""
    own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def _find() -> Path | None:
    found = find_on_path()
    if found:
        return found
    with sync_playwright() as playwright:
        return of_playwright(playwright)


def find_or_install() -> Path:
    """Give the browser's program, installed now if need be. Raises BrowserMissingError."""
    found = _find()
    if found:
        return found
    print("No Chromium here: installing one for the tests.", flush=True)
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    found = _find()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        _run(["apt-get", "update", "-qq"])
        install = ["apt-get", "install", "-y", "-qq"]
        _run([*install, "chromium-headless-shell", "--no-install-recommends", "chromium"])
        found = _find()
        if not found:  # a distribution without the shell
            _run([*install, "--no-install-recommends", "chromium"])
            found = _find()
    if not found:
        raise BrowserMissingError(
            "The browser tests need Chromium, and it could not be installed: "
            "install the package chromium (or Google Chrome) and run this again."
        )
    return found


def arguments() -> list[str]:
    """Return Chromium's switches: no outside traffic, and no sandbox where it can't work.

    Every name but those of this machine is answered with "not found", so a page that would load
    something from elsewhere shows an error in the console, which fails its test.
    """
    return [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
        f"--host-resolver-rules=MAP * ~NOTFOUND, {', '.join(_OWN_HOSTS)}",
        # Chromium's sandbox refuses to run as root, and shared memory is small in containers.
        *(["--no-sandbox", "--disable-dev-shm-usage"] if os.geteuid() == 0 else []),
    ]


def _run(command: list[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    try:
        print(f"Browser for the tests: {find_or_install()}")
    except BrowserMissingError as error:
        sys.exit(str(error))
