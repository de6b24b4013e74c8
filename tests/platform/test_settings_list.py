"""Every environment variable that the code reads is documented and passed by docker-compose.yml."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.platform.processes import CHECKOUT

# Read in a checkout only, or fixed by the image.
NOT_IN_COMPOSE = {
    "PORT",
    "WELZIJN_DEMO",
    "WELZIJN_TEST",
    "STATIC_ROOT",
}
# Not a setting: Django's own, set by the processes themselves.
OWN = {"DJANGO_SETTINGS_MODULE"}
# The functions of welzijn/config/environment.py.
# Not settings of ours: gunicorn gives the libraries of the listener one thread.
THREADS = {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"}
READERS = {"flag", "names", "number", "text", "is_set", "getenv"}
_NAME = re.compile(r"[A-Z][A-Z0-9_]{2,}")


def _sources() -> Iterator[Path]:
    for app in ("welzijn", "organisations", "intake", "referrals"):
        yield from (p for p in (CHECKOUT / app).rglob("*.py") if "devtools" not in p.parts)
    yield CHECKOUT / "manage.py"


def _is_environment(node: ast.expr) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == "environ") or (
        isinstance(node, ast.Name) and node.id in {"environ", "environment"}
    )


def _read_in(tree: ast.AST) -> Iterator[str]:
    """Yield the names in os.environ[...], .get(...), flag(...), names(...), and lists of them."""
    for node in ast.walk(tree):
        key: ast.expr | None = None
        if isinstance(node, ast.Subscript) and _is_environment(node.value):
            key = node.slice
        elif isinstance(node, ast.Call) and node.args:
            called = node.func
            if (isinstance(called, ast.Name) and called.id in READERS) or (
                isinstance(called, ast.Attribute)
                and (called.attr == "getenv" or _is_environment(called.value))
            ):
                key = node.args[0]
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value
        elif isinstance(key, ast.Name):
            # A loop over names: those of the module that look like variables count.
            yield from _loop_values(tree, key.id)


def _loop_values(tree: ast.AST, name: str) -> Iterator[str]:
    loops = (ast.For, ast.comprehension)
    for node in ast.walk(tree):
        if isinstance(node, loops) and isinstance(node.target, ast.Name) and node.target.id == name:
            for one in ast.walk(node.iter):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value


def _read_by_the_code() -> set[str]:
    found = {
        name
        for path in _sources()
        for name in _read_in(ast.parse(path.read_text("utf-8")))
        if _NAME.fullmatch(name)
    }
    return found - OWN


def _passed_by_compose() -> set[str]:
    read = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text("utf-8"))
    application = ("web", "worker", "beat", "migrate")
    return {key for name in application for key in read["services"][name]["environment"]}


def _documented() -> set[str]:
    rows = re.findall(
        r"^\| (`[^|]*) \|", (CHECKOUT / "docs/settings.md").read_text("utf-8"), re.MULTILINE
    )
    return {name for row in rows for name in re.findall(r"`([A-Z0-9_]+)`", row)}


def test_the_code_reads_what_is_documented_and_no_more() -> None:
    # The local services, which are no part of the product, read where their data lies; the library
    # of metrics reads the folder that the web server makes.
    read_elsewhere = {"WELZIJN_DATA", "PROMETHEUS_MULTIPROC_DIR"}
    assert _read_by_the_code() - THREADS ^ _documented() == read_elsewhere


def test_compose_passes_every_setting() -> None:
    read = _read_by_the_code() - THREADS
    assert read - _passed_by_compose() == NOT_IN_COMPOSE
    assert _passed_by_compose() - read == set()


@pytest.mark.parametrize("name", ["OIDC_PROVIDERS_FILE", "RUNNING_ROLE_PASSWORD", "EMAIL_USE_TLS"])
def test_the_search_finds_each_way_of_reading(name: str) -> None:
    assert name in _read_by_the_code()
