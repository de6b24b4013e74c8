"""The conditions behind the numbers of the caseload: a number and the list it opens share one.

A number on the dashboard or in the grouped counts is a link with these parameters. `condition`
turns each into SQL; counting uses the same, so that the list holds exactly what was counted.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question
from referrals.follow_ups.models import FollowUp
from referrals.follow_ups.services import STEPS
from welzijn.core.working_days import Calendar, local_moment

# Of questions that came in within these days it is said whether contact came in time.
CONTACT_DAYS = 28
# Days since a question came in: from, to and including.
AGES: Mapping[str, tuple[int, int | None]] = {
    "0-7": (0, 7),
    "8-30": (8, 30),
    "31-90": (31, 90),
    "91": (91, None),
}
AGE_NAMES = {
    "0-7": _("tot en met 7 dagen"),
    "8-30": _("8 tot en met 30 dagen"),
    "31-90": _("31 tot en met 90 dagen"),
    "91": _("langer dan 90 dagen"),
}
CONTACT_NAMES = {
    "op-tijd": _("op tijd gesproken"),
    "te-laat": _("later dan beloofd gesproken"),
    "niet": _("nog niet gesproken, de beloofde dag is voorbij"),
    "nog": _("nog niet gesproken, er is nog tijd"),
    "zonder": _("geëindigd zonder gesprek"),
}
PICK_UP = "oppakken"
WAITING_NAMES = {
    PICK_UP: _("op oppakken"),
    "us": _("op de organisatie die helpt"),
    "receiver": _("op de ontvanger van een overdracht"),
    "sender": _("op de gever van een overdracht"),
    "resident": _("op de inwoner"),
}
DANGER_NAMES = {"open": _("mogelijk gevaar, nog niet beoordeeld")}
_WEEK = re.compile(r"(20\d\d)-W(\d\d)")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a number of the dashboard narrows the list to, as it stands in the URL."""

    received: str = ""
    closed: str = ""
    age: str = ""
    contact: str = ""
    waiting: str = ""
    danger: str = ""


def late_before(today: date) -> date:
    """Return the day before which a due date is late: it is from the end of its day on."""
    return today


def monday_of(day: date) -> date:
    """Return the Monday of that week."""
    return day - timedelta(days=day.weekday())


def week_key(day: date) -> str:
    """Return the ISO week of a day as it stands in a link: 2026-W48."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of_key(key: str) -> date | None:
    """Return the Monday of such a week; None for what is no week."""
    found = _WEEK.fullmatch(key)
    if found is None:
        return None
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None


def week_in_words(monday: date) -> str:
    """Return the week as people name it, with the year where it isn't this one."""
    year, week, _weekday = monday.isocalendar()
    if year == timezone.localdate().isocalendar().year:
        return gettext("week {week}").format(week=week)
    return gettext("week {week} van {year}").format(week=week, year=year)


def in_week(field: str, monday: date) -> Q:
    """Return the condition that a moment lies in the week of that Monday (Europe/Amsterdam)."""
    return Q(
        **{
            f"{field}__gte": local_moment(monday),
            f"{field}__lt": local_moment(monday + timedelta(days=7)),
        }
    )


def of_age(key: str, today: date) -> Q:
    """Return the condition that a question came in so long ago."""
    low, high = AGES[key]
    condition = Q(received_at__lt=local_moment(today - timedelta(days=low - 1)))
    if high is not None:
        condition &= Q(received_at__gte=local_moment(today - timedelta(days=high)))
    return condition


def contact(key: str, today: date, calendar: Calendar) -> Q:
    """Return the condition about the first contact; the caller limits it to `recent`."""
    spoken = Q(first_contact_at__isnull=False)
    in_time = spoken & Q(first_contact_at__date__lte=F("promised_on"))
    is_open = Q(first_contact_at__isnull=True, status__in=Question.OPEN_STATUSES)
    over = Q(promised_on__lt=late_before(today))
    return {
        "op-tijd": in_time,
        "te-laat": spoken & Q(first_contact_at__date__gt=F("promised_on")),
        "niet": is_open & over,
        "nog": is_open & ~over,
        "zonder": Q(first_contact_at__isnull=True, status__in=Question.ENDED_STATUSES),
    }[key]


def recent(today: date) -> Q:
    """Return the condition that a question came in within CONTACT_DAYS."""
    return Q(received_at__gte=local_moment(today - timedelta(days=CONTACT_DAYS - 1)))


def waits_for() -> Coalesce:
    """Return whom a picked-up question waits for: whose turn its next step is."""
    first = FollowUp.objects.filter(
        question=OuterRef("pk"), status=FollowUp.Status.OPEN, kind__in=STEPS
    ).order_by("due_on", "id")
    return Coalesce(Subquery(first.values("waits_for")[:1]), Value(FollowUp.WaitsFor.US.value))


def unjudged() -> Exists:
    """Return the condition that nobody has judged what may mean danger."""
    return Exists(
        FollowUp.objects.filter(
            question=OuterRef("pk"), kind=FollowUp.Kind.DUTY, status=FollowUp.Status.OPEN
        )
    )


def condition(numbers: Numbers, today: date, calendar: Calendar) -> Q:
    """Return the condition of the numbers that were chosen; what is unknown counts as left out."""
    wanted = Q()
    for field, key in (("received_at", numbers.received), ("closed_at", numbers.closed)):
        monday = monday_of_key(key)
        if monday is not None:
            wanted &= in_week(field, monday)
    if numbers.age in AGES:
        wanted &= of_age(numbers.age, today)
    if numbers.contact in CONTACT_NAMES:
        wanted &= recent(today) & contact(numbers.contact, today, calendar)
    if numbers.danger in DANGER_NAMES:
        wanted &= Q(unjudged())
    if numbers.waiting == PICK_UP:
        wanted &= Q(status=Question.Status.NEW)
    elif numbers.waiting in WAITING_NAMES:
        turn = Exact(waits_for(), numbers.waiting)
        wanted &= Q(status=Question.Status.PICKED_UP) & Q(turn)
    return wanted
