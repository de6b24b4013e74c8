"""Notifications about an MDO. No message says what or whom it is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from intake.questions import timeline
from intake.questions.models import TimelineEntry
from organisations.directory.display_names import caller_of
from organisations.roles.models import Membership
from referrals.casework_base import notify
from referrals.conferences import sentences, state_machine
from referrals.conferences.models import AgendaItem, Conference, Participant
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications import outbox
from welzijn.notifications.calendar_invites import Invitation
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient

PLANNED, OVER, MINUTES = "conference", "conference.over", "conference.minutes"


def path_of(conference: Conference) -> str:
    """Return the URL path of the MDO for staff."""
    return f"/mdo/{conference.pk}/"


def invitation_of(
    conference: Conference, times: int, now: datetime, item: AgendaItem | None = None
) -> Invitation | None:
    """The appointment as it is now; None where no time was ever set.

    `item`: for the resident of that question. Each question has an appointment of its own, so that
    one that ends does not take another one out of a calendar that a family shares.

    `times`: how often its reader got it before. The sequence counts for each reader, since somebody
    who was taken off and asked again has to see a newer one than the cancellation (RFC 5546).
    """
    if conference.starts_at is None or conference.ends_at is None:
        return None
    return Invitation(
        uid=f"mdo-{conference.pk}{f'-{item.pk}' if item else ''}@voordeur",
        starts=conference.starts_at,
        ends=conference.ends_at,
        made_at=now,
        sequence=times,
        cancelled=conference.status == Conference.Status.CANCELLED,
        title=_("MDO"),
        place=conference.place,
    )


def caller(conference: Conference) -> dict[str, str]:
    """Which organisation invites, and its number: that of who proposed it, or the first lead."""
    item = conference.agenda.select_related("question__lead").first()
    own = conference.participants.filter(
        user=conference.proposed_by_id, organisation__isnull=False
    ).select_related("organisation")
    first = own.first() if conference.proposed_by_id else None
    who = first.organisation if first else (item.question.lead if item else None)
    return caller_of(who, conference.partnership.desk_phone) if who else {}


def participant(
    conference: Conference, who: Participant, now: datetime, *, back: bool = False
) -> None:
    """Send one participant the appointment as it is now; nothing before there is a time.

    `back`: they had been taken off and are invited again.
    """
    invitation = invitation_of(conference, who.invitations_sent, now)
    if invitation is None:
        return
    over = invitation.cancelled or who.removed_at is not None
    invitation = replace(invitation, cancelled=over)
    who.invitations_sent += 1
    who.save(update_fields=["invitations_sent"])
    recipient = (
        notify.user(who.user)
        if who.user is not None
        else Recipient.mailbox("participant", who.pk, email=who.email)
    )
    outbox.queue(
        partnership_id=conference.partnership_id,
        subject_kind=OVER if over else PLANNED,
        subject_id=who.pk,
        due_version=who.invitations_sent,
        recipient=recipient,
        template="conference_invited"
        if back or who.invitations_sent == 1
        else "conference_changed",
        context={"path": path_of(conference)}
        if who.user_id
        else {"path": f"/mdo/uitnodiging/{who.token}/", **caller(conference)},
        invitation=invitation,
        now=now,
    )


def everybody(
    conference: Conference, by: User | None, acting: Membership | None, now: datetime
) -> None:
    """The new time, or that it is off: to all participants and the residents who are invited.

    `by` None: it is off by itself.
    """
    off = conference.status == Conference.Status.CANCELLED
    for who in conference.participants.filter(removed_at__isnull=True).select_related("user"):
        # A former colleague gets the cancellation for their calendar, but no new time or place.
        if off or state_machine.takes_part(who, local_date(now)):
            participant(conference, who, now)
    for item in conference.agenda.select_related("question__asker").filter(resident_invited=True):
        resident(conference, item, by, acting, now)


def resident(
    conference: Conference,
    item: AgendaItem,
    by: User | None,
    acting: Membership | None,
    now: datetime,
) -> None:
    """On the page of one question when it is and where, and the appointment in their calendar."""
    invitation = invitation_of(conference, item.invitations_sent, now, item)
    if invitation is None:
        return
    _count(item)
    sentence = (
        sentences.CALLED_OFF(when=invitation.starts)
        if invitation.cancelled
        else sentences.WELCOME(when=invitation.starts, place=conference.place)
    )
    kind = TimelineEntry.Kind.CONFERENCE
    if by is None or acting is None:
        entry = timeline.by_system(question=item.question, kind=kind, sentence=sentence, now=now)
    else:
        entry = timeline.by_staff(
            question=item.question,
            kind=kind,
            user=by,
            organisation=acting.organisation,
            sentence=sentence,
            now=now,
        )
    notify.resident(item.question, entry, now, template="appointment", invitation=invitation)


def not_invited(item: AgendaItem, entry: TimelineEntry, now: datetime) -> None:
    """The resident isn't invited (any more): what stands in their calendar leaves it."""
    appointment = invitation_of(item.conference, item.invitations_sent, now, item)
    if appointment is None or not item.invitations_sent:
        notify.resident(item.question, entry, now)
        return
    _count(item)
    notify.resident(
        item.question,
        entry,
        now,
        template="appointment",
        invitation=replace(appointment, cancelled=True),
    )


def _count(item: AgendaItem) -> None:
    item.invitations_sent += 1
    item.save(update_fields=["invitations_sent"])


def minutes(item: AgendaItem, by: User, now: datetime) -> None:
    """That there is a plan or minutes, to the participants who may read them."""
    on = local_date(now)
    readers = item.conference.participants.filter(
        removed_at__isnull=True, user__isnull=False
    ).select_related("user")
    for who in readers:
        assert who.user is not None
        if who.user == by or not state_machine.reads_item(who.user, item, who, on):
            continue
        outbox.queue(
            partnership_id=item.conference.partnership_id,
            subject_kind=MINUTES,
            subject_id=item.pk,
            due_version=item.version,
            recipient=notify.user(who.user),
            template="conference_minutes",
            context={"path": path_of(item.conference)},
            about_id=item.question_id,
            now=now,
        )


def still_planned(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Return the ids of invitations that are the latest about an MDO that is still planned."""
    versions = dict(
        Participant.objects.filter(
            pk__in=[m.subject_id for m in messages],
            removed_at__isnull=True,
            conference__status=Conference.Status.PLANNED,
        ).values_list("pk", "invitations_sent")
    )
    return {m.id for m in messages if versions.get(m.subject_id) == m.due_version}


def still_over(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Return the ids of cancellations to those who were not invited again since."""
    versions = dict(
        Participant.objects.filter(pk__in=[m.subject_id for m in messages]).values_list(
            "pk", "invitations_sent"
        )
    )
    return {m.id for m in messages if versions.get(m.subject_id) == m.due_version}
