"""Calendar invitations for the meeting of resident, sender and receiver.

    invite(handover=, question=, now=)       as it is now, to all three
    cancel(handover=, question=, now=)   the handover ended before they met
    reassign_meeting(question=, now=)           a colleague takes over on one of the two sides
    still_current(messages, now)                  for the outbox: is this the last word?

One UID for each handover; its sequence is `Handover.meeting_version`, which goes up at each change.
Who has it in their calendar is read from the outbox, so that who was invited also hears that it is
off. For the verbs of a handover, in their transaction and with the question locked.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.people.contact_preferences import resident as resident_recipient
from intake.questions.models import Question
from referrals.casework_base import notify
from referrals.handovers.models import Handover
from welzijn.accounts.models import User
from welzijn.notifications import outbox
from welzijn.notifications.calendar_invites import Invitation, method_of
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient, RecipientKind

KIND = "handover.meeting"
LASTS = timedelta(hours=1)


def invite(*, handover: Handover, question: Question, now: datetime) -> None:
    """Send all three the current appointment, new or moved."""
    handover.meeting_version += 1
    handover.save(update_fields=["meeting_version"])
    for person in _people(handover, question):
        _queue(handover, question, notify.user(person), now)
    _queue(handover, question, resident_recipient(question.asker), now)


def cancel(*, handover: Handover, question: Question, now: datetime) -> bool:
    """Cancel a future appointment in all calendars; return whether there was one.

    The resident is told of it by that same message.
    """
    if handover.meeting_at is None or handover.meeting_at <= now:
        return False
    handover.meeting_version += 1
    handover.save(update_fields=["meeting_version"])
    for person in _who_has_it(handover):
        _queue(handover, question, notify.user(person), now, off=True)
    _queue(handover, question, resident_recipient(question.asker), now, off=True)
    return True


def reassign_meeting(*, question: Question, now: datetime) -> None:
    """Invite the new worker and uninvite the old one; the resident keeps the appointment."""
    handover = question.handovers.filter(
        status=Handover.Status.ACCEPTED, meeting_at__gt=now
    ).first()
    if handover is None:
        return
    has, gets = _who_has_it(handover), _people(handover, question)
    if set(has) == set(gets):
        return
    handover.meeting_version += 1
    handover.save(update_fields=["meeting_version"])
    for person in gets:
        if person not in has:
            _queue(handover, question, notify.user(person), now)
    for person in has:
        if person not in gets:
            _queue(handover, question, notify.user(person), now, off=True)


def _people(handover: Handover, question: Question) -> list[User]:
    """Return the two colleagues who will be there, as far as known."""
    both = (handover.answered_by, question.assigned_to)
    return list(dict.fromkeys(who for who in both if who is not None))


def _who_has_it(handover: Handover) -> list[User]:
    """Return the colleagues whose latest message about it is an invitation."""
    last: dict[str, str] = {}
    for message in _sent([handover.pk]).filter(recipient_kind=RecipientKind.STAFF):
        if message.calendar:
            last[message.recipient_key] = method_of(message.calendar)
    ids = [key.removeprefix("user:") for key, method in last.items() if method == "REQUEST"]
    return list(User.objects.filter(pk__in=ids).order_by("pk"))


def _sent(handovers: Iterable[UUID]) -> QuerySet[Message]:
    return Message.objects.filter(subject_kind=KIND, subject_id__in=handovers).order_by(
        "due_version"
    )


def _queue(
    handover: Handover,
    question: Question,
    recipient: Recipient,
    now: datetime,
    *,
    off: bool = False,
) -> None:
    assert handover.meeting_at is not None
    to_staff = recipient.kind is RecipientKind.STAFF
    title = format_lazy(_("Kennismaking, vraag {reference}"), reference=question.reference)
    outbox.queue(
        partnership_id=question.partnership_id,
        subject_kind=KIND,
        subject_id=handover.pk,
        due_version=handover.meeting_version,
        recipient=recipient,
        template=("appointment_off" if off else "appointment_planned")
        if to_staff
        else "appointment",
        context={"reference": question.reference, "path": notify.path_of(question)}
        if to_staff
        else {},
        about_id=question.pk,
        invitation=Invitation(
            uid=f"handover-{handover.pk}@voordeur",
            starts=handover.meeting_at,
            ends=handover.meeting_at + LASTS,
            made_at=now,
            sequence=handover.meeting_version - 1,
            cancelled=off,
            title=title,
            place="" if off else handover.meeting_where,
        ),
        now=now,
    )


def still_current(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Return the ids of messages that are the latest to their recipient."""
    rows = (
        Message.objects.filter(
            subject_kind=KIND, subject_id__in={message.subject_id for message in messages}
        )
        .values_list("subject_id", "recipient_key")
        .annotate(last=Max("due_version"))
    )
    last = {(subject, reader): version for subject, reader, version in rows}
    return {m.id for m in messages if last.get((m.subject_id, m.recipient_key)) == m.due_version}
