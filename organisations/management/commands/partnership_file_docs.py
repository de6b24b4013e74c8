"""Generate the tables of docs/partnership-file.md from the schema."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from organisations.partnership_file.documentation import regenerate


class Command(BaseCommand):
    """Write the page, or check with `--check` that it is current."""

    help = "Maakt de tabellen in docs/partnership-file.md."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the arguments."""
        parser.add_argument("--check", action="store_true", help="alleen kijken; exit 1 als oud")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page where it is out of date; with `--check` exit 1 instead."""
        page = Path(settings.BASE_DIR) / "docs" / "partnership-file.md"
        old = page.read_text(encoding="utf-8")
        new = regenerate(old)
        if new == old:
            self.stdout.write("docs/partnership-file.md is bij.")
        elif options["check"]:
            raise CommandError("docs/partnership-file.md is oud: manage.py partnership_file_docs")
        else:
            page.write_text(new, encoding="utf-8")
            self.stdout.write("docs/partnership-file.md is gemaakt.")
