"""Which partnership, and which version of its rules, a command is about."""

from django.core.management.base import CommandError

from organisations.front_door import configuration
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.routing.facts import nearest
from organisations.routing.models import RuleSet


def partnership_named(slug: str) -> Partnership:
    """Give the partnership with this slug. Raises CommandError that says which there are."""
    # PostgreSQL refuses NUL in a text; no slug holds one.
    known_to_us = Partnership.objects.select_related("triage_team")
    found = None if "\x00" in slug else known_to_us.filter(slug=slug).first()
    if found is None:
        known = list(Partnership.objects.values_list("slug", flat=True))
        if not known:
            raise CommandError(
                "Er is nog geen samenwerkingsverband. Laad er een: load_partnership."
            )
        raise CommandError(f"--partnership: {nearest(slug, known)}")
    return found


def door_with_rules(partnership: Partnership, *, draft: bool) -> FrontDoor:
    """Give the front door with the rules that hold now, or with the newest draft.

    Raises CommandError where there is no draft, or nobody to triage.
    """
    rule_set = None
    if draft:
        rule_set = (
            partnership.rule_sets.filter(status=RuleSet.Status.DRAFT).order_by("-version").first()
        )
        if rule_set is None:
            raise CommandError(f"{partnership.name} heeft geen concept. Laat --draft weg.")
    try:
        return configuration.read(partnership, rule_set)
    except configuration.NotOpenError:
        raise CommandError(f"{partnership.name} heeft geen triageteam.") from None
