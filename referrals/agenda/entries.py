"""What stands in a worker's agenda: plans, terms of the law, meetings and learning sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from organisations.learning_sessions import schedule
from organisations.partnerships.models import Partnership
from referrals.conferences.models import Conference, Participant
from referrals.follow_ups.models import FollowUp
from referrals.handovers.meetings import LASTS
from referrals.handovers.models import Handover
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date, local_moment


class Sort(StrEnum):
    """What an entry is; `LABELS` has its name."""

    PLAN = "plan"
    LEGAL = "legal"
    MEETING = "meeting"
    CONFERENCE = "conference"
    SESSION = "session"


LABELS = {
    Sort.PLAN: _("te doen"),
    Sort.LEGAL: _("termijn van de wet"),
    Sort.MEETING: _("kennismaking"),
    Sort.CONFERENCE: _("MDO"),
    Sort.SESSION: _("leersessie"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `what`, `where` and `reference` are for the page; a feed shows only the label.

    `question` is the one whose words `what` are: showing it is a look.
    """

    sort: Sort
    uid: UUID | str
    day: date
    begins: datetime | None
    ends: datetime | None
    what: str
    path: str
    reference: str = ""
    where: str = ""
    off: str = ""
    question: Question | None = None

    @property
    def label(self) -> str:
        """What it is, in words."""
        return str(LABELS[self.sort])

    @property
    def title(self) -> str:
        """What the page says first: of something to do, what it is."""
        return self.what if self.sort is Sort.PLAN and self.what else self.label

    @property
    def detail(self) -> str:
        """What stands below it."""
        return "" if self.title == self.what else self.what


def between(
    *, user: User, partnership: Partnership, first: date, last: date, now: datetime
) -> list[Entry]:
    """Return the entries of `user` from `first` up to and including `last`, in order.

    A fixed number of queries.
    """
    begin, end = local_moment(first), local_moment(last + timedelta(days=1))
    found = [
        *_plans(user, partnership, first, last, local_date(now)),
        *_meetings(user, partnership, begin, end),
        *_conferences(user, partnership, begin, end),
        *_sessions(partnership, begin, last),
    ]
    early = local_moment(first - timedelta(days=1))
    return sorted(found, key=lambda one: (one.day, one.begins or early, one.label, str(one.uid)))


def _plans(
    user: User, partnership: Partnership, first: date, last: date, today: date
) -> list[Entry]:
    seen = Question.objects.visible_to(user, today).filter(partnership=partnership)
    rows = (
        FollowUp.objects.filter(
            partnership=partnership,
            worker=user,
            status=FollowUp.Status.OPEN,
            due_on__range=(first, last),
        )
        .filter(Exists(seen.filter(pk=OuterRef("question"))))
        # A handover's meeting stands there itself, and silence is no appointment.
        .exclude(kind__in=[FollowUp.Kind.HANDOVER, FollowUp.Kind.QUIET])
        .select_related("question")
    )
    found = []
    for row in rows:
        row.partnership = partnership
        legal = row.kind == FollowUp.Kind.CLOCK
        begins = local_moment(row.due_on, row.at_time) if row.at_time else None
        found.append(
            Entry(
                sort=Sort.LEGAL if legal else Sort.PLAN,
                uid=row.pk,
                day=row.due_on,
                begins=begins,
                ends=begins + timedelta(minutes=30) if begins else None,
                what=row.what,
                path=reverse("case_due", args=[row.question_id, row.pk]),
                reference=row.question.reference,
                question=row.question,
            )
        )
    return found


def _meetings(user: User, partnership: Partnership, begin: datetime, end: datetime) -> list[Entry]:
    rows = Handover.objects.filter(
        Q(answered_by=user) | Q(question__assigned_to=user),
        question__partnership=partnership,
        status=Handover.Status.ACCEPTED,
        meeting_at__gte=begin,
        meeting_at__lt=end,
    ).select_related("question", "receiver", "sender")
    return [
        Entry(
            sort=Sort.MEETING,
            uid=row.pk,
            day=local_date(at),
            begins=at,
            ends=at + LASTS,
            what=f"{row.sender}, {row.receiver}",
            path=reverse("case", args=[row.question_id]),
            reference=row.question.reference,
            where=row.meeting_where,
        )
        for row in rows
        if (at := row.meeting_at) is not None
    ]


def _conferences(
    user: User, partnership: Partnership, begin: datetime, end: datetime
) -> list[Entry]:
    rows = (
        Participant.objects.filter(
            user=user,
            removed_at=None,
            conference__partnership=partnership,
            conference__status__in=[Conference.Status.PLANNED, Conference.Status.HELD],
            conference__starts_at__gte=begin,
            conference__starts_at__lt=end,
        )
        .exclude(comes=False)
        .select_related("conference")
    )
    return [
        Entry(
            sort=Sort.CONFERENCE,
            uid=row.conference_id,
            day=local_date(at),
            begins=at,
            ends=row.conference.ends_at,
            what="",
            path=reverse("conference", args=[row.conference_id]),
            where=row.conference.place,
        )
        for row in rows
        if (at := row.conference.starts_at) is not None
    ]


def _sessions(partnership: Partnership, begin: datetime, last: date) -> list[Entry]:
    places = [
        place
        for place in partnership.neighbourhoods.order_by("name")
        if place.until is None or place.until >= local_date(begin)
    ]
    sessions: Sequence[schedule.Session] = schedule.upcoming(
        partnership=partnership,
        neighbourhoods=places,
        calendar=front_door.of(partnership).calendar,
        now=begin,
    )
    return [
        Entry(
            sort=Sort.SESSION,
            uid=one.uid,
            day=one.day,
            begins=one.starts,
            ends=one.ends,
            what=f"{one.name}: {one.theme}" if one.theme else one.name,
            path=reverse("learning_session", args=[one.uid]),
            where=", ".join(filter(None, [one.place, one.where])),
            off=one.off,
        )
        for one in sessions
        if one.day <= last
    ]


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of the week of that day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
