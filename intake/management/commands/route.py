"""Print who would pick up a question with given facts, and why. Writes nothing."""

import json
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intake.submission.routing_preview import offer_now
from organisations.front_door.choice import front_door_with_rules, get_partnership
from organisations.partnership_file.facts_in_words import facts_of_words
from organisations.routing import Facts, FactsError
from welzijn.core.working_days import local_date


class Command(BaseCommand):
    """`route --partnership putten --facts '{"life_domains": ["geld"]}'` prints JSON. The facts may
    have the names and words of the partnership file: `{"leefgebieden": ["geld"]}`."""

    help = "Laat zien wie een vraag zou oppakken, en waarom. Bewaart niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options for partnership, facts and rules."""
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--facts", required=True, metavar="JSON")
        parser.add_argument("--draft", action="store_true", help="met het nieuwste concept")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the decision; exit 1 with each wrong fact and what would be right."""
        partnership = get_partnership(options["partnership"])
        door = front_door_with_rules(partnership, draft=options["draft"])
        try:
            facts = Facts.from_json(facts_of_words(options["facts"]), door.vocabulary)
        except FactsError as error:
            lines = [f"--facts {key}: {text}" for key, text in error.problems.items()]
            raise CommandError("\n".join(lines)) from None
        place = door.place_by_slug.get(facts.neighbourhood or "")
        if place is not None and facts.municipality is None:
            # As at the front door: the neighbourhood determines the municipality.
            facts = replace(facts, municipality=place.municipality)
        outcome = door.rules.decide(facts, on=local_date(timezone.now()), offer=offer_now(door))
        found = {
            "partnership": partnership.slug,
            "draft": options["draft"],
            "facts": facts.to_json(),
            **outcome.to_json(),
            "rule_set_version": outcome.version,
            "trace": outcome.trace().to_json(),
        }
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
