"""Make the tables in docs/partnership-file.md from the form of the file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from organisations.partnership_file.documentation import renewed


class Command(BaseCommand):
    """`partnership_file_docs` writes the page; `--check` says whether it is current."""

    help = "Maakt de tabellen in docs/partnership-file.md."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Write, or only look."""
        parser.add_argument("--check", action="store_true", help="alleen kijken; exit 1 als oud")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page where it is old, or exit 1 with `--check`."""
        page = Path(settings.BASE_DIR) / "docs" / "partnership-file.md"
        old = page.read_text(encoding="utf-8")
        new = renewed(old)
        if new == old:
            self.stdout.write("docs/partnership-file.md is bij.")
        elif options["check"]:
            raise CommandError("docs/partnership-file.md is oud: manage.py partnership_file_docs")
        else:
            page.write_text(new, encoding="utf-8")
            self.stdout.write("docs/partnership-file.md is gemaakt.")
