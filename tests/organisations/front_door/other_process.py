"""Another process of the product: answers questions from standard input, out of its own memory.

    python -m tests.organisations.front_door.other_process

A line is JSON: {"facts": {...}} for a decision of the rules, {"path": "/", "language": "nl"} for a
page. Started by `test_every_process.py`, with the test's database in the environment.
"""

import json
import sys
from typing import Any

import django


def main() -> None:
    django.setup()

    from django.test import Client
    from django.utils import timezone

    from organisations.front_door import configuration
    from organisations.partnerships.models import Partnership
    from organisations.routing import Facts
    from welzijn.core.working_days import local_date

    def decided(facts: dict[str, Any]) -> str:
        front = configuration.of(Partnership.objects.get(slug="putten"))
        read = Facts(**{**facts, "life_domains": frozenset(facts["life_domains"])})
        outcome = front.rules.decide(read, on=local_date(timezone.now()), offer=front.offer_now())
        return f"{outcome.organisation} {outcome.service}"

    for line in sys.stdin:
        wanted = json.loads(line)
        if "facts" in wanted:
            said = decided(wanted["facts"])
        else:
            page = Client().get(
                wanted["path"],
                headers={"host": "putten.localhost", "accept-language": wanted["language"]},
            )
            said = page.content.decode()
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
