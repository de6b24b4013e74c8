"""`manage.py grant_running_role NAME`: the role that production runs as, which owns nothing."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from psycopg import sql

SHORTEST_PASSWORD = 16
STATEMENTS = (
    "ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS",
    "ALTER ROLE {role} PASSWORD {password}",
    "GRANT CONNECT ON DATABASE {database} TO {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    # What a later `migrate` of the owner makes is theirs to use as well.
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE TRUNCATE, TRIGGER ON TABLES FROM {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)


class Command(BaseCommand):
    """Makes a role that reads and writes rows, and can change no table, trigger or role.

    Run it as the owner of the tables, after `migrate`; web, worker and beat then get this role in
    their DATABASE_URL, and only `migrate` keeps the owner's. Running it again changes nothing but
    the password.
    """

    help = "Make the database role that web, worker and beat run as"

    def add_arguments(self, parser: CommandParser) -> None:
        """The name of the role; its password stands in RUNNING_ROLE_PASSWORD."""
        parser.add_argument("name")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        """Make or renew it. Raises CommandError without a password that is long enough."""
        password = os.environ.get("RUNNING_ROLE_PASSWORD", "")
        if len(password) < SHORTEST_PASSWORD:
            raise CommandError(
                f"RUNNING_ROLE_PASSWORD has to hold at least {SHORTEST_PASSWORD} characters."
            )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user, 1 FROM pg_roles WHERE rolname = %s", [name])
            found = cursor.fetchone()
            if found is not None and found[0] == name:
                raise CommandError("That is the owner's own role: name another one.")
            names = {
                "role": sql.Identifier(name),
                "password": sql.Literal(password),
                "database": sql.Identifier(connection.settings_dict["NAME"]),
            }
            made = () if found is not None else ("CREATE ROLE {role}",)
            for statement in (*made, *STATEMENTS):
                cursor.execute(sql.SQL(statement).format(**names).as_string(cursor.connection))
        self.stdout.write(f"{name} reads and writes rows, and can change no table or trigger.")
