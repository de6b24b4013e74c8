"""Every file lies in the package of its subject, states its purpose, and has at most 300 lines."""

import ast
from pathlib import Path

import pytest

from tests.platform.processes import CHECKOUT
from tests.support.order import SECONDS

APPS = ("welzijn", "organisations", "intake", "referrals")
LONGEST = 300  # lines
# What Django finds by its place in an app, and the project's own files.
BESIDE_SUBJECTS = {
    "welzijn": {"__init__.py", "apps.py", "celery.py", "settings.py", "urls.py", "wsgi.py"},
    "organisations": {"__init__.py", "apps.py", "models.py", "urls.py"},
    "intake": {"__init__.py", "apps.py", "models.py", "urls.py"},
    "referrals": {"__init__.py", "apps.py", "models.py", "urls.py"},
}
NO_SUBJECT = {"migrations", "management", "templatetags", "locale"}
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "misc.py", "common.py"}


def _python_files(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in (CHECKOUT / folder).rglob("*.py"))
    return sorted(p for p in found if "migrations" not in p.parts)


def _subjects(app: str) -> list[Path]:
    packages = (p for p in (CHECKOUT / app).iterdir() if (p / "__init__.py").exists())
    return sorted(p for p in packages if p.name not in NO_SUBJECT)


@pytest.mark.parametrize("app", APPS)
def test_a_file_lies_in_the_package_of_its_subject(app: str) -> None:
    loose = {p.name for p in (CHECKOUT / app).glob("*.py")}
    assert loose - BESIDE_SUBJECTS[app] == set()


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {
        path.relative_to(CHECKOUT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in _python_files(*APPS, "tests")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_file_has_a_meaningless_name() -> None:
    assert [p for p in _python_files(*APPS) if p.name in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("app", APPS)
def test_each_subject_states_its_purpose_entry_points_and_imports(app: str) -> None:
    silent = []
    for package in _subjects(app):
        tree = ast.parse((package / "__init__.py").read_text(encoding="utf-8"))
        text = ast.get_docstring(tree) or ""
        if "Entry points:" not in text or "May import:" not in text:
            silent.append(package.name)
    assert silent == []


@pytest.mark.parametrize("app", ["organisations", "intake", "referrals"])
def test_tests_and_templates_lie_under_the_name_of_their_subject(app: str) -> None:
    subjects = {package.name for package in _subjects(app)}
    tests = {p.name for p in (CHECKOUT / "tests" / app).iterdir() if (p / "__init__.py").exists()}
    templates = {p.name for p in (CHECKOUT / "templates" / app).iterdir() if p.is_dir()}
    assert tests - subjects - {"state_machine"} == set()
    assert templates - subjects == set()


def test_the_order_of_the_suite_names_files_that_exist() -> None:
    files = {path.stem for path in (CHECKOUT / "tests").rglob("test_*.py")}
    assert set(SECONDS) - files == set()
