"""The limits of the sweep: its hours, its days, its lock, and how long is silent."""

from datetime import date, datetime, timedelta

import pytest

from intake.questions.models import Question
from referrals.casework import pick_up
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.follow_ups.due import the
from tests.support import factories as make
from tests.support import guards
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.core.working_days import local_moment
from welzijn.notifications.models import Message

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def recipients_of(template: str) -> list[str]:
    """Who got this template, in the order of queueing."""
    rows = Message.objects.filter(template=template).order_by("created_at", "id")
    return [row.recipient_key for row in rows]


def picked_up(here: World, worker: User, now: datetime = make.TUESDAY) -> Question:
    question = make.question(here, "geld", now=now)
    pick_up.pick_up(question=question, by=worker, now=now)
    return question


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("clock", "works"),
    [
        ((5, 59, 59), False),
        ((6, 0, 0), True),
        ((17, 59, 59), True),
        ((18, 0, 0), False),
        ((22, 30, 0), False),
    ],
)
@pytest.mark.parametrize("day", [date(2026, 7, 28), date(2026, 11, 24)])
def test_the_sweep_works_from_six_to_six_by_clocks_in_amsterdam(
    clock: tuple[int, int, int], works: bool, day: date
) -> None:
    make.fresh_front_doors()
    here = make.world()
    hours, minutes, seconds = clock
    moment = local_moment(day) + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    assert set(reminder_sweep.working_partnerships(moment)) == (
        {here.partnership.id} if works else set()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2026, 11, 29), date(2026, 12, 25)])
def test_the_sweep_rests_in_the_weekend_and_on_holidays(day: date) -> None:
    make.fresh_front_doors()
    make.world()
    assert reminder_sweep.working_partnerships(local_moment(day) + timedelta(hours=10)) == {}


@pytest.mark.django_db
def test_something_due_is_taken_at_its_moment_and_not_before() -> None:
    here = make.world()
    due = the(picked_up(here, make.intake_worker(here, "stimenz")), "first_contact")
    moment = local_moment(due.due_on) + timedelta(hours=9)
    FollowUp.objects.exclude(pk=due.pk).update(remind_at=None)
    FollowUp.objects.filter(pk=due.pk).update(remind_at=moment)
    assert reminder_sweep.sweep(now=moment - timedelta(seconds=1)).checked == 0
    assert reminder_sweep.sweep(now=moment).checked == 1


@pytest.mark.django_db
def test_a_sweep_says_that_there_may_be_more_where_its_last_batch_was_full() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    for _ in range(5):
        picked_up(here, worker)
    due = FollowUp.objects.filter(kind="first_contact").latest("due_on").due_on
    early = local_moment(due) + timedelta(hours=6)
    # Two rows each: the line, and the daily mail that carries it.
    first = reminder_sweep.sweep(now=early, batch=2, limit=2)
    assert (first.checked, first.notified, first.more) == (4, 8, True)
    rest = reminder_sweep.sweep(now=early, batch=2, limit=2)
    assert (rest.checked, rest.notified, rest.more) == (1, 2, False)


@pytest.mark.django_db
@pytest.mark.parametrize(("silent", "hears"), [(15, False), (29, False), (30, True)])
def test_the_coordinator_hears_of_silence_from_twice_the_term_on(silent: int, hears: bool) -> None:
    here = make.world()
    worker, boss = make.intake_worker(here, "stimenz"), make.coordinator(here)
    question = picked_up(here, worker)
    FollowUp.objects.filter(question=question).exclude(kind="quiet").update(remind_at=None)
    calendar = follow_up_services.calendar_of(question)
    # The sweep was away until so many working days have passed.
    day = calendar.add_working_days(date(2026, 11, 24), silent)
    reminder_sweep.sweep(now=local_moment(day) + timedelta(hours=9))
    assert set(recipients_of("question_quiet")) == (
        {f"user:{worker.id}", f"user:{boss.id}"} if hears else {f"user:{worker.id}"}
    )
    line = Message.objects.filter(template="question_quiet").first()
    assert line.context["working_days"] == silent
    again = the(question, "quiet")
    assert again.due_on == calendar.add_working_days(day, 15)
    assert (again.due_version, again.escalation) == (2, 0)


@pytest.mark.django_db
def test_one_working_day_less_than_the_term_is_not_silence() -> None:
    here = make.world()
    question = picked_up(here, make.intake_worker(here, "stimenz"))
    due = the(question, "quiet")
    Question.objects.filter(pk=question.pk).update(last_activity_at=make.TUESDAY + DAY)
    with guards.switched_off():
        FollowUp.objects.exclude(pk=due.pk).delete()
    reminder_sweep.sweep(now=local_moment(due.due_on) + timedelta(hours=9))
    assert recipients_of("question_quiet") == []
    due.refresh_from_db()
    assert due.due_on == date(2026, 12, 16)
    # Silence is a next step, where no other is open.
    question.refresh_from_db()
    assert question.due_on == due.due_on
    assert due.remind_at == local_moment(date(2026, 12, 16)) + timedelta(hours=6)


@pytest.mark.django_db
def test_each_later_step_comes_after_its_own_working_days_and_the_last_one_ends_it() -> None:
    here = make.world()
    worker, boss = make.intake_worker(here, "stimenz"), make.coordinator(here)
    question = picked_up(here, worker)
    due = the(question, "first_contact")
    FollowUp.objects.exclude(pk=due.pk).update(remind_at=None)
    assert due.due_on == date(2026, 11, 27)
    for day, template, who in (
        (date(2026, 11, 27), "followup_due", worker),
        (date(2026, 11, 30), "followup_overdue", worker),
        (date(2026, 12, 1), "followup_overdue", boss),
    ):
        due.refresh_from_db()
        moment = local_moment(day) + timedelta(hours=6)
        assert due.remind_at == moment
        reminder_sweep.sweep(now=moment)
        assert recipients_of(template)[-1] == f"user:{who.id}"
    due.refresh_from_db()
    assert (due.remind_at, due.escalation, due.status) == (None, 3, "open")


@pytest.mark.django_db
def test_the_clock_of_one_question_does_not_hide_that_another_has_none() -> None:
    here = make.world()
    first = make.question(here, "geld", kind=Question.Kind.DEBTS_THREAT)
    reminder_sweep.sweep(now=make.TUESDAY)
    second = make.question(here, "geld", kind=Question.Kind.WMO)
    plain = make.question(here, "geld")
    reminder_sweep.sweep(now=make.TUESDAY + MINUTE)
    reminder_sweep.sweep(now=make.TUESDAY + 2 * MINUTE)
    assert the(first, "clock").due_version == 1
    assert the(second, "clock").due_on == date(2027, 1, 5)
    assert not FollowUp.objects.filter(question=plain, kind="clock").exists()
