"""`manage.py bench NAME`: measures against a floor in the same run, and says whether it is met."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from welzijn.bench import apart
from welzijn.bench.registry import BENCHES


class Command(BaseCommand):
    """Runs one bench apart from whatever else runs here, and prints its figures."""

    help = "Measures: " + "; ".join(f"{b.name} ({b.what})" for b in BENCHES.values()) + "."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one, how large, and how to print it."""
        parser.add_argument("name", choices=sorted(BENCHES), metavar="NAME")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON only")
        parser.add_argument("--questions", type=int, default=1_000_000, help="caseload, report")
        parser.add_argument(
            "--few", type=int, default=10_000, help="caseload: what to compare with"
        )
        parser.add_argument("--rounds", type=int, default=8, help="submit: turns of the two sides")
        parser.add_argument("--due", type=int, default=100_000, help="reminders: how many")
        parser.add_argument(
            "--keep", type=Path, help="a folder for the bench's database, found again next time"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run it; the database of this checkout is not touched."""
        bench = BENCHES[options["name"]]
        chosen = {key: options[key] for key in ("questions", "few", "rounds", "due")}
        keep = options["keep"].resolve() if options["keep"] else None
        run_here = bench.run
        figures = apart.run(bench.name, chosen, keep) if bench.own_services else run_here(chosen)
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        self.stdout.write(f"{bench.name}: {bench.what}")
        self._tell(figures, 1)

    def _tell(self, figures: dict[str, Any], depth: int) -> None:
        for key, value in figures.items():
            if isinstance(value, dict):
                self.stdout.write(f"{'  ' * depth}{key}")
                self._tell(value, depth + 1)
            else:
                shown = {True: "yes", False: "NO"}.get(value, value) if depth > 1 else value
                self.stdout.write(f"{'  ' * depth}{key:<32}{shown}")
