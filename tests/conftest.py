"""Every test session gets a PostgreSQL and a Redis of its own, in a folder that goes away.

This module is imported before any other conftest, so it sets the environment that the settings
read and sets Django up. Under pytest-xdist the controller starts the servers; the workers inherit
its environment, join in, and get a database each from pytest-django. Sessions of several people at
once share nothing.
"""

import gc
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest
from django.core.management import call_command
from django.utils import translation

from organisations.triage_hints import artefact
from tests.support import order, template
from tests.support.flushing import empty_only_what_is_filled
from tests.support.sessions import new_session_folder, remove_abandoned_folders
from welzijn.devtools import local_services

_IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ


def _begin() -> None:
    if not _IS_WORKER:
        # A developer's own configuration must not decide what the tests run against.
        for name in ("DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "SECRET_KEY", "WELZIJN_DEMO"):
            os.environ.pop(name, None)
        remove_abandoned_folders(Path(tempfile.gettempdir()))
        os.environ["WELZIJN_DATA"] = str(new_session_folder(Path(tempfile.gettempdir())))
        os.environ["WELZIJN_TEST"] = "1"
        os.environ["DJANGO_SETTINGS_MODULE"] = "welzijn.settings"
    local_services.start_if_needed(throwaway=True)
    django.setup()
    empty_only_what_is_filled()
    if not _IS_WORKER and not artefact.is_current():
        # `make test` has learned it; a single test after a change of its sentences learns it here.
        call_command("learn")


# No test depends on time: a busy machine is no failure. Nor on chance: `make test` tries the same
# examples every time; `pytest --hypothesis-profile=explore` tries others.
_SLOW_IS_FINE = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile(
    "voordeur", derandomize=True, deadline=None, suppress_health_check=_SLOW_IS_FINE
)
hypothesis.settings.register_profile("explore", deadline=None, suppress_health_check=_SLOW_IS_FINE)
hypothesis.settings.load_profile("voordeur")

_begin()


def pytest_configure(config: pytest.Config) -> None:
    """Make the template database while the workers of pytest-xdist still collect."""
    if not _IS_WORKER and config.getoption("numprocesses", None):
        threading.Thread(target=template.prepared, daemon=True).start()


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays anyway: all modules, Django's models, all tests."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Hand out the longest files first; a run in one process keeps its own order."""
    if _IS_WORKER:
        order.longest_first(items)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let the test database be a copy of one that has all tables already."""
    from django.db import connection

    connection.settings_dict["TEST"]["TEMPLATE"] = template.prepared()


@pytest.fixture(autouse=True)
def language_of_its_own() -> Iterator[None]:
    """A page asked for in English leaves its language behind; the next test begins in Dutch."""
    yield
    translation.deactivate()


@pytest.fixture
def no_second_factor(settings: Any) -> None:
    """Signs in without a second factor, which has its own tests."""
    settings.WELZIJN_DEMO = True


@pytest.fixture
def on_tuesday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock stands at `make.TUESDAY`, for the front doors as well."""
    from django.utils import timezone

    from tests.support import factories as make

    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)
    make.fresh_front_doors()
    yield
    make.fresh_front_doors()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers and remove the folder, once the workers are gone."""
    if not _IS_WORKER:
        folder = local_services.data_folder()
        local_services.release(wait=True)
        shutil.rmtree(folder, ignore_errors=True)
