"""Whether anybody reads the new questions of a partnership."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from welzijn.core.working_days import local_date


def somebody_reads(partnership: Partnership, now: datetime) -> bool:
    """Return whether anybody is in the triage team, at the desk, or reads new questions."""
    team = partnership.triage_team_id
    return (
        Membership.objects.active(local_date(now))
        .filter(partnership=partnership)
        .filter(Q(team=team) | Q(reads_new=True) | Q(role=Role.FRONT_DESK))
        .exists()
    )
