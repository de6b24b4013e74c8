"""Opening a closed or withdrawn question again."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.roles.models import Membership
from referrals.casework import contact_moments
from referrals.casework import reopen as casework_reopen
from referrals.casework import withdraw as casework_withdraw
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.models import ContactMoment
from referrals.resident_portal import consent_withdrawal
from tests.referrals.casework.ending import closed
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from tests.support import guards
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
FRIDAY = make.TUESDAY + timedelta(days=3)


def test_reopening_after_the_worker_left_waits_for_the_organisation(
    here: World, question: Question, worker: User
) -> None:
    closed(question, worker)
    Membership.objects.filter(user=worker).update(until=date(2026, 11, 1))
    again = casework_reopen.resident_reopens(question=question, now=make.TUESDAY)
    assert (again.status, again.assigned_to, again.lead) == ("new", None, here["stimenz"])
    assert open_kinds(question) == {"pick_up"}


def test_reopening_after_the_yes_was_taken_back_is_for_triage(
    here: World, question: Question, worker: User
) -> None:
    closed(question, worker)
    consent_withdrawal.revoke(
        question=question, basis=question.sharing_bases.get(), now=make.TUESDAY
    )
    again = casework_reopen.resident_reopens(question=question, now=make.TUESDAY)
    assert (again.lead_team, again.status) == (here.triage, "new")
    assert open_kinds(question) == {"pick_up"}


def test_a_withdrawn_question_opens_again_with_the_same_worker(
    here: World, question: Question, worker: User
) -> None:
    casework_withdraw.withdraw(question=question, now=make.TUESDAY)
    again = casework_reopen.resident_reopens(question=question, words="Toch wel.", now=FRIDAY)
    assert (again.status, again.lead, again.assigned_to) == ("picked_up", here["stimenz"], worker)
    entry = question.timeline.get(kind="reopened")
    assert (entry.actor_kind, entry.note) == ("resident", "Toch wel.")
    notified = Message.objects.get(template="question_reopened", about_id=question.pk)
    assert notified.recipient_key == f"user:{worker.pk}"


def test_the_first_contact_is_promised_anew_in_working_days(
    question: Question, worker: User
) -> None:
    contact_moments.log_contact(
        question=question,
        way=ContactMoment.Way.PHONE,
        outcome=ContactMoment.Outcome.SPOKEN,
        by=worker,
        now=make.TUESDAY,
    )
    closed(question, worker)
    again = casework_reopen.reopen(question=question, by=worker, why="Nieuwe brief.", now=FRIDAY)
    assert question.partnership.contact_within == 3
    assert (again.first_contact_at, again.promised_on) == (None, date(2026, 12, 2))
    assert (again.closed_at, again.result) == (None, "")
    assert question.timeline.get(kind="reopened").note == "Nieuwe brief."
    assert open_kinds(question) == {"first_contact", "quiet"}
    assert the(question, "first_contact").due_on == date(2026, 12, 2)
    assert again.due_on == date(2026, 12, 2)


def test_without_its_worker_it_is_due_to_be_picked_up_in_working_days(
    question: Question, worker: User
) -> None:
    closed(question, worker)
    Membership.objects.filter(user=worker).update(until=date(2026, 11, 26))
    casework_reopen.resident_reopens(question=question, now=FRIDAY)
    assert the(question, "pick_up").due_on == date(2026, 12, 1)


def test_the_last_day_of_a_role_still_counts(question: Question, worker: User) -> None:
    closed(question, worker)
    with guards.switched_off():
        Membership.objects.filter(user=worker).update(until=date(2026, 11, 27))
    assert casework_reopen.resident_reopens(question=question, now=FRIDAY).assigned_to == worker


def test_only_the_lead_opens_it_and_only_what_has_ended(
    here: World, question: Question, worker: User
) -> None:
    with pytest.raises(WrongMomentError):
        casework_reopen.reopen(question=question, by=worker, why="", now=FRIDAY)
    with pytest.raises(WrongMomentError):
        casework_reopen.resident_reopens(question=question, now=FRIDAY)
    closed(question, worker)
    for stranger in (make.intake_worker(here, "jeugd-punt"), make.coordinator(here)):
        with pytest.raises(NotAllowedError):
            casework_reopen.reopen(question=question, by=stranger, why="", now=FRIDAY)
    assert Question.objects.get(pk=question.pk).status == Question.Status.CLOSED
    assert open_kinds(question) == {"check"}


@pytest.mark.parametrize(("by_staff", "news"), [(True, 1), (False, 0)])
def test_the_resident_hears_of_it_where_staff_opened_it(
    question: Question, worker: User, by_staff: bool, news: int
) -> None:
    closed(question, worker)
    sent = Message.objects.filter(subject_kind="question.news", about_id=question.pk)
    before = sent.count()
    if by_staff:
        casework_reopen.reopen(question=question, by=worker, why="Nieuw.", now=FRIDAY)
    else:
        casework_reopen.resident_reopens(question=question, now=FRIDAY)
    assert sent.count() == before + news


def test_a_term_of_the_law_that_ran_before_does_not_start_again(
    question: Question, worker: User
) -> None:
    Question.objects.filter(pk=question.pk).update(kind=Question.Kind.DEBTS)
    closed(question, worker)
    casework_reopen.reopen(question=question, by=worker, why="Nieuw.", now=FRIDAY)
    # Four weeks after it came in, on Tuesday 24 November.
    assert the(question, "clock").due_on == date(2026, 12, 22)
    closed(question, worker, now=FRIDAY)
    casework_reopen.reopen(question=question, by=worker, why="Weer.", now=FRIDAY)
    assert "clock" not in open_kinds(question)


def test_triage_has_the_first_contact_before_it_again(question: Question, worker: User) -> None:
    contact_moments.log_contact(
        question=question,
        way=ContactMoment.Way.PHONE,
        outcome=ContactMoment.Outcome.SPOKEN,
        by=worker,
        now=make.TUESDAY,
    )
    closed(question, worker)
    consent_withdrawal.revoke(
        question=question, basis=question.sharing_bases.get(), now=make.TUESDAY
    )
    again = casework_reopen.resident_reopens(question=question, now=FRIDAY)
    assert again.first_contact_at is None
