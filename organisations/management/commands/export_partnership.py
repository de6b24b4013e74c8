"""Export a partnership to a file that loads to the same."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations.front_door.choice import get_partnership
from organisations.partnership_file.exporting import NotExportableError, export


class Command(BaseCommand):
    """`export_partnership putten > putten.toml`, or `--to putten.toml`."""

    help = "Schrijft een samenwerkingsverband terug naar een bestand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the arguments."""
        parser.add_argument("slug")
        parser.add_argument("--to", type=Path, metavar="FILE.toml", help="anders op het scherm")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; exit 1 where that fails."""
        try:
            text = export(get_partnership(options["slug"]))
        except NotExportableError:
            raise CommandError("Er is nog geen triageteam. Laad eerst een bestand.") from None
        if options["to"] is None:
            self.stdout.write(text, ending="")
            return
        try:
            options["to"].write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['to']}: niet te schrijven ({error.strerror}).") from None
        self.stdout.write(f"{options['to']}: geschreven.")
