"""Check a rule set: dead rules, what only triage receives, organisations without questions."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from organisations.front_door.choice import front_door_with_rules, get_partnership
from organisations.routing.analysis.completeness import analyse
from welzijn.core.working_days import local_date


class Command(BaseCommand):
    """Print the findings as JSON; exit 1 for a dead rule."""

    help = (
        "Kijkt of de verdeelregels kloppen: dode regels, wat alleen triage vangt, wie niets krijgt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the arguments."""
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--draft", action="store_true", help="het nieuwste concept")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings; exit 1 where a rule is dead or can't be evaluated."""
        partnership = get_partnership(options["partnership"])
        door = front_door_with_rules(partnership, draft=options["draft"])
        found = analyse(
            door.rules.spec,
            door.vocabulary,
            on=local_date(timezone.now()),
            offer=door.offer({}, {}),
        )
        shown = {
            "partnership": partnership.slug,
            "rule_set_version": door.rules.spec.version,
            "draft": options["draft"],
            **found.to_json(),
        }
        self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
        if not found.sound:
            sys.exit(1)
