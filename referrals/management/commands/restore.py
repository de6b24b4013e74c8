"""`manage.py restore FILE [--replace]`."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from referrals.backups.postgres_tools import BackupError
from referrals.backups.restore import restore
from welzijn.config import database_settings
from welzijn.config.environment import text
from welzijn.management.commands.grant_running_role import SHORTEST_PASSWORD


class Command(BaseCommand):
    """Put a backup in the place of the database's contents, with web, worker and beat stopped.

    All or nothing. Then: migrate, sign everybody out, erase again what was erased after the backup,
    delete what is over its term, recount the figures, verify the log. Exit 1 where figures or log
    are not right.
    """

    help = "Bring a backup back; what was erased stays erased (docs/operations.md)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, and the consent to lose what is there."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="the database holds questions")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore and check. Raises CommandError with one sentence."""
        role = text("RUNNING_ROLE")
        if role and len(text("RUNNING_ROLE_PASSWORD")) < SHORTEST_PASSWORD:
            raise CommandError(  # before anything is changed
                f"RUNNING_ROLE_PASSWORD has to hold at least {SHORTEST_PASSWORD} characters."
            )
        try:
            outcome = restore(options["file"], replace=options["replace"], now=timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from error
        database_settings.apply()
        if role:
            call_command("grant_running_role", role, stdout=self.stdout)
        self.stdout.write(
            f"Restored: {outcome.questions} questions; {outcome.erased_again} erased again, "
            f"{outcome.expired} over their term. Everybody has to sign in again."
        )
        for warning in outcome.warnings:
            self.stderr.write(f"Mind: {warning}")
        if "verify_log" in get_commands():
            call_command("verify_log", stdout=self.stdout)
        if outcome.wrong_figures:
            self.stderr.write(f"Figures differ from a recount: {', '.join(outcome.wrong_figures)}")
            sys.exit(1)
