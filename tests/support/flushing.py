"""Empty the test database between tests that commit, append-only tables included."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

# Filled by the migrations and the same for every test.
_KEPT = ("django_content_type", "auth_permission", "django_migrations")

# Emptying the few tables that hold something is far quicker than truncating all of them, which
# makes new files for each table and each index. In the role "replica" no trigger fires: neither
# those of append-only tables nor those of foreign keys, so the order doesn't matter.
_EMPTY = """
DO $$
DECLARE
    one text;
    filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> ALL (ARRAY[{kept}])
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || one || ')' INTO filled;
        IF filled THEN
            EXECUTE 'DELETE FROM ' || one;
        END IF;
    END LOOP;
END $$;
"""


def emptying(*, but: Iterable[str]) -> str:
    """Return the statement that empties every table but these, without firing triggers."""
    return _EMPTY.format(kept=", ".join(f"'{table}'" for table in but))


def empty_only_what_is_filled() -> None:
    """Replace Django's way of emptying the database between tests that commit.

    Everything else that a test does fires the triggers, as in production.
    """
    operations = type(connection.ops)
    flush = operations.execute_sql_flush
    empty = emptying(but=_KEPT)

    def flush_without_triggers(self: Any, sql_list: Iterable[str]) -> None:
        if list(sql_list):
            flush(self, [empty])

    operations.execute_sql_flush = flush_without_triggers
