"""What a partner outside may read: the minimal summary, as long as the handover is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from referrals.external_handovers.models import OutsideHandover
from welzijn.notifications.models import Message


@dataclass(frozen=True, slots=True)
class Summary:
    """What the partner reads: plain values, so that a template can't walk on to the question."""

    sender: str
    sender_phone: str
    partner: str
    life_domains: tuple[str, ...]
    neighbourhood: str
    urgency: str
    text: str
    due_on: date


def find(*, token: UUID, partnership: Partnership) -> OutsideHandover | None:
    """Return the handover of this link in this partnership, or None."""
    return (
        OutsideHandover.objects.filter(token=token, question__partnership=partnership)
        .select_related("question__neighbourhood", "question__partnership", "sender")
        .first()
    )


def is_live(offered: OutsideHandover) -> bool:
    """Whether there is still something to read and to answer."""
    return offered.status == OutsideHandover.Status.OFFERED and offered.question.is_open


def summary_of(offered: OutsideHandover) -> Summary:
    """Return life domains, neighbourhood, urgency and the sender's sentences.

    Neither the person nor the resident's own words are in it.
    """
    question = offered.question
    return Summary(
        sender=str(offered.sender),
        sender_phone=offered.sender.phone or question.partnership.desk_phone,
        partner=offered.name,
        life_domains=tuple(
            question.life_domains.order_by("position").values_list("name", flat=True)
        ),
        neighbourhood=str(question.neighbourhood or ""),
        urgency=question.get_urgency_display(),
        text=offered.summary,
        due_on=offered.due_on,
    )


def still_offered(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Return the ids of the mails whose handover is still open. For the outbox."""
    live = set(
        OutsideHandover.objects.filter(
            pk__in=[m.subject_id for m in messages],
            status=OutsideHandover.Status.OFFERED,
            question__status__in=Question.OPEN_STATUSES,
        ).values_list("pk", flat=True)
    )
    return {m.id for m in messages if m.subject_id in live}
