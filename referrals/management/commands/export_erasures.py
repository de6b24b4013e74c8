"""`manage.py export_erasures FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from referrals.retention import erasure_list
from referrals.retention.models import ErasedQuestion


class Command(BaseCommand):
    """Add to FILE the erasures that it misses: for a list outside where ERASURE_LIST can't be.

    Hashes of ids with their moments: no person. `restore` reads it as ERASURE_LIST.
    """

    help = "Complete the list of erasures outside the database (docs/operations.md)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Add what is missing. Raises CommandError if the file can't be written."""
        file = options["file"]
        try:
            known = set(erasure_list.read(file)) if file.exists() else set()
            rows = ErasedQuestion.objects.order_by("at").values_list("mark", "at")
            missing = [(mark, at) for mark, at in rows if mark not in known]
            erasure_list.write(file, missing)
        except OSError as error:
            raise CommandError(f"{file} can't be used: {error.strerror}.") from error
        self.stdout.write(f"{len(missing)} added, {len(known) + len(missing)} in the list.")
