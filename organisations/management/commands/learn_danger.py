"""`manage.py learn_danger`: learn the second ear's weights anew from the labelled sentences."""

from typing import Any

from django.core.management.base import BaseCommand

from organisations.triage_hints import danger_training


class Command(BaseCommand):
    """Writes `organisations/triage_hints/weights.tsv`; reads only our own labelled sentences."""

    help = "Learn the weights by which words that may mean danger are heard, and write them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Learn and say how many weights there are."""
        self.stdout.write(f"{danger_training.write()} weights learned.")
