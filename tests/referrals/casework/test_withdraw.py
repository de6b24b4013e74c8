"""What residents do with their own question: withdraw it, or add something."""

from datetime import timedelta

import pytest

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework import withdraw as casework_withdraw
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.handovers.models import Handover
from tests.referrals.casework.ending import closed
from tests.referrals.follow_ups.due import open_kinds
from tests.referrals.handovers.case import Case
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
LATER = make.TUESDAY + timedelta(hours=1)


def reacted(question: Question) -> list[str]:
    """Who hears that the resident did something."""
    return list(
        Message.objects.filter(about_id=question.pk, template="resident_reacted").values_list(
            "recipient_key", flat=True
        )
    )


def test_withdrawing_ends_everything_due_and_tells_the_worker_once(
    question: Question, worker: User
) -> None:
    for _twice in range(2):
        done = casework_withdraw.withdraw(question=question, now=LATER)
        assert (done.status, done.closed_at) == ("withdrawn", LATER)
    assert open_kinds(question) == set()
    assert reacted(question) == [f"user:{worker.pk}"]
    entry = question.timeline.get(kind="withdrawn")
    assert (entry.actor_kind, entry.at) == ("resident", LATER)


def test_an_open_handover_ends_as_the_residents_own_no() -> None:
    case = Case()
    offered = case.offered()
    casework_withdraw.withdraw(question=case.question, now=LATER)
    offered.refresh_from_db()
    assert offered.status == Handover.Status.REVOKED


def test_a_worker_who_heard_it_is_named_and_not_told(question: Question, worker: User) -> None:
    casework_withdraw.withdraw(question=question, recorded_by=worker, now=LATER)
    entry = question.timeline.get(kind="withdrawn")
    assert (entry.actor_kind, entry.actor) == ("staff", worker)
    assert reacted(question) == []


def test_nobody_outside_records_it_and_a_closed_question_stays_closed(
    here: World, question: Question, worker: User
) -> None:
    for stranger in (make.intake_worker(here, "jeugd-punt"), make.coordinator(here)):
        with pytest.raises(NotAllowedError):
            casework_withdraw.withdraw(question=question, recorded_by=stranger, now=LATER)
    assert Question.objects.get(pk=question.pk).status == "picked_up"
    closed(question, worker)
    with pytest.raises(WrongMomentError):
        casework_withdraw.withdraw(question=question, now=LATER)


def test_added_words_count_as_activity_and_reach_the_worker(
    question: Question, worker: User
) -> None:
    entry = casework_withdraw.add_words(question=question, words="  Er kwam post. ", now=LATER)
    assert entry.parameters["words"] == "Er kwam post."
    assert Question.objects.get(pk=question.pk).last_activity_at == LATER
    assert reacted(question) == [f"user:{worker.pk}"]


def test_nothing_is_not_added_and_nothing_after_the_end(question: Question, worker: User) -> None:
    with pytest.raises(ValueError, match="nothing"):
        casework_withdraw.add_words(question=question, words=" \n ", now=LATER)
    closed(question, worker)
    with pytest.raises(WrongMomentError):
        casework_withdraw.add_words(question=question, words="Nog iets.", now=LATER)
    assert not question.timeline.filter(kind="added").exists()
