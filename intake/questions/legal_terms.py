"""By which working day somebody does what with a new question."""

from datetime import date, datetime, timedelta

from intake.questions.models import Question
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from welzijn.core.working_days import Calendar, local_date

# Terms of the law (DESIGN section 11), about so many working days; `term_ends` is exact.
# Debts: first talk within three working days under a threat (Wgs 4), else within four weeks.
# Wmo: the inquiry within six weeks after the melding (Wmo 2015, 2.3.2).
LEGAL_TERMS = {
    Question.Kind.DEBTS_THREAT: 3,
    Question.Kind.DEBTS: 20,
    Question.Kind.WMO: 30,
}
# Those that the law counts in weeks. A working day more for each holiday would be too late.
_WEEKS = {Question.Kind.DEBTS: 4, Question.Kind.WMO: 6}


def term_ends(kind: Question.Kind, since: date, calendar: Calendar) -> date:
    """The last day of the term of the law of a kind in LEGAL_TERMS, counted from `since`.

    Weeks are weeks on the calendar; a term that ends on a day off ends on the next working day
    (Algemene termijnenwet, article 1). Three working days are counted as such.
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
    """The working day on which it has to be picked up, at the latest.

    "Bel mij" and danger: the same working day while somebody reads, else the next one.
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
    """The working day by which the resident is promised to hear from somebody."""
    if channel == Question.Channel.CALL_ME or urgency == Question.Urgency.DANGER:
        return due_on
    return max(due_on, front.calendar.add_working_days(local_date(now), partnership.contact_within))
