"""`manage.py synthesise`: generate a realistic history of invented questions."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisations.front_door.configuration import NotOpenError
from organisations.partnerships.models import Partnership
from referrals.reports.publishing import publish
from welzijn.devtools.demo_data.generator import NotSuperuserError, synthesise
from welzijn.devtools.demo_data.staff import NoTriageError


class Command(BaseCommand):
    """Generates questions over three years, with their casework."""

    help = (
        "Fills a partnership with invented questions of the past three years: people, decisions, "
        "sharing bases, conversations, handovers, closings and figures. For demos and measurements."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--partnership", metavar="SLUG", required=True)
        parser.add_argument("--questions", metavar="N", type=int, required=True)
        parser.add_argument("--seed", metavar="S", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Generate the questions, publish the reports and print the rates."""
        if settings.SESSION_COOKIE_SECURE:
            raise CommandError(
                "ALLOWED_HOSTS is set, so this is a real front door: invented people have no "
                "place here."
            )
        if options["questions"] < 1:
            raise CommandError("--questions has to be 1 or more.")
        partnership = Partnership.objects.filter(slug=options["partnership"]).first()
        if partnership is None:
            raise CommandError(f"No such partnership: {options['partnership']}.")
        now = timezone.now()
        try:
            generated = synthesise(
                partnership=partnership,
                questions=options["questions"],
                seed=options["seed"],
                now=now,
            )
        except (NoTriageError, NotOpenError) as error:
            raise CommandError("This partnership has no triage team: load its file.") from error
        except NotSuperuserError as error:
            raise CommandError(
                "This needs a superuser of the database, to switch triggers off while it writes."
            ) from error
        publish(partnership=partnership, now=now)
        if options["verbosity"] == 0:
            return
        if generated.already_there:
            self.stdout.write("These questions are there already: nothing was done.")
            return
        self.stdout.write(
            f"{generated.questions} questions, {generated.rows} rows in {generated.seconds:.1f} s: "
            f"{generated.questions / generated.seconds:.0f} questions/s, "
            f"{generated.rows / generated.seconds:.0f} rows/s."
        )
