"""Whom the alarm of possible danger reaches next, until somebody opened the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, Subquery

from referrals.follow_ups.models import FollowUp
from welzijn.audit.models import AccessEvent


class Circle(StrEnum):
    """Who hears the alarm, after who is on duty."""

    TEAM = "team"
    COORDINATORS = "coordinators"
    ADMINISTRATORS = "administrators"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Alert:
    """One look at an alarm: the circle to alert now, if any, and when to look again.

    again: None for the next working morning.
    """

    circle: Circle | None
    template: str
    again: timedelta | None


# Each after the partnership's own number of minutes in which nobody opened the question.
_CIRCLES = (Circle.TEAM, Circle.COORDINATORS, Circle.ADMINISTRATORS)
# After those, and while opened danger isn't judged: each hour, this many times in all, then each
# working morning.
HOURLY = timedelta(hours=1)
URGENTLY = 6


def opened_at(alarms: Sequence[UUID]) -> dict[UUID, datetime]:
    """Return when a colleague first opened the question of each alarm since it was raised.

    One query. Who opened the question before has not read the words that raised it.
    """
    reads = AccessEvent.objects.filter(
        question_id=OuterRef("question"),
        at__gte=OuterRef("created_at"),
        actor_kind=AccessEvent.Kind.STAFF,
        action=AccessEvent.Action.READ,
        what="question",
    ).order_by("at")
    rows = FollowUp.objects.filter(pk__in=alarms).annotate(opened=Subquery(reads.values("at")[:1]))
    return dict(rows.exclude(opened=None).values_list("pk", "opened").order_by())


def next_alert(row: FollowUp, opened: datetime | None, now: datetime) -> Alert:
    """Return whom to alert now. Whoever opened the question has an hour to judge it."""
    hourly = HOURLY if row.escalation + 1 < URGENTLY else None
    if opened is not None:
        if now < opened + HOURLY:
            return Alert(None, "", opened + HOURLY - now)
        return Alert(Circle.EVERYBODY, "question_urgent", hourly)
    if row.escalation >= len(_CIRCLES):
        return Alert(Circle.EVERYBODY, "question_urgent", hourly)
    circle = _CIRCLES[row.escalation]
    last = row.escalation + 1 == len(_CIRCLES)
    minutes = timedelta(minutes=row.partnership.danger_opened_within)
    template = "question_unopened" if circle == Circle.ADMINISTRATORS else "question_urgent"
    return Alert(circle, template, HOURLY if last else minutes)
