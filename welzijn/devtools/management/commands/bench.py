"""`manage.py bench NAME`: run a benchmark and print its figures and goals."""

import json
import math
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from welzijn.devtools.bench import isolated_run
from welzijn.devtools.bench.registry import BENCHES, Bench

_INTEGER_OPTIONS = ("questions", "few", "rounds", "due", "count", "rate", "lines", "populations")


def _positive_integer(text: str) -> int:
    """Parse an integer from 1 to 100,000,000."""
    number = int(text)
    if not 1 <= number <= 100_000_000:
        raise ArgumentTypeError("has to be at least 1 and at most 100000000")
    return number


def _keep_folder(path: Path, bench: Bench) -> Path:
    """Validate --keep: a folder of an earlier run, or an empty or new one."""
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
    """Runs a benchmark and prints its figures."""

    help = "Measures: " + "; ".join(f"{b.name} ({b.what})" for b in BENCHES.values()) + "."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("name", choices=sorted(BENCHES), metavar="NAME")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON only")
        parser.add_argument(
            "--questions", type=_positive_integer, help="caseload, report: how many (1000000)"
        )
        parser.add_argument(
            "--few", type=_positive_integer, help="caseload: what to compare with (10000)"
        )
        parser.add_argument(
            "--rounds", type=_positive_integer, help="submit: turns of the sides (8)"
        )
        parser.add_argument(
            "--due", type=_positive_integer, help="reminders, outbox: how many (100000, 100)"
        )
        parser.add_argument("--count", type=_positive_integer, help="flood: posts a run (10000)")
        parser.add_argument("--rate", type=_positive_integer, help="flood: posts a second (20)")
        parser.add_argument("--lines", type=_positive_integer, help="log-chain: how many (1000000)")
        parser.add_argument(
            "--populations", type=_positive_integer, help="disclosure: how many (1000)"
        )
        parser.add_argument(
            "--keep", type=Path, help="a folder for the bench's database, found again next time"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the benchmark; the database of this checkout is not touched.

        Raises CommandError for an option that the benchmark doesn't accept or that is invalid.
        """
        bench = BENCHES[options["name"]]
        given = {key: options[key] for key in _INTEGER_OPTIONS if options[key] is not None}
        for key in given:
            if key not in bench.options:
                raise CommandError(f"{bench.name} takes no --{key}")
        chosen = {**bench.options, **given}
        if chosen.get("few", 0) >= chosen.get("questions", math.inf):
            raise CommandError("--few has to be fewer than --questions")
        keep = _keep_folder(options["keep"], bench) if options["keep"] else None
        run_here = bench.run
        figures = (
            isolated_run.run(bench.name, chosen, keep) if bench.own_services else run_here(chosen)
        )
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        self.stdout.write(f"{bench.name}: {bench.what}")
        self._print_figures(figures, 1)

    def _print_figures(self, figures: dict[str, Any], depth: int) -> None:
        for key, value in figures.items():
            if isinstance(value, dict):
                self.stdout.write(f"{'  ' * depth}{key}")
                self._print_figures(value, depth + 1)
            else:
                shown = {True: "yes", False: "NO"}.get(value, value) if depth > 1 else value
                self.stdout.write(f"{'  ' * depth}{key:<32}{shown}")
