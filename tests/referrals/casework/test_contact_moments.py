"""Conversations with the resident, and tries at one."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework import contact_moments
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups import staff_actions
from referrals.handovers.models import Handover
from tests.referrals.casework.ending import closed, tries
from tests.referrals.follow_ups.due import open_kinds, the
from tests.referrals.handovers.case import Case
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
Outcome, Way = ContactMoment.Outcome, ContactMoment.Way
LATER = make.TUESDAY + timedelta(hours=1)


def log(
    question: Question, by: User, outcome: ContactMoment.Outcome, **changes: object
) -> ContactMoment:
    values: dict = {"way": Way.PHONE, "now": LATER}
    return contact_moments.log_contact(
        question=question, outcome=outcome, by=by, **{**values, **changes}
    )


def test_the_first_conversation_ends_the_first_contact(question: Question, worker: User) -> None:
    tries(question, worker, 2)
    assert "first_contact" in open_kinds(question)
    assert contact_moments.failed_tries(question) == 2
    contact_moments.log_contact(
        question=question,
        way=ContactMoment.Way.PHONE,
        outcome=ContactMoment.Outcome.SPOKEN,
        by=worker,
        agreed="Wij kijken samen naar de brieven.",
        next_on=date(2026, 11, 28),
        now=make.TUESDAY + timedelta(hours=1),
    )
    assert open_kinds(question) == {"agreed", "quiet"}
    # 28 November is a Saturday: asked about at the field, and never moved.
    assert the(question, "agreed").due_on == date(2026, 11, 28)
    assert Question.objects.get(pk=question.pk).due_on == date(2026, 11, 28)
    assert contact_moments.failed_tries(question) == 0


def test_the_first_conversation_is_remembered_and_the_second_leaves_it(
    question: Question, worker: User
) -> None:
    log(question, worker, Outcome.SPOKEN)
    log(question, worker, Outcome.SPOKEN, now=LATER + timedelta(days=1))
    found = Question.objects.get(pk=question.pk)
    assert found.first_contact_at == LATER
    assert found.last_activity_at == LATER + timedelta(days=1)


@pytest.mark.parametrize("outcome", [Outcome.NOT_REACHED, Outcome.MESSAGE_LEFT])
def test_a_try_is_no_first_contact(
    question: Question, worker: User, outcome: ContactMoment.Outcome
) -> None:
    log(question, worker, outcome)
    assert Question.objects.get(pk=question.pk).first_contact_at is None
    assert "first_contact" in open_kinds(question)
    assert contact_moments.failed_tries(question) == 1


def test_tries_at_the_moment_itself_do_not_count_as_after_it(
    question: Question, worker: User
) -> None:
    tries(question, worker, 3)
    first = make.TUESDAY + timedelta(minutes=1)
    assert contact_moments.failed_tries(question, since=first) == 2
    assert contact_moments.failed_tries(question, since=first - timedelta(seconds=1)) == 3
    log(question, worker, Outcome.SPOKEN, now=make.TUESDAY + timedelta(minutes=3))
    assert contact_moments.failed_tries(question) == 0


def test_what_a_conversation_did_away_with_is_done(question: Question, worker: User) -> None:
    planned = staff_actions.plan(
        question=question, what="bellen", due_on=date(2026, 11, 26), by=worker, now=make.TUESDAY
    )
    log(question, worker, Outcome.SPOKEN, done=[planned])
    planned.refresh_from_db()
    assert (planned.status, planned.done_at) == ("done", LATER)


def test_a_next_step_without_words_is_contact_again(question: Question, worker: User) -> None:
    log(question, worker, Outcome.SPOKEN, next_on=date(2026, 11, 25))
    assert the(question, "agreed").sentence == "follow_up.contact_again"


def test_a_next_step_in_the_past_writes_nothing_at_all(question: Question, worker: User) -> None:
    with pytest.raises(WrongMomentError):
        log(question, worker, Outcome.SPOKEN, next_on=date(2026, 11, 23))
    assert not question.contact_moments.exists()


def test_the_resident_reads_what_was_agreed_and_never_the_note(
    question: Question, worker: User
) -> None:
    moment = log(question, worker, Outcome.SPOKEN, agreed="Wij bellen dinsdag.", note="klonk bang")
    moment.refresh_from_db()
    assert (moment.agreed, moment.note) == ("Wij bellen dinsdag.", "klonk bang")
    entry = question.timeline.get(kind="contact")
    assert "Wij bellen dinsdag." in entry.text
    assert "klonk bang" not in entry.text
    assert entry.note == "klonk bang"


def test_only_a_written_answer_is_news_for_the_resident(question: Question, worker: User) -> None:
    news = Message.objects.filter(subject_kind="question.news", about_id=question.pk)
    before = news.count()
    log(question, worker, Outcome.SPOKEN, agreed="Wij bellen dinsdag.")
    assert news.count() == before
    contact_moments.write(question=question, text="Kom gerust langs.", by=worker, now=LATER)
    assert news.count() == before + 1
    assert "first_contact" not in open_kinds(question)


def test_nobody_outside_logs_and_nothing_is_logged_after_the_end(
    here: World, question: Question, worker: User
) -> None:
    for stranger in (make.intake_worker(here, "jeugd-punt"), make.coordinator(here)):
        with pytest.raises(NotAllowedError):
            log(question, stranger, Outcome.SPOKEN)
    closed(question, worker)
    with pytest.raises(WrongMomentError):
        log(question, worker, Outcome.SPOKEN)
    assert not question.contact_moments.exists()


def test_the_third_try_since_the_offer_sends_a_waiting_handover_back() -> None:
    case = Case()
    tries(case.question, case.sender, 2)
    waiting = case.propose(now=make.TUESDAY + timedelta(minutes=30))
    for n in range(contact_moments.TRIES):
        waiting.refresh_from_db()
        assert waiting.status == Handover.Status.PROPOSED
        log(case.question, case.sender, Outcome.NOT_REACHED, now=LATER + timedelta(minutes=n))
    waiting.refresh_from_db()
    assert waiting.status == Handover.Status.LAPSED


def test_without_a_next_step_the_question_is_due_when_it_would_fall_silent(
    question: Question, worker: User
) -> None:
    assert question.due_on == the(question, "first_contact").due_on
    log(question, worker, Outcome.SPOKEN)
    quiet = the(question, "quiet").due_on
    assert Question.objects.get(pk=question.pk).due_on == quiet
    assert quiet > question.due_on
