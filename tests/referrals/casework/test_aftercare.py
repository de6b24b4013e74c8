"""Calls in vain some weeks after closing."""

from datetime import timedelta

import pytest

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework import aftercare, contact_moments
from referrals.casework import close as casework_close
from referrals.casework_base.acting_membership import NotAllowedError
from tests.referrals.casework.ending import closed, tries
from tests.referrals.follow_ups.due import open_kinds
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db


def test_three_calls_in_vain_end_the_check_and_the_resident_reads_so(
    question: Question, worker: User
) -> None:
    closed(question, worker)
    for n in range(contact_moments.TRIES):
        assert open_kinds(question) == {"check"}
        aftercare.not_reached(
            question=question, by=worker, now=make.TUESDAY + timedelta(days=42, hours=n)
        )
    assert open_kinds(question) == set()
    last = question.timeline.filter(for_resident=True).order_by("-at").first()
    assert last is not None
    assert "Wij bellen niet opnieuw" in last.text
    with pytest.raises(WrongMomentError):
        aftercare.not_reached(question=question, by=worker, now=make.TUESDAY + timedelta(days=50))


def test_only_who_works_on_it_records_a_try(here: World, question: Question, worker: User) -> None:
    closed(question, worker)
    with pytest.raises(NotAllowedError):
        aftercare.not_reached(
            question=question, by=make.intake_worker(here, "jeugd-punt"), now=make.TUESDAY
        )


def test_calls_before_the_closing_do_not_count(question: Question, worker: User) -> None:
    tries(question, worker, 3)
    ended = make.TUESDAY + timedelta(minutes=3)
    closed(question, worker, result=Question.Result.MOVED, now=ended)
    aftercare.not_reached(question=question, by=worker, now=ended + timedelta(minutes=1))
    aftercare.not_reached(question=question, by=worker, now=ended + timedelta(minutes=2))
    assert open_kinds(question) == {"check"}
    aftercare.not_reached(question=question, by=worker, now=ended + timedelta(minutes=3))
    assert open_kinds(question) == set()


def test_giving_up_is_not_the_same_as_done(question: Question, worker: User) -> None:
    closed(question, worker)
    check = aftercare.open_check(question)
    assert check is not None
    for n in range(contact_moments.TRIES):
        aftercare.not_reached(
            question=question, by=worker, now=make.TUESDAY + timedelta(days=42, hours=n)
        )
    check.refresh_from_db()
    assert check.status == "cancelled"
    assert aftercare.open_check(question) is None


def test_nobody_is_called_while_it_is_open_or_after_a_verdict(
    question: Question, worker: User
) -> None:
    with pytest.raises(WrongMomentError):
        aftercare.not_reached(question=question, by=worker, now=make.TUESDAY)
    closed(question, worker)
    casework_close.give_verdict(question=question, verdict=4, now=make.TUESDAY)
    with pytest.raises(WrongMomentError):
        aftercare.not_reached(question=question, by=worker, now=make.TUESDAY)
    assert not question.contact_moments.exists()
