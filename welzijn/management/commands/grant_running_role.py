"""`manage.py grant_running_role NAME`: the unprivileged database role for production."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from psycopg import sql

from welzijn.audit.protection import grants
from welzijn.config.environment import text

SHORTEST_PASSWORD = 16
# A new role has none of these. Only a superuser may take one away, and the owner needn't be one.
_RIGHTS = "rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


class Command(BaseCommand):
    """Create a role that adds rows, and changes or deletes those that prove nothing.

    Its rights per table follow from `welzijn.audit.protection`; it changes no table or trigger.

    Run it as the owner of the tables, after `migrate`; web, worker and beat then use this role in
    their DATABASE_URL, and only `migrate` the owner's. A second run sets password and rights anew.
    """

    help = "Make the database role that web, worker and beat run as"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the name of the role; its password is read from RUNNING_ROLE_PASSWORD."""
        parser.add_argument("name")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        """Create or update the role. Raises CommandError for a password that is too short."""
        password = text("RUNNING_ROLE_PASSWORD")
        if len(password) < SHORTEST_PASSWORD:
            raise CommandError(
                f"RUNNING_ROLE_PASSWORD has to hold at least {SHORTEST_PASSWORD} characters."
            )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT current_user, {_RIGHTS} FROM pg_roles WHERE rolname = %s",  # noqa: S608
                [name],
            )
            found = cursor.fetchone()
            if found is not None and found[0] == name:
                raise CommandError("That is the owner's own role: name another one.")
            if found is not None and found[1]:
                raise CommandError(f"{name} has rights over the whole server: name another role.")
            names = {
                "role": sql.Identifier(name),
                "password": sql.Literal(password),
                "database": sql.Identifier(connection.settings_dict["NAME"]),
            }
            made = () if found is not None else ("CREATE ROLE {role}",)
            cursor.execute(_TABLES)
            tables = [row[0] for row in cursor.fetchall()]
            login = "ALTER ROLE {role} LOGIN PASSWORD {password}"
            for statement in (*made, login, *grants.statements(tables)):
                cursor.execute(sql.SQL(statement).format(**names).as_string(cursor.connection))
        self.stdout.write(f"{name} adds rows, and changes or deletes only what proves nothing.")
