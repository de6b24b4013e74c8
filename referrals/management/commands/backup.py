"""`manage.py backup FILE [--encrypt]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from referrals.backups import dump
from referrals.backups.postgres_tools import BackupError


class Command(BaseCommand):
    """Write the database to FILE, and a note about it to FILE.json.

    As the owner of the tables. With `--encrypt` under BACKUP_KEY. SECRET_KEY and BACKUP_KEY are in
    no backup: keep them, apart from the backups (docs/operations.md, Keys).
    """

    help = "Back the database up into one file (docs/operations.md)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file and the encryption."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--encrypt", action="store_true", help="under BACKUP_KEY")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the backup. Raises CommandError with one sentence."""
        try:
            note = dump.back_up(options["file"], encrypt=options["encrypt"], now=timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = options["file"].stat().st_size / 1_000_000
        how = "encrypted" if note.encrypted else "not encrypted"
        self.stdout.write(f"{options['file']}: {size:.1f} MB, {how}, SHA-256 {note.sha256[:16]}...")
