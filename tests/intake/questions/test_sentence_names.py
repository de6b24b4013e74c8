"""Names in sentences: those of a whole list are read without a query of their own."""

from typing import Any

import pytest

from intake.questions.models import Question, TimelineEntry
from referrals.handovers import sentences as handover_sentences
from tests.support import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(name="here")
def _here() -> make.World:
    return make.world()


def test_names_of_a_list_need_no_query(here: make.World, django_assert_num_queries: Any) -> None:
    sentence = handover_sentences.ACCEPTED(who=here["stimenz"], sender=here["jeugd-punt"])
    question = Question(partnership=here.partnership)
    rows = [
        TimelineEntry(question=question, sentence=sentence.key, parameters=sentence.parameters)
        for _row in range(20)
    ]
    assert rows[0].text
    with django_assert_num_queries(0):
        assert len({row.text for row in rows}) == 1
