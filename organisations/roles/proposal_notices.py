"""Messages about proposals of roles; they name nobody."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from organisations.directory.models import Participation
from organisations.roles.models import Membership, Role
from organisations.roles.proposal_models import RoleProposal
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications import message_kinds, outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient

PROPOSED, GRANTED = "organisations.role_proposed", "organisations.role_granted"
_SALT = "organisations.role_proposal"
LINK_LASTS = timedelta(days=14)


def register() -> None:
    """Register both kinds of message (called by AppConfig.ready)."""
    message_kinds.register(PROPOSED, still_valid=still_open, about_setup=True)
    message_kinds.register(GRANTED, still_valid=message_kinds.always, about_setup=True)


def link_for(proposal: RoleProposal, email: str) -> str:
    """Return the path by which a contact person decides; it ends with the decision."""
    token = signing.dumps([str(proposal.pk), email.lower()], salt=_SALT)
    return reverse("role_proposal_contact", kwargs={"token": token})


def proposal_of(token: str) -> tuple[RoleProposal, str] | None:
    """Return the open proposal of a link with its contact's address; None for an invalid link."""
    try:
        pk, email = signing.loads(token, salt=_SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    found = (
        RoleProposal.objects.filter(pk=pk, decision=RoleProposal.Decision.OPEN)
        .select_related("partnership", "organisation", "team", "municipality", "proposed_by")
        .first()
    )
    return (found, email) if found is not None else None


def ask(
    proposal: RoleProposal,
    users: Iterable[User],
    contact: Participation | None,
    now: datetime,
) -> None:
    """Ask the coordinators, or the contact person by a one-time link."""
    for user in users:
        _queue(proposal, _of(user), "role_proposed", reverse("role_proposals"), now)
    if contact is not None:
        recipient = Recipient.mailbox("contact", contact.pk, email=contact.contact_email)
        path = link_for(proposal, contact.contact_email)
        _queue(proposal, recipient, "role_proposed_contact", path, now)


def notify_privacy_officers(granted: Membership, now: datetime) -> None:
    """Tell the partnership's privacy officers of a grant."""
    officers = (
        Membership.objects.active(local_date(now))
        .filter(partnership=granted.partnership_id, role=Role.PRIVACY_OFFICER)
        .select_related("user")
    )
    for user in dict.fromkeys(m.user for m in officers):
        outbox.queue(
            partnership_id=granted.partnership_id,
            subject_kind=GRANTED,
            subject_id=granted.id,
            recipient=_of(user),
            template="role_granted",
            context={"path": reverse("role_proposals")},
            now=now,
        )


def still_open(messages: Sequence[Message], _now: datetime) -> Collection[UUID]:
    """Return the ids of messages whose proposal still waits for a decision."""
    waiting = set(
        RoleProposal.objects.filter(
            pk__in=[m.subject_id for m in messages], decision=RoleProposal.Decision.OPEN
        ).values_list("pk", flat=True)
    )
    return {m.id for m in messages if m.subject_id in waiting}


def _of(user: User) -> Recipient:
    return Recipient.user(user.id, email=user.email, language=user.language)


def _queue(
    proposal: RoleProposal, recipient: Recipient, template: str, path: str, now: datetime
) -> None:
    outbox.queue(
        partnership_id=proposal.partnership_id,
        subject_kind=PROPOSED,
        subject_id=proposal.id,
        recipient=recipient,
        template=template,
        context={"path": path},
        urgent=True,
        now=now,
    )
