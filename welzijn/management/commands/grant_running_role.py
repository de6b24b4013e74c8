"""`manage.py grant_running_role NAME`: the unprivileged database role for production."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, connection, transaction
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

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
                f"SELECT current_user, {_RIGHTS}, rolcanlogin FROM pg_roles "  # noqa: S608
                "WHERE rolname = %s",
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

            def execute(statement: str) -> None:
                cursor.execute(sql.SQL(statement).format(**names).as_string(cursor.connection))

            self._let_log_in(
                name, execute, exists=found is not None, logs_in=bool(found and found[2])
            )
            cursor.execute(_TABLES)
            for statement in grants.statements([row[0] for row in cursor.fetchall()]):
                execute(statement)
        self.stdout.write(f"{name} adds rows, and changes or deletes only what proves nothing.")

    def _let_log_in(
        self, name: str, execute: Callable[[str], None], *, exists: bool, logs_in: bool
    ) -> None:
        """Make the role and set its password, where the owner may.

        A rented database's owner often may make no roles: somebody else made this one.
        """
        try:
            with transaction.atomic():
                if not exists:
                    execute("CREATE ROLE {role}")
                execute("ALTER ROLE {role} LOGIN PASSWORD {password}")
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            if not (exists and logs_in):
                raise CommandError(
                    f"The owner may make no roles, and {name} can't log in. Let the database's "
                    f"administrator do so: CREATE ROLE {name} LOGIN PASSWORD '...', "
                    "as in RUNNING_ROLE_PASSWORD."
                ) from error
            self.stderr.write(f"The owner may not set the password of {name}: it stays as it is.")
