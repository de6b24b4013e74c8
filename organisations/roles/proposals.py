"""Propose a role, and decide on a proposal: two people for what reads or oversees persons."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organisations.directory.models import Organisation, Participation, Team
from organisations.partnerships.models import Municipality, Partnership
from organisations.roles import commands, proposal_notices
from organisations.roles.models import OF_A_MUNICIPALITY, Membership, Role
from organisations.roles.proposal_models import RoleProposal
from organisations.roles.same_person import mailbox_of
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

Decision, Source = RoleProposal.Decision, RoleProposal.Source


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who would get the role: an account, or an address without one."""

    email: str
    name: str
    function: str = ""

    @classmethod
    def of(cls, user: User) -> "Candidate":
        """Return a colleague with an account."""
        return cls(user.email, user.name, user.function)


def approvers(*, proposal: RoleProposal, on: datetime) -> tuple[list[User], Participation | None]:
    """Return the coordinators who may approve, or else the participation with a contact person.

    Nobody who proposed the role or would get it, nor a second mailbox of theirs.
    """
    barred = {mailbox_of(proposal.email)}
    if proposal.proposed_by is not None:
        barred.add(mailbox_of(proposal.proposed_by.email))
    held = (
        Membership.objects.active(local_date(on))
        .filter(
            partnership=proposal.partnership,
            organisation=proposal.organisation,
            role=Role.COORDINATOR,
        )
        .select_related("user")
        .order_by("granted_at", "id")
    )
    users = [u for u in dict.fromkeys(m.user for m in held) if mailbox_of(u.email) not in barred]
    if users:
        return users, None
    contact = (
        Participation.objects.filter(
            partnership=proposal.partnership, organisation=proposal.organisation
        )
        .exclude(contact_email="")
        .first()
    )
    if contact is None or mailbox_of(contact.contact_email) in barred:
        return [], None
    return [], contact


def propose(
    *,
    candidate: Candidate,
    partnership: Partnership,
    organisation: Organisation,
    role: Role,
    reads_new: bool = False,
    team: Team | None = None,
    municipality: Municipality | None = None,
    by: User,
    now: datetime,
) -> RoleProposal:
    """Propose a role, and ask those who may approve it. No account is made yet.

    Raises ValidationError, with a sentence for the form: nobody of the organisation may approve
    it, it was proposed already, or the candidate has it.
    """
    email = candidate.email.strip().lower()
    user = User.objects.filter(email=email).first()
    proposal = RoleProposal(
        partnership=partnership,
        organisation=organisation,
        user=user,
        email=email,
        name=candidate.name,
        function=candidate.function,
        role=role,
        reads_new=reads_new and role in commands.CAN_READ_NEW,
        team=team if role == Role.TEAM_MEMBER else None,
        municipality=municipality if role in OF_A_MUNICIPALITY else None,
        source=Source.ADMINISTRATOR,
        proposed_by=by,
        proposed_at=now,
    )
    commands.check_grant(
        partnership=partnership,
        organisation=organisation,
        role=role,
        team=team,
        neighbourhood=None,
        municipality=municipality,
        reads_new=proposal.reads_new,
        now=now,
    )
    if user is not None and commands.has_role(proposal, user, local_date(now)):
        raise ValidationError(_("Deze persoon heeft deze rol al."))
    users, contact = approvers(proposal=proposal, on=now)
    if not users and contact is None:
        raise ValidationError(
            {
                "organisation": _(
                    "Een ander van deze organisatie moet dit goedkeuren, en daar is nog niemand "
                    "voor. Zet een contactpersoon in het bestand van uw samenwerkingsverband en "
                    "laad het opnieuw."
                )
            }
        )
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
            proposal_notices.ask(proposal, users, contact, now)
    except IntegrityError as error:
        if "role_proposal_once" not in str(error):
            raise
        raise ValidationError(_("Dit is al voorgesteld en wacht op goedkeuring.")) from None
    return proposal


def approve(
    *,
    proposal: RoleProposal,
    by: User | None = None,
    contact: str = "",
    contact_name: str = "",
    now: datetime,
) -> Membership:
    """Approve an open proposal and grant its role from today on.

    `by` a coordinator, or `contact` the address of the organisation's contact person. An unknown
    address gets its account and invitation now; the privacy officers are told. Raises
    ValidationError for who may not approve it, and for a proposal that was decided.
    """
    with transaction.atomic():
        held = _open(proposal)
        _check_decider(held, by, contact, now)
        held.user = commands.account_for(
            email=held.email,
            name=held.name,
            function=held.function,
            partnership=held.partnership,
            role=Role(held.role),
            by=held.proposed_by,
            now=now,
        )
        _decide(held, Decision.APPROVED, by, contact, contact_name, now)
        granted = commands.write(
            user=held.user,
            partnership=held.partnership,
            organisation=held.organisation,
            role=Role(held.role),
            reads_new=held.reads_new,
            team=held.team,
            neighbourhood=None,
            municipality=held.municipality,
            by=held.proposed_by,
            proposal=held,
            now=now,
        )
        proposal_notices.notify_privacy_officers(granted, now)
    return granted


def refuse(
    *,
    proposal: RoleProposal,
    by: User | None = None,
    contact: str = "",
    contact_name: str = "",
    now: datetime,
) -> None:
    """Refuse an open proposal. Raises ValidationError like `approve`."""
    with transaction.atomic():
        held = _open(proposal)
        _check_decider(held, by, contact, now)
        _decide(held, Decision.REFUSED, by, contact, contact_name, now)


def withdraw(*, proposal: RoleProposal, by: User, now: datetime) -> None:
    """Withdraw an open proposal, as an administrator. Raises ValidationError if decided."""
    with transaction.atomic():
        _decide(_open(proposal), Decision.WITHDRAWN, by, "", "", now)


def _open(proposal: RoleProposal) -> RoleProposal:
    held = (
        RoleProposal.objects.select_for_update(of=("self",))
        .select_related("partnership", "organisation", "team", "municipality", "proposed_by")
        .get(pk=proposal.pk)
    )
    if held.decision != Decision.OPEN:
        raise ValidationError(_("Hier is al over besloten."))
    return held


def _check_decider(held: RoleProposal, by: User | None, contact: str, now: datetime) -> None:
    users, participation = approvers(proposal=held, on=now)
    if by is not None and by in users:
        return
    if contact and participation is not None and participation.contact_email == contact:
        return
    raise ValidationError(
        _("U kunt dit niet goedkeuren. Dat doet een ander, van de organisatie van de rol.")
    )


def _decide(
    held: RoleProposal,
    decision: RoleProposal.Decision,
    by: User | None,
    contact: str,
    contact_name: str,
    now: datetime,
) -> None:
    held.decision, held.decided_by, held.decided_at = decision, by, now
    held.decided_by_contact, held.contact_name = contact, contact_name
    held.save()
