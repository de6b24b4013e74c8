"""Roles of the invented staff, proposed and approved by two people as in the product."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pghistory

from organisations.directory.models import Organisation, Participation, Team
from organisations.partnerships.models import Municipality, Neighbourhood, Partnership
from organisations.roles.commands import takes_two
from organisations.roles.models import Membership, Role
from organisations.roles.proposal_models import RoleProposal
from welzijn.accounts.models import User


@dataclass(frozen=True, slots=True)
class WantedRole:
    """A role that somebody has in the demo."""

    user: User
    role: Role
    organisation: Organisation
    reads_new: bool = False
    team: Team | None = None
    neighbourhood: Neighbourhood | None = None
    municipality: Municipality | None = None


def give_roles(
    *,
    partnership: Partnership,
    administrator: User,
    wanted: Sequence[WantedRole],
    since: date,
    now: datetime,
) -> None:
    """Write the roles that are missing: coordinators first, who approve the others."""
    coordinators: dict[object, User] = {}
    contacts = dict(
        Participation.objects.filter(partnership=partnership).values_list(
            "organisation", "contact_email"
        )
    )
    for one in sorted(wanted, key=lambda w: w.role != Role.COORDINATOR):
        places = {
            "team": one.team,
            "neighbourhood": one.neighbourhood,
            "municipality": one.municipality,
        }
        held = Membership.objects.filter(
            user=one.user,
            partnership=partnership,
            organisation=one.organisation,
            role=one.role,
            until=None,
            **places,
        )
        if not held.exists():
            approver = coordinators.get(one.organisation.pk)
            contact = "" if approver else contacts.get(one.organisation.pk, "")
            # As the screen writes it, with who did it in the history.
            with pghistory.context(user=str(administrator.pk)):
                Membership.objects.create(
                    user=one.user,
                    partnership=partnership,
                    organisation=one.organisation,
                    role=one.role,
                    reads_new=one.reads_new,
                    since=since,
                    granted_by=administrator,
                    proposal=_approved(partnership, one, administrator, approver, contact, now),
                    **places,
                )
        if one.role == Role.COORDINATOR:
            coordinators.setdefault(one.organisation.pk, one.user)


def _approved(
    partnership: Partnership,
    one: WantedRole,
    administrator: User,
    approver: User | None,
    contact: str,
    now: datetime,
) -> RoleProposal | None:
    if not takes_two(one.role, reads_new=one.reads_new):
        return None
    return RoleProposal.objects.create(
        partnership=partnership,
        organisation=one.organisation,
        user=one.user,
        email=one.user.email,
        name=one.user.name,
        function=one.user.function,
        role=one.role,
        reads_new=one.reads_new,
        team=one.team,
        municipality=one.municipality,
        source=RoleProposal.Source.ADMINISTRATOR,
        proposed_by=administrator,
        proposed_at=now,
        decision=RoleProposal.Decision.APPROVED,
        decided_by=approver,
        decided_by_contact=contact,
        contact_name="contactpersoon" if contact else "",
        decided_at=now,
    )
