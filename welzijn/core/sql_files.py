"""Database guards in readable SQL files, loaded by a migration."""

from pathlib import Path

from django.db.migrations import RunSQL


def run_sql_files(migration: str, *names: str) -> list[RunSQL]:
    """Return one operation for each file in `sql/` beside a migration.

    `migration` is the migration's `__file__`. The operations cannot be reversed: these guards are
    as old as the tables that they guard.
    """
    folder = Path(migration).with_name("sql")
    return [RunSQL((folder / name).read_text(encoding="utf-8")) for name in names]
