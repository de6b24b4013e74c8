"""When a question expires: by kind, by organisation, by its last activity."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intake.questions.models import Question, TimelineEntry
from intake.submission.submission import ContactChoices
from referrals.follow_ups.models import FollowUp
from referrals.retention.models import DeletionProof
from referrals.retention.run import retain
from tests.referrals.retention.expired import LATER, THEN, old, round_at
from tests.referrals.retention.full_case import ended, with_terms
from tests.support import factories as make
from welzijn.core.working_days import local_date

pytestmark = pytest.mark.django_db


def test_an_open_question_never_expires(here: make.World) -> None:
    question = make.question(here, "geld")
    Question.objects.filter(pk=question.pk).update(
        last_activity_at=datetime(1990, 1, 1, tzinfo=UTC)
    )
    assert round_at() == 0


def test_a_question_expires_the_day_after_its_last_day_in_amsterdam_time(here: make.World) -> None:
    # Half past midnight in Amsterdam on 2 June; still 1 June in UTC.
    old(here, at=datetime(2026, 6, 1, 22, 30, tzinfo=UTC))
    assert round_at(datetime(2028, 6, 2, 21, 59, tzinfo=UTC)) == 0
    assert round_at(datetime(2028, 6, 2, 22, 1, tzinfo=UTC)) == 1


@pytest.mark.parametrize(
    ("kind", "years"),
    [("welfare", 2), ("wmo", 15), ("debts", 5), ("debts_threat", 5), ("youth_care", 20)],
)
def test_each_kind_has_its_own_term(here: make.World, kind: str, years: int) -> None:
    question = old(here)
    Question.objects.filter(pk=question.pk).update(kind=kind)
    over = THEN.replace(year=THEN.year + years)
    assert round_at(over) == 0
    assert round_at(over + timedelta(days=1)) == 1


def test_advice_without_a_person_goes_the_next_day_and_with_one_it_is_welfare_work(
    here: make.World,
) -> None:
    reached = old(here)
    nobody = old(here, reach=ContactChoices())
    named = old(here, reach=ContactChoices(), name="Sanne")
    Question.objects.update(kind="advice")
    assert round_at(THEN) == 0
    assert round_at(THEN + timedelta(days=1)) == 1
    assert set(Question.objects.all()) == {reached, named}
    assert nobody.pk not in Question.objects.values_list("pk", flat=True)
    assert round_at(LATER) == 2


def test_the_organisation_that_led_last_may_have_a_term_of_its_own(here: make.World) -> None:
    with_terms(here, organisations={"stimenz": {"welfare": 1}})
    shorter, other = old(here, "geld"), old(here, "vervoer")
    assert round_at(THEN + timedelta(days=367)) == 1
    assert Question.objects.get() == other
    proof = DeletionProof.objects.get()
    assert (proof.organisation, proof.years) == (here["stimenz"], 1)
    assert shorter.lead == here["stimenz"]


def test_a_partnership_without_terms_deletes_nothing_and_says_so() -> None:
    old(make.world())
    connection.check_constraints()
    tally = retain(now=LATER)
    assert (tally.questions, tally.without_terms) == (0, ["putten"])


def test_a_due_follow_up_keeps_a_question_until_its_day(here: make.World) -> None:
    question = old(here)
    FollowUp.objects.create(
        partnership=here.partnership,
        question=question,
        kind=FollowUp.Kind.REVIEW,
        sentence="withholding.due_review",
        organisation=here["stimenz"],
        due_on=local_date(LATER),
        created_at=THEN,
    )
    assert round_at() == 0
    assert round_at(LATER + timedelta(days=1)) == 1


def test_activity_of_people_counts_but_not_of_the_system(
    here: make.World,
) -> None:
    ours, theirs = old(here), old(here)
    for question, actor in ((ours, "system"), (theirs, "resident")):
        TimelineEntry.objects.create(
            question=question,
            at=LATER - timedelta(days=9),
            kind=TimelineEntry.Kind.CODE,
            actor_kind=actor,
            sentence="code.given_by_phone",
        )
    assert round_at() == 1
    assert Question.objects.get() == theirs


class ActivityKeeps(TestCase):
    """For any history: exactly the ended questions without activity since the cutoff expire."""

    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
    )
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["new", "closed", "withdrawn"]),
                st.sampled_from(["welfare", "debts_threat", "wmo"]),
                st.integers(0, 6000),
                st.none() | st.integers(0, 6000),
            ),
            min_size=1,
            max_size=5,
        )
    )
    def test_exactly_the_ended_questions_without_recent_activity_expire(
        self, rows: list[tuple[str, str, int, int | None]]
    ) -> None:
        make.fresh_front_doors()
        here = with_terms(make.world())
        years = {"welfare": 2, "debts_threat": 5, "wmo": 15}
        today = local_date(LATER)
        stay = set()
        for status, kind, days, touched in rows:
            last = LATER - timedelta(days=days)
            question = ended(
                make.question(here, "geld"), last, status if status != "new" else "closed"
            )
            if status == "new":
                Question.objects.filter(pk=question.pk).update(
                    status="new", closed_at=None, result=""
                )
            Question.objects.filter(pk=question.pk).update(kind=kind)
            if touched is not None:
                at = LATER - timedelta(days=touched)
                last = max(last, at)
                TimelineEntry.objects.create(
                    question=question,
                    at=at,
                    kind="added",
                    actor_kind="resident",
                    sentence="question.words_added",
                    parameters={"words": "x"},
                )
            limit = today.replace(year=today.year - years[kind])
            if status == "new" or local_date(last) >= limit:
                stay.add(question.pk)
        round_at()
        assert set(Question.objects.values_list("pk", flat=True)) == stay
