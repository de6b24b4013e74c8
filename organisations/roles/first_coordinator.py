"""Give an organisation the first coordinator whom the partnership file names."""

from datetime import datetime

from django.db import transaction

from organisations.directory.models import Participation
from organisations.roles import commands, proposal_notices
from organisations.roles.models import Membership, Role
from organisations.roles.proposal_models import RoleProposal
from welzijn.core.working_days import local_date


def appoint(*, participation: Participation, now: datetime) -> Membership | None:
    """Invite and appoint the first coordinator; None where nobody is named or one has been.

    Only once: whoever follows is proposed and approved in the browser. The privacy officers are
    told.
    """
    if not participation.coordinator_email:
        return None
    partnership, organisation = participation.partnership, participation.organisation
    with transaction.atomic():
        if Membership.objects.filter(
            partnership=partnership, organisation=organisation, role=Role.COORDINATOR
        ).exists():
            return None
        user = commands.account_for(
            email=participation.coordinator_email,
            name=participation.coordinator_name or participation.coordinator_email,
            function="",
            partnership=partnership,
            role=Role.COORDINATOR,
            by=None,
            now=now,
        )
        proposal = RoleProposal.objects.create(
            partnership=partnership,
            organisation=organisation,
            user=user,
            email=user.email,
            name=participation.coordinator_name or user.email,
            role=Role.COORDINATOR,
            reads_new=True,
            source=RoleProposal.Source.FILE,
            proposed_at=now,
            decision=RoleProposal.Decision.APPROVED,
            decided_at=now,
        )
        granted = Membership.objects.create(
            user=user,
            partnership=partnership,
            organisation=organisation,
            role=Role.COORDINATOR,
            reads_new=True,
            since=local_date(now),
            proposal=proposal,
        )
        proposal_notices.notify_privacy_officers(granted, now)
    return granted
