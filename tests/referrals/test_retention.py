"""Data goes when its time is over, in every copy, with a proof that holds no person."""

from datetime import timedelta

import pytest

from referrals.retention.run import retain
from tests import factories as make
from tests.referrals import traces
from tests.referrals.traces import WORD, ended, everything, with_terms

pytestmark = pytest.mark.django_db
LONG_SINCE = make.TUESDAY + timedelta(days=366 * 2 + 30)


@pytest.fixture
def here() -> make.World:
    return with_terms(make.world())


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_question_is_left_anywhere_once_its_time_is_over() -> None:
    here = with_terms(make.world())
    question = everything(here)
    planted = traces.plant(question)
    ended(question, make.TUESDAY)
    assert {"intake.Question.words", "referrals.ContactMoment.note"} <= planted
    needles = [WORD, *traces.ids_of(question).values()]
    before = traces.traces(needles)
    assert {needle for _table, needle in before} == set(needles)
    assert {"intake_questionevent", "notifications_demomail"} <= {table for table, _n in before}

    assert retain(now=LONG_SINCE).questions == 1

    assert traces.traces(needles) == []
