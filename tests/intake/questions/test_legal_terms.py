"""By which working day a new question is picked up, the resident hears, and the law wants it."""

from datetime import UTC, date, datetime

import pytest

from intake.questions import legal_terms
from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from tests.support import factories as make
from welzijn.core.working_days import Calendar

pytestmark = pytest.mark.django_db
K, U, C = Question.Kind, Question.Urgency, Question.Channel
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
THURSDAY, FRIDAY, MONDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30)


@pytest.fixture
def here() -> make.World:
    return make.world()


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    """A moment by clocks in Amsterdam, in winter."""
    return datetime(day.year, day.month, day.day, hour - 1, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "since", "ends"),
    [
        (K.DEBTS_THREAT, TUESDAY, FRIDAY),
        (K.DEBTS_THREAT, FRIDAY, date(2026, 12, 2)),
        (K.DEBTS, TUESDAY, date(2026, 12, 22)),
        (K.WMO, TUESDAY, date(2027, 1, 5)),
        # Four weeks after Friday 27 November is Christmas Day: the next working day.
        (K.DEBTS, FRIDAY, date(2026, 12, 28)),
        (K.WMO, date(2026, 11, 20), date(2027, 1, 4)),
        # A Friday; six weeks later is Christmas Day.
        (K.DEBTS, date(2026, 11, 13), date(2026, 12, 11)),
        (K.WMO, date(2026, 11, 13), date(2026, 12, 28)),
    ],
)
def test_a_term_of_the_law_counts_working_days_or_weeks(
    here: make.World, kind: Question.Kind, since: date, ends: date
) -> None:
    assert legal_terms.term_ends(kind, since, Calendar()) == ends
    assert legal_terms.term_ends(kind, since, front_door.of(here.partnership).calendar) == ends


@pytest.mark.parametrize(
    ("now", "channel", "urgency", "kind", "day"),
    [
        (at(10), C.ONLINE, U.NORMAL, K.WELFARE, THURSDAY),
        (at(10), C.ONLINE, U.SOON, K.WELFARE, WEDNESDAY),
        (at(10), C.ONLINE, U.NORMAL, K.DEBTS_THREAT, WEDNESDAY),
        (at(10, day=FRIDAY), C.ONLINE, U.SOON, K.WELFARE, MONDAY),
        # They read from nine to five.
        (at(16, 59), C.CALL_ME, U.NORMAL, K.WELFARE, TUESDAY),
        (at(17), C.CALL_ME, U.NORMAL, K.WELFARE, WEDNESDAY),
        (at(9), C.ONLINE, U.DANGER, K.WELFARE, TUESDAY),
        (at(8, 59), C.ONLINE, U.DANGER, K.WELFARE, TUESDAY),
        (at(17, day=FRIDAY), C.ONLINE, U.DANGER, K.WELFARE, MONDAY),
        (at(10), C.ONLINE, U.DANGER, K.WELFARE, TUESDAY),
        (at(10), C.CALL_ME, U.NORMAL, K.WELFARE, TUESDAY),
        (at(23, day=FRIDAY), C.ONLINE, U.DANGER, K.WELFARE, MONDAY),
        (at(23, day=FRIDAY), C.CALL_ME, U.NORMAL, K.WELFARE, MONDAY),
    ],
)
def test_a_question_is_picked_up_by_its_own_working_day(
    here: make.World,
    now: datetime,
    channel: Question.Channel,
    urgency: Question.Urgency,
    kind: Question.Kind,
    day: date,
) -> None:
    assert here.partnership.pick_up_within == 2
    found = legal_terms.pick_up_by(
        partnership=here.partnership,
        front=front_door.of(here.partnership),
        channel=channel,
        urgency=urgency,
        kind=kind,
        now=now,
    )
    assert found == day


@pytest.mark.parametrize(
    ("due_on", "channel", "urgency", "day"),
    [
        (THURSDAY, C.ONLINE, U.NORMAL, FRIDAY),
        (MONDAY, C.ONLINE, U.NORMAL, MONDAY),
        # Never before the day of picking up, however late that is.
        (date(2027, 1, 25), C.ONLINE, U.NORMAL, date(2027, 1, 25)),
        (TUESDAY, C.CALL_ME, U.NORMAL, TUESDAY),
        (TUESDAY, C.ONLINE, U.DANGER, TUESDAY),
    ],
)
def test_the_resident_hears_after_picking_up_and_within_the_promise(
    here: make.World, due_on: date, channel: Question.Channel, urgency: Question.Urgency, day: date
) -> None:
    assert here.partnership.contact_within == 3
    found = legal_terms.contact_by(
        partnership=here.partnership,
        front=front_door.of(here.partnership),
        due_on=due_on,
        urgency=urgency,
        channel=channel,
        now=at(10),
    )
    assert found == day


@pytest.mark.parametrize("days", [1, 2, 5])
def test_an_ordinary_question_has_the_days_of_the_partnership(here: make.World, days: int) -> None:
    here.partnership.pick_up_within = days
    front = front_door.of(here.partnership)
    found = legal_terms.pick_up_by(
        partnership=here.partnership,
        front=front,
        channel=C.ONLINE,
        urgency=U.NORMAL,
        kind=K.WELFARE,
        now=at(10),
    )
    assert found == front.calendar.add_working_days(TUESDAY, days)
