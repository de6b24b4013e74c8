"""Load services from HSDS: first what would change, with --write all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisations.exchange import hsds_reading, incoming
from organisations.front_door.choice import get_partnership
from welzijn.core.working_days import local_date


class Command(BaseCommand):
    """Show or load the services of a file."""

    help = "Laadt aanbod uit een bestand van HSDS (JSON). Zonder --write verandert er niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--partnership", required=True, help="slug")
        parser.add_argument("--write", action="store_true", help="laad het; anders alleen kijken")
        parser.add_argument("--organisation", help="slug: van wie het aanbod is")
        parser.add_argument("--layer", type=int, choices=(1, 2, 3, 4), help="laag die ontbreekt")
        parser.add_argument("--domain", help="leefgebied voor aanbod zonder leefgebied")
        parser.add_argument(
            "--term",
            action="append",
            default=[],
            metavar="TERM=LEEFGEBIED",
            help="welk leefgebied een term van het bestand is",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check every service; write where asked and nothing is wrong. Exit 1 otherwise."""
        partnership = get_partnership(options["partnership"])
        if any("=" not in term for term in options["term"]):
            raise CommandError("--term: schrijf TERM=LEEFGEBIED.")
        try:
            rows = hsds_reading.rows(
                options["file"].read_bytes(),
                hsds_reading.Options(
                    domains=dict(term.rsplit("=", 1) for term in options["term"]),
                    domain=options["domain"],
                    layer=options["layer"],
                    organisation=options["organisation"],
                ),
            )
            if options["write"]:
                today = local_date(timezone.now())
                plan = incoming.write(rows, partnership=partnership, by=None, today=today)
            else:
                plan = incoming.check(rows, partnership=partnership)
        except OSError as error:
            raise CommandError(f"Dit bestand is niet te openen ({error.strerror}).") from None
        except hsds_reading.NotHsdsError as error:
            raise CommandError(str(error)) from None
        except incoming.ProblemsError as error:
            plan = incoming.Plan(problems=error.problems)
        if plan.problems:
            lines = [f"aanbod {p.row}, {p.column}: {p.message}" for p in plan.problems]
            raise CommandError("\n".join([*lines, "Er is niets geladen."]))
        for change in plan.effective:
            what = "nieuw" if change.new else ", ".join(change.changed)
            self.stdout.write(f"{change.name}: {what}")
        done = "geladen" if options["write"] else "zou veranderen; --write laadt het"
        self.stdout.write(f"{len(plan.effective)} van {len(rows)} {done}.")
