"""README, CONTRIBUTING and docs/ name only files, commands, targets and addresses that exist."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands
from django.urls import Resolver404, resolve

from tests.platform.processes import CHECKOUT

DOCUMENTS = sorted([*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")])
# A path of the checkout, as the documents write it: `intake/ask/draft.py`, `tests/intake/`.
PATH = re.compile(
    r"`((?:welzijn|organisations|intake|referrals|templates|static|tests|docs|requirements)/"
    r"[\w./*-]*)[:`]"
)


def found(pattern: str | re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Return each match in each document, with the name of the document."""
    for document in DOCUMENTS:
        for match in re.findall(pattern, document.read_text("utf-8")):
            yield document.name, match


def test_every_link_leads_to_a_file() -> None:
    gone = [
        (document.name, target)
        for document in DOCUMENTS
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)|src=\"([^\"]+)\"", document.read_text())
        for target in target
        if target and "://" not in target and not (document.parent / target).exists()
    ]
    assert gone == []


def test_every_file_that_is_named_is_there() -> None:
    # Words in capitals are placeholders.
    named = [(name, re.sub(r"[A-Z]{2,}", "*", path)) for name, path in found(PATH)]
    assert [(name, path) for name, path in named if not any(CHECKOUT.glob(path))] == []


def test_every_command_and_target_that_is_named_exists() -> None:
    commands = set(get_commands())
    named = {(name, one) for name, one in found(r"manage\.py ([a-z_]+)")}
    assert {one for _name, one in named} >= {"load_partnership", "route", "check_rules"}
    assert {(name, one) for name, one in named if one not in commands} == set()
    makefile = (CHECKOUT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z -]*):", makefile, re.MULTILINE))
    known = {one for line in targets for one in line.split()}
    assert {(n, one) for n, one in found(r"`make ([a-z-]+)") if one not in known} == set()


def test_every_address_in_the_table_of_the_readme_is_one() -> None:
    table = (CHECKOUT / "README.md").read_text().split("| to see | go to |")[1].split("\n\n")[0]
    paths = re.findall(r"`(?:http://putten\.localhost:8000)?(/[\w/]*)`", table)
    assert len(paths) > 8
    for path in paths:
        try:
            resolve(path)
        except Resolver404:
            pytest.fail(f"README: {path} leads nowhere")


@pytest.mark.django_db
def test_the_walk_to_a_partnership_of_ones_own_works_as_the_readme_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (CHECKOUT / "docs" / "voorbeeld.toml").read_text("utf-8")
    file = tmp_path / "mijn.toml"
    file.write_text(text.replace('slug = "voorbeeld"', 'slug = "mijn"', 1), "utf-8")
    call_command("load_partnership", "--check", str(file))
    call_command("load_partnership", str(file))
    call_command("check_rules", partnership="mijn")
    call_command("route", partnership="mijn", facts='{"life_domains": ["geld"]}')
    call_command("export_partnership", "mijn", to=tmp_path / "uit.toml")
    assert '"organisation"' in capsys.readouterr().out
    assert tomllib.loads((tmp_path / "uit.toml").read_text("utf-8"))


def test_the_licence_is_the_eupl_and_the_readme_says_so() -> None:
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (CHECKOUT / "LICENSE").read_text("utf-8")
    assert "EUPL-1.2" in (CHECKOUT / "README.md").read_text("utf-8")
    tracked = subprocess.run(
        ["git", "ls-files", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", ".ci/run"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(tracked.stdout.split()) == 4
