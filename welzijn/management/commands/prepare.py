"""`manage.py prepare`: all that an installation needs before its processes start."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, OperationalError, connection

from welzijn.audit.protection import install as protection
from welzijn.config import assets, database_settings, health
from welzijn.config.database_errors import reason
from welzijn.config.environment import names, text
from welzijn.config.postgres_log import check_postgres_log


class Command(BaseCommand):
    """Build the assets, bring the database to this version, and check that pages can be served.

    Idempotent: run it after each new version, as the owner of the tables and before the processes
    start again. `--assets` needs no database, `--database` changes no file.
    """

    help = "Build assets, migrate, grant rights, check: everything before the processes start"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the two halves."""
        half = parser.add_mutually_exclusive_group()
        half.add_argument(
            "--assets", action="store_true", help="style sheets, static files, the listener"
        )
        half.add_argument("--database", action="store_true", help="tables, settings, rights")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do both halves, or one. Raises CommandError with one sentence."""
        if not options["database"]:
            self._assets()
        if not options["assets"]:
            self._database()
            self._check()

    def _assets(self) -> None:
        try:
            assets.build()
        except assets.AssetsError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Style sheets and static files are built.")
        call_command("learn", stdout=self.stdout)

    def _database(self) -> None:
        try:
            call_command("migrate", interactive=False, verbosity=0)
            protection.install(connection)
            database_settings.apply()
            for warning in check_postgres_log(databases=["default"]):
                self.stderr.write(f"{warning.msg} {warning.hint}")
            self.stdout.write("The database is at this version.")
            role = text("RUNNING_ROLE")
            if role:
                call_command("grant_running_role", role, stdout=self.stdout)
        except OperationalError as error:
            raise CommandError(f"PostgreSQL can't be reached: {reason(error)}") from error
        except DatabaseError as error:
            raise CommandError(f"PostgreSQL refuses: {reason(error)}") from error

    def _check(self) -> None:
        # A checkout without hosts of its own is served over http, to this machine.
        deploy = bool(names("ALLOWED_HOSTS"))
        call_command("check", deploy=deploy, fail_level="WARNING", stdout=self.stdout)
        missing = health.missing()
        if missing:
            raise CommandError(f"Not ready: {', '.join(missing)} (docs/operations.md, Not ready).")
        self.stdout.write("Ready: pages can be served.")
