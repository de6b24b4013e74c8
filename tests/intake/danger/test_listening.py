"""One door for a resident's text: what is heard marks the question and is told, once at a time."""

from datetime import timedelta

import pytest
from django.core import mail

from intake.access_log import open_question
from intake.danger import alarm, listening
from intake.danger.models import HeardDanger
from intake.questions import question_sentences, timeline
from intake.questions.models import Question, TimelineEntry
from referrals.casework import pick_up
from referrals.casework import withdraw as withdrawing
from referrals.follow_ups import legal_clock
from referrals.follow_ups.models import FollowUp
from referrals.reminders import sweep
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.audit.reasons import Reason
from welzijn.notifications import delivery
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
WORDS = "mijn man slaat mij en de kinderen"
LATER = make.TUESDAY + timedelta(minutes=30)


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def worker(here: World) -> User:
    return make.intake_worker(here, "stimenz")


@pytest.fixture
def question(here: World, worker: User) -> Question:
    question = make.question(here, "geld", words="een brief")
    return pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)


def duties(question: Question) -> list[FollowUp]:
    return list(question.follow_ups.filter(kind="duty").order_by("created_at"))


def added(question: Question, words: str = WORDS, now: object = LATER) -> TimelineEntry:
    return withdrawing.add_words(question=question, words=words, now=now)  # type: ignore[arg-type]


def test_calm_words_mark_nothing(question: Question) -> None:
    added(question, "ik heb de brief gevonden")
    question.refresh_from_db()
    assert (question.maybe_danger, question.urgency) == (False, "normal")
    assert duties(question) == []
    assert not Message.objects.filter(subject_kind=alarm.KIND).exists()


def test_words_of_a_resident_have_one_way_in(question: Question) -> None:
    with pytest.raises(ValueError, match="holds words"):
        timeline.by_resident(
            question=question,
            kind=TimelineEntry.Kind.ADDED,
            sentence=question_sentences.WORDS_ADDED(words=WORDS),
            now=LATER,
        )


def test_who_works_on_it_the_lead_and_who_is_on_duty_hear_it_at_once(
    here: World, question: Question, worker: User
) -> None:
    on_duty = make.triagist(here)
    make.duty(here, on_duty, make.TUESDAY, LATER + timedelta(hours=1))
    entry = added(question)
    heard = HeardDanger.objects.get()
    assert (heard.entry, heard.kinds[0], heard.answer) == (entry, "violence", "")
    delivery.sweep(now=LATER)
    to = {address for sent in mail.outbox for address in sent.to}
    assert {worker.email, on_duty.email, here["stimenz"].email} <= to
    assert not any("slaat" in sent.subject + str(sent.body) for sent in mail.outbox)


def test_more_words_in_ten_minutes_are_merged_and_begin_no_circle_anew(question: Question) -> None:
    added(question)
    [first] = duties(question)
    added(question, "hij slaat mij weer", LATER + timedelta(minutes=2))
    assert duties(question) == [first]
    assert HeardDanger.objects.count() == 2
    alarms = Message.objects.filter(subject_kind=alarm.KIND).values_list("subject_id", flat=True)
    assert set(alarms) == {HeardDanger.objects.order_by("at")[0].pk}
    assert Message.objects.filter(subject_kind="question.flood").exists()
    assert not alarm.was_notified(HeardDanger.objects.order_by("at")[1].pk)


def test_who_opened_it_before_has_not_read_the_new_words(
    here: World, question: Question, worker: User
) -> None:
    added(question)
    [first] = duties(question)
    seen = LATER + timedelta(minutes=5)
    open_question.open_question(
        user=worker,
        partnership=here.partnership,
        question_id=question.pk,
        why=Reason.OPENED,
        now=seen,
    )
    added(question, "hij slaat mij weer", seen + timedelta(minutes=5))
    first.refresh_from_db()
    assert first.status == "cancelled"
    again = duties(question)[1]
    assert (again.status, again.escalation) == ("open", 0)
    assert again.remind_at is not None
    assert sweep.sweep(now=again.remind_at).notified > 0


def test_what_was_judged_is_due_again_with_new_words(question: Question, worker: User) -> None:
    added(question)
    legal_clock.judge(question=question, danger=False, by=worker, now=LATER)
    added(question, "hij slaat mij weer", LATER + timedelta(hours=1))
    assert [d.status for d in duties(question)] == ["done", "open"]


def test_danger_that_nobody_judged_stays_due_after_withdrawing(
    question: Question, worker: User
) -> None:
    added(question)
    withdrawing.withdraw(question=question, now=LATER)
    [due] = duties(question)
    assert (due.status, Question.objects.get().status) == ("open", "withdrawn")
    assert due.remind_at is not None
    assert sweep.sweep(now=due.remind_at).notified > 0
    legal_clock.judge(question=question, danger=True, by=worker, now=LATER)
    assert [d.status for d in duties(question)] == ["done"]


def test_now_is_urgent_and_told_once_more_also_within_ten_minutes(question: Question) -> None:
    added(question)
    heard = HeardDanger.objects.get()
    typed_words = listening.give_answer(heard=heard, answer=HeardDanger.Answer.NOW, now=LATER)
    question.refresh_from_db()
    assert question.urgency == "danger"
    assert typed_words.pk != heard.pk
    assert alarm.was_notified(typed_words.pk)
    again = listening.give_answer(heard=typed_words, answer=HeardDanger.Answer.NOW, now=LATER)
    assert again == typed_words
    assert typed_words.entry is not None
    assert (typed_words.entry.text, typed_words.entry.for_resident) == ("", False)


def test_a_later_no_takes_an_earlier_often_not_back(question: Question) -> None:
    added(question)
    heard = HeardDanger.objects.get()
    for answer in (HeardDanger.Answer.OFTEN, HeardDanger.Answer.NO):
        listening.give_answer(heard=heard, answer=answer, now=LATER)
    heard.refresh_from_db()
    assert heard.answer == "often"


def test_an_alarm_that_was_judged_before_it_left_is_not_sent(
    question: Question, worker: User
) -> None:
    added(question)
    legal_clock.judge(question=question, danger=False, by=worker, now=LATER)
    delivery.sweep(now=LATER)
    assert not any("haast" in sent.subject for sent in mail.outbox)
