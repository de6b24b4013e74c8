"""Until when an ended question is there at least, as its resident is told."""

from datetime import date, timedelta
from typing import Any

import pytest

from intake.questions import question_sentences, timeline
from intake.questions.models import Question, TimelineEntry
from intake.submission.submission import ContactChoices
from referrals.retention import due
from tests.referrals.retention.expired import LATER, THEN, old, round_at
from tests.referrals.retention.full_case import with_terms
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def advice(here: make.World, **requested: Any) -> Question:
    """An ended question for advice."""
    question = old(here, **requested)
    Question.objects.filter(pk=question.pk).update(kind="advice")
    return Question.objects.get(pk=question.pk)


def test_advice_is_kept_by_whether_a_person_is_in_that_very_question(here: make.World) -> None:
    reached, nobody = advice(here), advice(here, reach=ContactChoices())
    named = advice(here, reach=ContactChoices(), name="Sanne")
    assert due.term_of(nobody) == ("advice", 0)
    for question in (reached, named):
        assert due.term_of(question) == ("welfare", 2)
    assert due.kept_until(nobody) == date(2026, 11, 24)
    assert due.kept_until(named) == date(2028, 11, 24)


def test_an_open_question_and_one_without_terms_have_no_such_day(here: make.World) -> None:
    assert due.kept_until(make.question(here, "geld")) is None
    assert due.kept_until(old(make.world("ermelo"))) is None
    without = old(here)
    without.kind = "something"
    assert due.term_of(without) is None


def test_the_day_counts_from_what_a_person_left_and_the_resident_sees(here: make.World) -> None:
    question = old(here)
    worker = make.intake_worker(here, "stimenz")
    later = THEN + timedelta(days=3)
    for shown in (False, True):
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.CODE,
            user=worker,
            organisation=here["stimenz"],
            sentence=question_sentences.RECEIVED(),
            for_resident=shown,
            now=later,
        )
        assert due.kept_until(question) == date(2028, 11, 27 if shown else 24)
    timeline.by_system(
        question=question,
        kind=TimelineEntry.Kind.CODE,
        sentence=question_sentences.RECEIVED(),
        now=later + timedelta(days=1),
    )
    assert due.kept_until(question) == date(2028, 11, 27)


def test_the_term_is_that_of_the_organisation_that_leads(here: make.World) -> None:
    with_terms(here, organisations={"stimenz": {"welfare": 1}})
    assert due.term_of(old(here, "geld")) == ("welfare", 1)
    assert due.term_of(old(here, "vervoer")) == ("welfare", 2)


@pytest.mark.parametrize(("years", "gone"), [(0, 0), (2, 1)])
def test_its_last_activity_counts_also_where_no_entry_says_what_it_was(
    here: make.World, years: int, gone: int
) -> None:
    question = old(here)
    active = LATER - timedelta(days=366 * years + 1)
    Question.objects.filter(pk=question.pk).update(last_activity_at=active)
    assert round_at(LATER) == gone
