"""What a sweep locks, what it passes over, and that nobody waits for it who need not."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from intake.questions import question_sentences, timeline
from intake.questions.models import Question, TimelineEntry
from referrals.follow_ups.models import FollowUp
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.follow_ups.due import the
from tests.referrals.reminders.test_limits import picked_up, recipients_of
from tests.support import factories as make
from welzijn.core.working_days import local_moment
from welzijn.notifications import outbox
from welzijn.notifications.models import Message


def in_another_connection(act: Callable[[], None]) -> list[Exception]:
    """Run `act` in a thread; it waits two seconds for a lock. Gives what it raised."""
    raised: list[Exception] = []

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            act()
        except OperationalError as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=120)
    return raised


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held", ["question", "follow_up"])
def test_what_somebody_is_working_on_is_passed_over_and_taken_at_the_next_sweep(held: str) -> None:
    make.fresh_front_doors()
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    busy, free = picked_up(here, worker), picked_up(here, worker)
    due = the(busy, "first_contact")
    early = local_moment(due.due_on) + timedelta(hours=6)
    checked: list[int] = []

    def sweep() -> None:
        checked.append(reminder_sweep.sweep(now=early).checked)

    with transaction.atomic():
        if held == "question":
            Question.objects.select_for_update(no_key=True).get(pk=busy.pk)
        else:
            FollowUp.objects.select_for_update(no_key=True).get(pk=due.pk)
        assert in_another_connection(sweep) == []
        assert checked == [1]
        subjects = Message.objects.filter(template="followup_due").values_list("subject_id")
        assert set(subjects) == {(the(free, "first_contact").pk,)}
    sweep()
    assert checked == [1, 1]
    assert len(recipients_of("followup_due")) == 2


@pytest.mark.django_db(transaction=True)
def test_a_clock_is_not_started_while_somebody_is_working_on_its_question() -> None:
    make.fresh_front_doors()
    here = make.world()
    question = make.question(here, "geld", kind=Question.Kind.WMO)

    def sweep() -> None:
        reminder_sweep.sweep(now=make.TUESDAY)

    clock = FollowUp.objects.filter(question=question, kind="clock")
    with transaction.atomic():
        Question.objects.select_for_update(no_key=True).get(pk=question.pk)
        assert in_another_connection(sweep) == []
        assert not clock.exists()
    sweep()
    assert clock.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_sweep_holds_what_it_works_on_until_it_has_told_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.fresh_front_doors()
    here = make.world()
    question = picked_up(here, make.intake_worker(here, "stimenz"))
    early = local_moment(the(question, "first_contact").due_on) + timedelta(hours=6)
    save, second, waited = outbox.save, [], []

    def sweep() -> None:
        second.append(reminder_sweep.sweep(now=early).checked)

    @transaction.atomic
    def change() -> None:
        Question.objects.select_for_update(no_key=True, nowait=True).get(pk=question.pk)

    def write_on_its_timeline() -> None:
        timeline.by_system(
            question=question,
            kind=TimelineEntry.Kind.CODE,
            sentence=question_sentences.RECEIVED(),
            now=early,
        )

    def while_it_is_held(messages: list[Message]) -> None:
        save(messages)
        if not second:
            second.append(-1)
            in_another_connection(sweep)
            with_change = in_another_connection(change)
            waited.append(len(with_change))
            # A row that points at the question need not wait for the sweep.
            waited.append(len(in_another_connection(write_on_its_timeline)))

    monkeypatch.setattr(outbox, "save", while_it_is_held)
    assert reminder_sweep.sweep(now=early).checked == 1
    assert second == [-1, 0]
    assert waited == [1, 0]
    assert len(recipients_of("followup_due")) == 1
