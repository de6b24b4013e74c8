"""Write the state diagrams of docs/handover.md from the transition tables."""

from typing import Any

from django.core.management.base import BaseCommand

from referrals import diagrams


class Command(BaseCommand):
    """`manage.py draw_states`: run it after a change of a transition table."""

    help = "Write the state diagrams of docs/handover.md from the transition tables."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the page."""
        page = diagrams.PAGE.read_text("utf-8")
        diagrams.PAGE.write_text(diagrams.filled_in(page), "utf-8")
        self.stdout.write(f"{diagrams.PAGE.name} follows the tables.")
