"""Deadlines of a new question: pick-up, first contact, and the terms of the law."""

from datetime import date, datetime, timedelta

from intake.questions.models import Question
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from welzijn.core.working_days import Calendar, local_date

# Legal terms (DESIGN section 11) as an approximate number of working days; `term_ends` is exact.
# Debts: first talk within three working days if eviction or shut-off threatens (Wgs 4), else
# within four weeks. Wmo: the inquiry within six weeks after the report (Wmo 2015, 2.3.2).
LEGAL_TERMS = {
    Question.Kind.DEBTS_THREAT: 3,
    Question.Kind.DEBTS: 20,
    Question.Kind.WMO: 30,
}
# Terms that the law counts in calendar weeks: adding a working day a holiday would be too late.
_WEEKS = {Question.Kind.DEBTS: 4, Question.Kind.WMO: 6}


def term_ends(kind: Question.Kind, since: date, calendar: Calendar) -> date:
    """Return the last day of the legal term of a kind in LEGAL_TERMS, counted from `since`.

    Weeks are calendar weeks; a term that ends on a day off ends on the next working day (Algemene
    termijnenwet, article 1). Three working days are counted as such.
    """
    weeks = _WEEKS.get(kind)
    if weeks is None:
        return calendar.add_working_days(since, LEGAL_TERMS[kind])
    return calendar.add_working_days(since + timedelta(weeks=weeks), 0)


def pick_up_by(
    *,
    partnership: Partnership,
    front: FrontDoor,
    channel: str,
    urgency: str,
    kind: str,
    now: datetime,
) -> date:
    """Return the last working day on which the question has to be picked up.

    "Bel mij" and danger: the same working day during reading hours, else the next one.
    """
    today = local_date(now)
    if channel == Question.Channel.CALL_ME or urgency == Question.Urgency.DANGER:
        if front.reads_now(now):
            return today
        return local_date(front.calendar.next_working_moment(now, front.hours))
    days = partnership.pick_up_within
    if urgency == Question.Urgency.SOON or kind == Question.Kind.DEBTS_THREAT:
        days = 1
    return front.calendar.add_working_days(today, days)


def contact_by(
    *,
    partnership: Partnership,
    front: FrontDoor,
    due_on: date,
    urgency: str,
    channel: str,
    now: datetime,
) -> date:
    """Return the working day by which the resident is promised contact."""
    if channel == Question.Channel.CALL_ME or urgency == Question.Urgency.DANGER:
        return due_on
    return max(due_on, front.calendar.add_working_days(local_date(now), partnership.contact_within))
