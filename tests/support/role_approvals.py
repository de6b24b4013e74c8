"""The approval that a role which reads or oversees persons needs."""

from datetime import UTC, datetime
from typing import Any

from organisations.directory.models import Participation
from organisations.roles.commands import takes_two
from organisations.roles.models import Role
from organisations.roles.proposal_models import RoleProposal
from welzijn.accounts.models import User

APPROVED_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def approved(
    where: Participation, role: Role | str, who: User, **fields: Any
) -> RoleProposal | None:
    """The approval by the organisation's contact person, where a role takes two people."""
    reads_new = fields.get("reads_new", False)
    if not takes_two(Role(role), reads_new=reads_new):
        return None
    proposer, _made = User.objects.get_or_create(
        email="aanvrager@voordeur.example", defaults={"name": "Aanvrager", "is_active": False}
    )
    return RoleProposal.objects.create(
        partnership_id=where.partnership_id,
        organisation_id=where.organisation_id,
        user=who,
        email=who.email,
        name=who.name,
        role=role,
        reads_new=reads_new,
        team=fields.get("team"),
        municipality=fields.get("municipality"),
        source=RoleProposal.Source.ADMINISTRATOR,
        proposed_by=proposer,
        proposed_at=APPROVED_AT,
        decision=RoleProposal.Decision.APPROVED,
        decided_by_contact=where.contact_email,
        decided_at=APPROVED_AT,
    )
