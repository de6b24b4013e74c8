"""`manage.py bench NAME`: measures against a floor in the same run, and says whether it is met."""

import json
import math
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from welzijn.devtools.bench import apart
from welzijn.devtools.bench.registry import BENCHES, Bench

_NUMBERS = ("questions", "few", "rounds", "due")


def _number(text: str) -> int:
    """A number of something: at least one, at most what a bench could ever finish."""
    number = int(text)
    if not 1 <= number <= 100_000_000:
        raise ArgumentTypeError("has to be at least 1 and at most 100000000")
    return number


def _folder(path: Path, bench: Bench) -> Path:
    """The folder to keep a bench's services in: an earlier one, or one that is empty or new."""
    if not bench.own_services:
        raise CommandError(f"{bench.name} keeps nothing: leave --keep out")
    found = path.resolve()
    if found.exists() and not found.is_dir():
        raise CommandError(f"{path} is no folder")
    if found.is_dir() and any(found.iterdir()) and not (found / "allocation.json").exists():
        raise CommandError(f"{path} holds something else: name a folder of the bench's own")
    if not found.parent.is_dir():
        raise CommandError(f"{path.parent} is not there")
    return found


class Command(BaseCommand):
    """Runs one bench apart from whatever else runs here, and prints its figures."""

    help = "Measures: " + "; ".join(f"{b.name} ({b.what})" for b in BENCHES.values()) + "."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one, how large, and how to print it."""
        parser.add_argument("name", choices=sorted(BENCHES), metavar="NAME")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON only")
        parser.add_argument(
            "--questions", type=_number, help="caseload, report: how many (1000000)"
        )
        parser.add_argument("--few", type=_number, help="caseload: what to compare with (10000)")
        parser.add_argument("--rounds", type=_number, help="submit: turns of the sides (8)")
        parser.add_argument("--due", type=_number, help="reminders: how many (100000)")
        parser.add_argument(
            "--keep", type=Path, help="a folder for the bench's database, found again next time"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run it; the database of this checkout is not touched.

        Raises CommandError for an option that this bench doesn't take or that makes no sense.
        """
        bench = BENCHES[options["name"]]
        given = {key: options[key] for key in _NUMBERS if options[key] is not None}
        for key in given:
            if key not in bench.options:
                raise CommandError(f"{bench.name} takes no --{key}")
        chosen = {**bench.options, **given}
        if chosen.get("few", 0) >= chosen.get("questions", math.inf):
            raise CommandError("--few has to be fewer than --questions")
        keep = _folder(options["keep"], bench) if options["keep"] else None
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
