"""`manage.py listen`: what is heard in lines from standard input, a JSON line for each."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organisations.partnerships.models import Partnership
from organisations.triage_hints.suggestions import Proposal, suggest


class Command(BaseCommand):
    """Writes nothing and keeps nothing."""

    help = (
        "Read lines, and say for each: language, danger and what raised it, life domains and why."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the partnership, whose life domains are proposed."""
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--json", action="store_true", help="JSON lines: they are always that")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Answer line by line. Raises CommandError where there is no such partnership."""
        found = Partnership.objects.filter(slug=options["partnership"]).first()
        if found is None:
            raise CommandError(f"There is no partnership {options['partnership']}.")
        for line in sys.stdin:
            self.stdout.write(json.dumps(heard(found, line.strip()), ensure_ascii=False))


def heard(partnership: Partnership, text: str) -> dict[str, Any]:
    """Say what is heard in one line."""
    proposals = suggest(partnership=partnership, text=text)
    raised = proposals.danger.heard if proposals.danger else ()
    return {
        "language": proposals.language,
        "danger": [
            {
                "kind": one.kind,
                "probability": one.probability,
                "sentence": one.sentence,
                "like": one.like,
            }
            for one in raised
        ],
        "kinds": list(proposals.danger.kinds) if proposals.danger else [],
        "life_domains": [
            {"slug": one.slug, "probability": one.score, **_reason(one)}
            for one in proposals.life_domains
        ],
        "services": [{"slug": one.slug, **_reason(one)} for one in proposals.services],
        "of_municipality": proposals.of_municipality,
    }


def _reason(proposal: Proposal) -> dict[str, Any]:
    return {"words": list(proposal.words)} if proposal.words else {"like": proposal.like}
