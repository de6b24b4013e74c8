"""What takes two people: one person proposes, another approves, and then it holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.partnership_editor import saving, values
from organisations.partnership_editor.models import PartnershipRevision, TextProposal
from organisations.partnership_editor.values import Change
from organisations.partnerships.models import Partnership
from organisations.roles import second_person
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.notifications import outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient

PROPOSED = "partnership_editor.text_proposed"
Decision = TextProposal.Decision


def approvers(partnership: Partnership, proposer: User) -> QuerySet[User]:
    """Return who may approve: administrators and coordinators.

    Nobody whom the proposer could be too (`roles.second_person`).
    """
    wanted = Membership.objects.active().filter(
        partnership=partnership, role__in=[Role.ADMINISTRATOR, Role.COORDINATOR]
    )
    people = User.objects.filter(pk__in=wanted.values("user"), is_active=True)
    return second_person.beside(proposer, people, partnership=partnership, on=timezone.now())


def propose(
    *,
    partnership: Partnership,
    changes: Sequence[Change],
    by: User,
    now: datetime,
    file_name: str = "",
) -> TextProposal:
    """Keep a proposal and tell who may approve it."""
    proposal = TextProposal.objects.create(
        partnership=partnership,
        changes=saving.stored(changes),
        sections=values.touched(changes),
        source=file_name[:100],
        proposed_by=by,
        proposed_at=now,
    )
    for person in approvers(partnership, by):
        outbox.queue(
            partnership_id=partnership.pk,
            subject_kind=PROPOSED,
            subject_id=proposal.pk,
            due_version=1,
            recipient=Recipient.user(person.pk, email=person.email, language=person.language),
            template="text_asked",
            context={"path": "/beheer/teksten/"},
            urgent=False,
            now=now,
        )
    return proposal


def approve(*, proposal_id: UUID, by: User, now: datetime) -> PartnershipRevision | None:
    """Let a proposal hold from now on.

    Raises ValidationError (not open, not for this person), ConflictError (changed meanwhile) or
    ProblemsError: then it stays open.
    """
    with transaction.atomic():
        proposal = _open(proposal_id, by)
        saving.locked(proposal.partnership)
        _decide(proposal, Decision.APPROVED, by, now)
        return saving.save(
            partnership=proposal.partnership,
            changes=saving.read(proposal.changes),
            by=proposal.proposed_by,
            now=now,
            source=PartnershipRevision.Source.TEXT,
            confirmed=True,
            file_name=proposal.source,
            has_texts=True,
            proposal=proposal,
        )


def refuse(*, proposal_id: UUID, by: User, now: datetime) -> None:
    """Drop a proposal; its proposer may do so too. Raises ValidationError."""
    with transaction.atomic():
        _decide(_open(proposal_id, by, own=True), Decision.REFUSED, by, now)


def _open(proposal_id: UUID, by: User, *, own: bool = False) -> TextProposal:
    proposal = (
        TextProposal.objects.select_for_update(of=("self",))
        .select_related("partnership", "proposed_by")
        .filter(pk=proposal_id)
        .first()
    )
    if proposal is None or proposal.decision:
        raise ValidationError(_("Over dit voorstel is al beslist."))
    if own and proposal.proposed_by_id == by.pk:
        return proposal
    if not approvers(proposal.partnership, proposal.proposed_by).filter(pk=by.pk).exists():
        raise ValidationError(_("Over dit voorstel beslist iemand anders."))
    return proposal


def _decide(proposal: TextProposal, decision: str, by: User, now: datetime) -> None:
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, now
    proposal.save(update_fields=["decision", "decided_by", "decided_at"])


def still_open(messages: Sequence[Message], _now: datetime) -> Collection[UUID]:
    """Return the ids of messages about proposals that nobody has decided on yet."""
    waiting = set(
        TextProposal.objects.filter(
            pk__in=[m.subject_id for m in messages], decision=""
        ).values_list("pk", flat=True)
    )
    return {m.id for m in messages if m.subject_id in waiting}
