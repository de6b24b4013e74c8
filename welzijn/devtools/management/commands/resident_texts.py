"""Say which texts for residents a language lacks, or write its catalogue anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from welzijn.devtools.resident_texts import catalogues


class Command(BaseCommand):
    """Prints, for each language, how many texts are wanted, missing and unplaced."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One language or all; `--write` adds new texts empty and drops what nobody meets."""
        parser.add_argument("language", nargs="?", choices=sorted(catalogues.PLURALS))
        parser.add_argument("--write", action="store_true")

    def handle(self, **options: Any) -> None:
        """Print a line for each language; with a language also what it lacks."""
        chosen = options["language"]
        for language in [chosen] if chosen else sorted(catalogues.PLURALS):
            if options["write"]:
                catalogues.write(language)
            lacks = catalogues.missing(language)
            self.stdout.write(
                f"{language}: {len(catalogues.wanted())} texts, {len(lacks)} missing, "
                f"{len(catalogues.unplaced(language))} unplaced"
            )
            for dutch in lacks if chosen else []:
                self.stdout.write(f"  {dutch}")
