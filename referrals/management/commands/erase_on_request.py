"""Erase one question at its resident's request."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from intake.resident_access import codes
from organisations.front_door.choice import get_partnership
from referrals.retention.on_request import erase_on_request


class Command(BaseCommand):
    """`erase_on_request --partnership putten --reference BK7M-4PQ9 --decided`.

    Without `--decided` nothing is erased. Prints no person. Exit 1 with one sentence if it can't be
    erased: unknown, still open, or a review is due.
    """

    help = (
        "Wist een afgeronde of ingetrokken vraag omdat de inwoner dat vraagt (docs/retention.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the question, and the decision of the FG."""
        parser.add_argument("--partnership", metavar="SLUG", required=True)
        parser.add_argument("--reference", metavar="KENMERK", required=True)
        parser.add_argument(
            "--decided",
            action="store_true",
            help="de FG heeft besloten dat geen wet verplicht om deze vraag te bewaren",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase the question, or say why not."""
        partnership = get_partnership(options["partnership"])
        question = Question.objects.filter(
            partnership=partnership, reference=codes.clean_reference(options["reference"])
        ).first()
        if question is None:
            raise CommandError("--reference: dit kenmerk is hier niet bekend.")
        if not options["decided"]:
            raise CommandError("Er is niets gewist. Laat de FG eerst besluiten, en zeg --decided.")
        try:
            erase_on_request(question=question, now=timezone.now())
        except WrongMomentError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Gewist: 1 vraag, op verzoek. Het bewijs staat bij de FG.")
