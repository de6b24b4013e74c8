"""Settings of PostgreSQL that belong to the database: every connection gets them.

Not at connection time: a pooler such as PgBouncer refuses startup options, and in transaction mode
hands a connection's own SET to somebody else.
"""

from django.db import DatabaseError, connection, transaction
from psycopg import sql

SETTINGS = {
    # Random reads cost an SSD hardly more than sequential ones. With PostgreSQL's default of 4 the
    # planner scans a million questions to find a worker's thousand.
    "random_page_cost": "1.1",
    # What Django would set on each new connection.
    "timezone": "UTC",
}


def apply() -> None:
    """Set them for the database; where we don't own it, for our own role.

    Connections of before keep what they had.
    """
    database = str(connection.settings_dict["NAME"])
    try:
        _alter(sql.SQL("DATABASE {}").format(sql.Identifier(database)))
    except DatabaseError:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            role = str(cursor.fetchone()[0])
        _alter(sql.SQL("ROLE {}").format(sql.Identifier(role)))


def _alter(whose: sql.Composed) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for name, value in SETTINGS.items():
            statement = sql.SQL("ALTER {} SET {} = {}").format(
                whose, sql.Identifier(name), sql.Literal(value)
            )
            cursor.execute(statement.as_string(cursor.connection))
