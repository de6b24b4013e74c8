"""What no file of the project may contain."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platform.processes import CHECKOUT

# The brackets keep this file from matching itself.
REGISTRY = re.compile(r"//[a-z.-]*(pyp[i]|pythonhoste[d]|npmj[s]|debia[n])[a-z.]*/")
MACHINE = re.compile(r"(^|[^\w.])/(wor[k]|roo[t]|far[m]|hom[e])/")
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc\s*=)[^>]*>", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "an htmx event": re.compile(r"\shx-on", re.IGNORECASE),
}


def project_files(*endings: str) -> Iterator[tuple[Path, str]]:
    """Return the project's own text files (those git knows or would add), with their text."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in listed:
        file = CHECKOUT / name
        if file.is_file() and (not endings or file.suffix in endings):
            data = file.read_bytes()
            if b"\0" not in data:
                yield file.relative_to(CHECKOUT), data.decode("utf-8")


@pytest.mark.parametrize("forbidden", [REGISTRY, MACHINE], ids=["registry", "machine"])
def test_no_file_names_a_registry_or_a_path_of_a_machine(forbidden: re.Pattern[str]) -> None:
    found = [
        f"{file}:{number}: {line.strip()[:120]}"
        for file, text in project_files()
        for number, line in enumerate(text.splitlines(), start=1)
        if forbidden.search(line)
    ]
    assert found == []


def test_no_page_has_inline_style_or_script() -> None:
    found = [
        f"{file}: {what}: {match[0][:80]}"
        for file, text in project_files(".html", ".svg")
        # A mail, and a file on somebody's own disk, load no style sheet.
        if not file.stem.endswith(("_mail", "_file"))
        for what, pattern in INLINE.items()
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_every_pin_has_a_hash_and_no_file_chooses_an_index() -> None:
    for file in sorted((CHECKOUT / "requirements").glob("*.txt")):
        text = file.read_text("utf-8")
        pins = re.split(r"\n(?=[\w-])", text)
        assert all("==" in pin and "--hash=sha256:" in pin for pin in pins), file.name
        assert not re.search(
            r"^(-i|--index-url|--extra-index-url|--find-links)", text, re.MULTILINE
        )


def test_no_module_is_a_catch_all() -> None:
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py", "signals.py"}
    assert [str(file) for file, _ in project_files(".py") if file.name in drawers] == []
