"""Write the state diagrams of the docs from the transition tables."""

from typing import Any

from django.core.management.base import BaseCommand

from welzijn.devtools import state_diagrams


class Command(BaseCommand):
    """`manage.py draw_states`: run it after a change of a transition table."""

    help = "Write the state diagrams of the docs from the transition tables."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the pages."""
        for path, drawn in state_diagrams.PAGES.items():
            page = state_diagrams.filled_in(path.read_text("utf-8"), drawn)
            path.write_text(page, "utf-8")
            self.stdout.write(f"{path.name} follows the tables.")
