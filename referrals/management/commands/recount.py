"""`manage.py recount`: compare the figures with the questions, repair, and say what was wrong."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisations.partnerships.models import Partnership
from referrals.reports import recounting


class Command(BaseCommand):
    """Repairs what still can change, and tells about final months without changing them."""

    help = "Counts all figures anew from the questions, repairs the rollup, and says what differed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--partnership", metavar="SLUG", help="default: all")
        parser.add_argument("--check", action="store_true", help="tell only; exit 1 if any differs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Recount. Raises CommandError with --check where something differs."""
        found = Partnership.objects.order_by("slug")
        if options["partnership"]:
            found = found.filter(slug=options["partnership"])
            if not found:
                raise CommandError(f"{options['partnership']} is not a partnership")
        wrong = 0
        for partnership in found:
            result = recounting.recount(
                partnership, now=timezone.now(), repair=not options["check"]
            )
            wrong += result.different
            self.stdout.write(
                f"{partnership.slug}: {result.cells} combinations, {result.different} different"
                f"{', repaired' if result.different and not options['check'] else ''};"
                f" {result.quarters} final quarters,"
                f" {result.moved} would count differently today (final: unchanged),"
                f" {result.torn} whose combinations disagree"
            )
        if wrong and options["check"]:
            raise CommandError(f"{wrong} combinations differ from the questions")
