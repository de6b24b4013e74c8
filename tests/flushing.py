"""Emptying the test database, although some of its tables refuse to be emptied."""

from typing import Any

from django.db import connection


def let_tests_empty_append_only_tables() -> None:
    """Let the flush between tests pass by the triggers of append-only tables.

    Only the flush does: everything that a test itself does meets the triggers as in production.
    """
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_without_triggers(self: Any, sql_list: list[str]) -> None:
        flush(self, ["SET LOCAL session_replication_role = replica;", *sql_list])

    operations.execute_sql_flush = flush_without_triggers
