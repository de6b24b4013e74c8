"""What the receiver of an offered handover may see before accepting: this, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership
from referrals.handovers import state_machine
from referrals.handovers.models import Handover
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

# The resident, or the sender for them, stopped the handover: the receiver's access ends.
ACCESS_ENDED = (Handover.Status.REVOKED, Handover.Status.WITHDRAWN, Handover.Status.LAPSED)


@dataclass(frozen=True, slots=True)
class Clarification:
    """One question or answer between receiver and sender."""

    at: datetime
    organisation: str
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class MinimalSummary:
    """Life domains, neighbourhood, urgency and the sender's sentences; no person, no words.

    Holds plain values, so that a template can't walk from it to the question.
    """

    handover_id: UUID
    reference: str
    status: str
    status_label: str
    sender: str
    sent_by: str
    receiver: str
    life_domains: tuple[str, ...]
    neighbourhood: str
    urgency: str
    urgency_label: str
    summary: str
    talk: tuple[Clarification, ...]
    proposed_at: datetime
    resident_yes_at: datetime | None
    due_on: date | None
    due_for: str
    decline_reason: str


def open_summary(
    *, user: User, partnership: Partnership, handover_id: UUID, now: datetime
) -> tuple[Handover, MinimalSummary, Membership]:
    """Return an offered handover to an intake worker of its receiver.

    Raises Http404 for everybody else, for another partnership's, and for one that the resident has
    not agreed to: the receiver doesn't know of it yet.
    """
    handover = (
        Handover.objects.filter(
            pk=handover_id,
            question__partnership=partnership,
            resident_yes_at__isnull=False,
        )
        .select_related("question__neighbourhood", "sender", "receiver", "proposed_by")
        .first()
    )
    if handover is None:
        raise Http404
    member = state_machine.receiving_as(user, handover, local_date(now))
    if member is None:
        raise Http404
    return handover, summary_of(handover), member


def summary_of(handover: Handover) -> MinimalSummary:
    """Return the summary; of a stopped handover only its status (invariant 3)."""
    question = handover.question
    access_ended = handover.status in ACCESS_ENDED
    return MinimalSummary(
        handover_id=handover.id,
        reference=question.reference,
        status=handover.status,
        status_label=handover.get_status_display(),
        sender=handover.sender.name,
        sent_by=handover.proposed_by.name,
        receiver=handover.receiver.name,
        life_domains=()
        if access_ended
        else tuple(d.for_staff for d in question.life_domains.all()),
        neighbourhood=question.neighbourhood.name
        if question.neighbourhood and not access_ended
        else "",
        urgency="" if access_ended else question.urgency,
        urgency_label="" if access_ended else str(question.get_urgency_display()),
        summary="" if access_ended else handover.summary,
        talk=() if access_ended else _clarifications(handover),
        proposed_at=handover.proposed_at,
        resident_yes_at=handover.resident_yes_at,
        due_on=handover.due_on,
        due_for=handover.due_for,
        decline_reason=handover.decline_reason,
    )


def _clarifications(handover: Handover) -> tuple[Clarification, ...]:
    """Return the questions and answers that the resident agreed to share."""
    return tuple(
        Clarification(t.at, t.organisation.name, t.by.name, t.text)
        for t in handover.talk.for_receiver().select_related("organisation", "by")
    )
