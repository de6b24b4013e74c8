"""Deadlines of a new question, at their edges."""

from datetime import date, timedelta
from typing import Any

import pytest

from intake.questions import legal_terms
from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from tests.support import factories as make
from welzijn.core.working_days import local_date

pytestmark = pytest.mark.django_db
TUESDAY = local_date(make.TUESDAY)
Kind = Question.Kind


@pytest.fixture
def here() -> make.World:
    return make.world()


def _pick_up_by(here: make.World, **changes: Any) -> date:
    facts: dict[str, Any] = {
        "channel": "online",
        "urgency": "normal",
        "kind": Kind.WELFARE,
        "now": make.TUESDAY,
    }
    front = front_door.of(here.partnership)
    return legal_terms.pick_up_by(partnership=here.partnership, front=front, **(facts | changes))


def test_an_ordinary_question_has_the_days_of_the_partnership(here: make.World) -> None:
    calendar = front_door.of(here.partnership).calendar
    days = here.partnership.pick_up_within
    assert _pick_up_by(here) == calendar.add_working_days(TUESDAY, days)


@pytest.mark.parametrize("changes", [{"urgency": "soon"}, {"kind": Kind.DEBTS_THREAT}])
def test_what_cannot_wait_is_picked_up_the_next_working_day(
    here: make.World, changes: dict[str, str]
) -> None:
    assert _pick_up_by(here, **changes) == TUESDAY + timedelta(days=1)


@pytest.mark.parametrize("changes", [{"urgency": "danger"}, {"channel": "call_me"}])
def test_danger_and_call_me_are_picked_up_the_same_day_or_the_next_one_read(
    here: make.World, changes: dict[str, str]
) -> None:
    assert _pick_up_by(here, **changes) == TUESDAY
    friday_night = make.TUESDAY.replace(hour=22) + timedelta(days=3)
    assert _pick_up_by(here, **changes, now=friday_night) == TUESDAY + timedelta(days=6)


def test_weeks_are_calendar_weeks_and_end_on_a_working_day(here: make.World) -> None:
    calendar = front_door.of(here.partnership).calendar
    since = date(2026, 11, 13)  # a Friday; six weeks later is Christmas
    assert legal_terms.term_ends(Kind.DEBTS, since, calendar) == date(2026, 12, 11)
    assert legal_terms.term_ends(Kind.WMO, since, calendar) == date(2026, 12, 28)


def test_three_working_days_are_counted_as_working_days(here: make.World) -> None:
    calendar = front_door.of(here.partnership).calendar
    friday = date(2026, 11, 27)
    assert legal_terms.term_ends(Kind.DEBTS_THREAT, friday, calendar) == date(2026, 12, 2)


def test_contact_is_never_promised_before_the_pick_up(here: make.World) -> None:
    front = front_door.of(here.partnership)
    late = TUESDAY + timedelta(days=60)
    promised = legal_terms.contact_by(
        partnership=here.partnership,
        front=front,
        due_on=late,
        urgency="normal",
        channel="online",
        now=make.TUESDAY,
    )
    assert promised == late
