"""Delete what is past its retention term; with --dry-run only count it."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from organisations.front_door.choice import get_partnership
from organisations.partnerships import retention_terms
from organisations.partnerships.models import Partnership
from referrals.retention import due, log
from referrals.retention.run import retain


class Command(BaseCommand):
    """`retain [--partnership putten] [--dry-run]`.

    Prints numbers, never a person. Exit 1 if a question could not be deleted: the rest was, and the
    next round tries again.
    """

    help = "Wist wat over zijn bewaartermijn heen is (docs/retention.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the partnership and the dry run."""
        parser.add_argument("--partnership", metavar="SLUG", help="anders: allemaal")
        parser.add_argument("--dry-run", action="store_true", help="alleen tellen, niets wissen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, or delete until nothing expired is left."""
        slug = options["partnership"]
        chosen = [get_partnership(slug)] if slug else list(Partnership.objects.order_by("slug"))
        if options["dry_run"]:
            for partnership in chosen:
                self._count(partnership)
            return
        tally = retain(now=timezone.now(), partnerships=chosen)
        for one in tally.without_terms:
            self._without_terms(one)
        self.stdout.write(
            f"Gewist: {tally.questions} vragen, {tally.log} regels van het inzagelog."
        )
        if tally.failed:
            self.stderr.write(
                f"Niet gelukt: {tally.failed} vragen. De volgende ronde probeert het weer."
                " Het log noemt de soort fout."
            )
            sys.exit(1)

    def _count(self, partnership: Partnership) -> None:
        if retention_terms.terms_of(partnership) is None:
            self._without_terms(partnership.slug)
            return
        now = timezone.now()
        total = 0
        for group, questions in due.count_expired(partnership=partnership, now=now):
            total += questions
            self.stdout.write(
                f"{partnership.slug}: {group.organisation.slug}, {group.kind},"
                f" {group.years} jaar: {questions}"
            )
        lines = log.count_expired(partnership=partnership, now=now)
        self.stdout.write(f"{partnership.slug}: {total} vragen, {lines} regels van het inzagelog")

    def _without_terms(self, slug: str) -> None:
        self.stdout.write(f"{slug}: geen bewaartermijnen, er wordt niets gewist")
