"""Ready means: a page can be served and a question written down."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.test import Client
from django.utils.functional import empty

from welzijn.config import database_settings, health

pytestmark = pytest.mark.django_db


def ready() -> tuple[int, dict[str, bool]]:
    response = Client().get("/gezond/")
    return response.status_code, response.json()


def test_ready_with_tables_files_and_a_database_that_takes_a_row() -> None:
    status, shown = ready()
    assert status == 200
    wanted = ("live", "ready", "database", "migrations", "writable", "static", "broker", "listener")
    assert shown == dict.fromkeys(wanted, True)


def test_not_ready_while_a_migration_has_to_be_applied() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'intake' AND name LIKE '0002%%'")
    status, shown = ready()
    assert (status, shown["migrations"], shown["writable"]) == (503, False, True)


def test_ready_where_a_newer_version_has_migrated_already() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations VALUES (DEFAULT, 'intake', '9999_x', now())")
    assert ready()[0] == 200


def test_not_ready_where_nothing_can_be_written() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    status, shown = ready()
    assert (status, shown["database"], shown["writable"]) == (503, True, False)


def test_not_ready_while_a_full_disk_takes_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        # What PostgreSQL says, at the place where it says it.
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;"
            " CREATE TRIGGER full_disk BEFORE INSERT ON accounts_cache"
            " FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )
    status, shown = ready()
    assert (status, shown["writable"], shown["ready"]) == (503, False, False)


def test_not_ready_without_the_manifest_of_static_files(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    lazy: Any = staticfiles_storage
    lazy._wrapped = empty
    try:
        status, shown = ready()
        assert (status, shown["static"]) == (503, False)
        assert health.missing() == ["static"]
    finally:
        settings.STORAGES = {}
        lazy._wrapped = empty


def test_the_settings_of_the_database_belong_to_the_database() -> None:
    database_settings.apply()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setconfig FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase"
            " WHERE datname = current_database() AND setrole = 0"
        )
        assert set(cursor.fetchone()[0]) == {"random_page_cost=1.1", "TimeZone=UTC"}
    assert "options" not in connection.settings_dict["OPTIONS"]


def test_a_role_that_does_not_own_the_database_sets_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE of_the_test NOLOGIN; GRANT of_the_test TO CURRENT_USER")
        cursor.execute("SET LOCAL ROLE of_the_test")
        database_settings.apply()
        cursor.execute("RESET ROLE")
        cursor.execute(
            "SELECT setconfig FROM pg_db_role_setting WHERE setrole = 'of_the_test'::regrole"
        )
        assert set(cursor.fetchone()[0]) == {"random_page_cost=1.1", "TimeZone=UTC"}
