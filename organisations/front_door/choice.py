"""Find the partnership and the version of its rules that a command names."""

from django.core.management.base import CommandError

from organisations.front_door import configuration
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.routing.facts import unknown_value_message
from organisations.routing.models import RuleSet


def get_partnership(slug: str) -> Partnership:
    """Return the partnership with this slug. Raises CommandError with the slugs that exist."""
    # PostgreSQL refuses NUL in a text; no slug holds one.
    known_to_us = Partnership.objects.select_related("triage_team")
    found = None if "\x00" in slug else known_to_us.filter(slug=slug).first()
    if found is None:
        known = list(Partnership.objects.values_list("slug", flat=True))
        if not known:
            raise CommandError(
                "Er is nog geen samenwerkingsverband. Laad er een: load_partnership."
            )
        raise CommandError(f"--partnership: {unknown_value_message(slug, known)}")
    return found


def front_door_with_rules(partnership: Partnership, *, draft: bool) -> FrontDoor:
    """Return the front door with the published rules, or with the newest draft.

    Raises CommandError where there is no draft or no triage team.
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
