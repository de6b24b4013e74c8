"""What PostgreSQL may write in its own log: no statement, no value, no row.

A statement of ours holds what a resident typed, and so does the text of an error ("duplicate key",
"invalid input"). Whoever reads the server's log has no role here, and nothing deletes it in time.
Errors are not lost: the product logs their class and place (`logs`).
"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, register
from django.core.checks import Warning as CheckWarning
from django.core.checks.registry import Tags
from django.db import connections

# For the server's command line or postgresql.conf; docker-compose.yml has the same.
QUIET = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_lock_waits": "off",
    "debug_print_parse": "off",
    "debug_print_rewritten": "off",
    "debug_print_plan": "off",
}
# A stricter value is as good.
_ALSO_QUIET = {
    "log_min_messages": {"fatal", "panic"},
}


def loud_settings(using: str = "default") -> dict[str, str]:
    """Return the settings with which this server writes down what people typed, by name."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(QUIET)])
        found: dict[str, str] = dict(cursor.fetchall())
    return {
        name: value
        for name, value in found.items()
        if value != QUIET[name] and value not in _ALSO_QUIET.get(name, ())
    }


@register(Tags.database)
def check_postgres_log(
    *, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Warn where the server's log would hold persons; `migrate` and `prepare` run it."""
    loud = {
        name: value for using in databases or () for name, value in loud_settings(using).items()
    }
    if not loud:
        return []
    settings_found = ", ".join(f"{name} = {value}" for name, value in sorted(loud.items()))
    wanted = ", ".join(f"{name} = {QUIET[name]}" for name in sorted(loud))
    return [
        CheckWarning(
            f"PostgreSQL's log would hold what residents typed: {settings_found}.",
            hint=f"In postgresql.conf: {wanted} (docs/security.md, The log of PostgreSQL).",
            id="voordeur.W010",
        )
    ]
