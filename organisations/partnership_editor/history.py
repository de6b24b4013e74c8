"""What was changed, and what waits for a second person."""

from __future__ import annotations

from django.db.models import F, Func, QuerySet

from organisations.partnership_editor.models import PartnershipRevision, TextProposal
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership


def last_of_sections(partnership: Partnership) -> dict[str, PartnershipRevision]:
    """Return the newest change of each section, in one query."""
    newest = (
        PartnershipRevision.objects.filter(partnership=partnership)
        .annotate(section=Func(F("sections"), function="unnest"))
        .order_by("section", "-at", "-id")
        .distinct("section")
        .select_related("by")
        .defer("changes")
    )
    return {row.section: row for row in newest}


def waiting(partnership: Partnership) -> int:
    """Count the proposals that nobody has decided on."""
    return TextProposal.objects.filter(partnership=partnership, decision="").count()


def of_partnership(partnership: Partnership) -> QuerySet[PartnershipRevision]:
    """Return the changes, newest first."""
    return (
        PartnershipRevision.objects.filter(partnership=partnership)
        .select_related("by", "proposal__decided_by", "undoes")
        .prefetch_related("undone_by")
    )


def people_of_team(partnership: Partnership, slug: str) -> QuerySet[Membership]:
    """Return who is in a team."""
    return (
        Membership.objects.active()
        .filter(partnership=partnership, team__slug=slug)
        .select_related("user", "organisation")
        .order_by("user__name")
    )
