"""Write the public directory of a partnership as HSDS."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from organisations.exchange.hsds_writing import Directory
from organisations.front_door import configuration as front_door
from organisations.front_door.choice import get_partnership


class Command(BaseCommand):
    """Print the directory, or write it to a file."""

    help = "Schrijft het aanbod van een samenwerkingsverband als HSDS (JSON)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the arguments."""
        parser.add_argument("--partnership", required=True, help="slug")
        parser.add_argument("--output", type=Path, help="bestand; anders komt het op het scherm")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write services, organisations and terms. Reads only."""
        partnership = get_partnership(options["partnership"])
        found = Directory(partnership, front_door.of(partnership)).everything()
        text = json.dumps(found, ensure_ascii=False, indent=1)
        if options["output"] is None:
            self.stdout.write(text)
        else:
            options["output"].write_text(f"{text}\n", encoding="utf-8")
            self.stdout.write(f"{len(found['services'])} keer aanbod geschreven.")
