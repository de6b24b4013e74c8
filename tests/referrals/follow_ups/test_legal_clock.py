"""Kinds of question with a term of the law, and the judgement on possible danger."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework import pick_up
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups import legal_clock
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from tests.referrals.casework.ending import closed
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
K, U = Question.Kind, Question.Urgency
LATER = make.TUESDAY + timedelta(days=1)


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def worker(here: World) -> User:
    return make.intake_worker(here, "stimenz")


@pytest.fixture
def question(here: World, worker: User) -> Question:
    question = make.question(here, "geld", name="Ada de Wit")
    return pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)


def test_a_threatening_date_starts_the_clock_of_three_working_days(
    question: Question, worker: User
) -> None:
    legal_clock.set_kind(
        question=question, kind=Question.Kind.DEBTS_THREAT, by=worker, now=make.TUESDAY
    )
    due = the(question, "clock")
    assert due.due_on == date(2026, 11, 27)
    assert Question.objects.get(pk=question.pk).urgency == "soon"
    legal_clock.set_kind(question=question, kind=Question.Kind.WELFARE, by=worker, now=make.TUESDAY)
    assert "clock" not in open_kinds(question)


def test_a_term_of_the_law_is_not_moved(question: Question, worker: User) -> None:
    legal_clock.set_kind(question=question, kind=Question.Kind.WMO, by=worker, now=make.TUESDAY)
    with pytest.raises(WrongMomentError):
        follow_up_actions.move(
            follow_up=the(question, "clock"), due_on=date(2027, 2, 1), by=worker, now=make.TUESDAY
        )


def test_danger_waits_until_somebody_has_looked(here: World) -> None:
    on_duty = make.triagist(here)
    question = make.question(here, "geld", danger=True, shares=None)
    assert open_kinds(question) == {"pick_up", "duty"}
    with pytest.raises(NotAllowedError):
        legal_clock.judge(
            question=question, danger=True, by=make.coordinator(here), now=make.TUESDAY
        )
    judged = legal_clock.judge(question=question, danger=False, by=on_duty, now=make.TUESDAY)
    assert (judged.urgency, open_kinds(question)) == ("soon", {"pick_up"})
    with pytest.raises(WrongMomentError):
        legal_clock.judge(question=question, danger=True, by=on_duty, now=make.TUESDAY)


def test_a_clock_counts_from_the_day_that_the_kind_was_set(
    question: Question, worker: User
) -> None:
    legal_clock.set_kind(question=question, kind=K.DEBTS, by=worker, now=LATER)
    assert the(question, "clock").due_on == date(2026, 12, 23)
    assert the(question, "clock").worker == worker


def test_the_same_kind_again_leaves_the_clock_and_the_record(
    question: Question, worker: User
) -> None:
    for now in (make.TUESDAY, LATER):
        legal_clock.set_kind(question=question, kind=K.WMO, by=worker, now=now)
    assert FollowUp.objects.filter(question=question, kind="clock").count() == 1
    assert the(question, "clock").due_on == date(2027, 1, 5)
    assert question.timeline.filter(kind="judged").count() == 1


@pytest.mark.parametrize(
    ("urgency", "after"), [(U.NORMAL, U.SOON), (U.SOON, U.SOON), (U.DANGER, U.DANGER)]
)
def test_a_threat_hurries_and_takes_no_danger_away(
    question: Question, worker: User, urgency: str, after: str
) -> None:
    Question.objects.filter(pk=question.pk).update(urgency=urgency)
    found = legal_clock.set_kind(question=question, kind=K.DEBTS_THREAT, by=worker, now=LATER)
    assert found.urgency == after


def test_another_kind_hurries_nothing(question: Question, worker: User) -> None:
    found = legal_clock.set_kind(question=question, kind=K.DEBTS, by=worker, now=LATER)
    assert found.urgency == U.NORMAL


def test_only_the_lead_sets_it_and_only_of_an_open_question(
    here: World, question: Question, worker: User
) -> None:
    for stranger in (make.intake_worker(here, "jeugd-punt"), make.coordinator(here)):
        with pytest.raises(NotAllowedError):
            legal_clock.set_kind(question=question, kind=K.WMO, by=stranger, now=LATER)
    closed(question, worker)
    with pytest.raises(WrongMomentError):
        legal_clock.set_kind(question=question, kind=K.WMO, by=worker, now=LATER)
    assert Question.objects.get(pk=question.pk).kind == K.WELFARE


@pytest.mark.parametrize(("danger", "urgency"), [(True, U.DANGER), (False, U.SOON)])
def test_danger_that_was_seen_stays_and_is_off_the_duty_list(
    here: World, danger: bool, urgency: str
) -> None:
    on_duty = make.triagist(here)
    requested = make.question(here, "geld", danger=True, shares=None)
    found = legal_clock.judge(
        question=requested, danger=danger, by=on_duty, note="gebeld", now=LATER
    )
    assert (found.urgency, found.last_activity_at) == (urgency, LATER)
    assert "duty" not in open_kinds(requested)
    entry = requested.timeline.get(kind="judged")
    assert (entry.for_resident, entry.note) == (False, "gebeld")
