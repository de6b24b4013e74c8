"""`manage.py rehearse_upgrade FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from referrals.backups.postgres_tools import BackupError
from referrals.backups.rehearsal import rehearse


class Command(BaseCommand):
    """Upgrade a copy first: restore a backup beside the database with this version, and drop it.

    Run the new version's code with the environment of the owner; nothing real is touched.
    """

    help = "Rehearse an upgrade on a backup, in a database of its own"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the backup."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Rehearse. Raises CommandError with one sentence."""
        try:
            done = rehearse(options["file"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(done.output.strip())
        self.stdout.write(f"The upgrade took {done.seconds:.0f} s and can be done.")
