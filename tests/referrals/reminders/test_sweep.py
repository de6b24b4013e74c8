"""Nothing due is forgotten, nothing is told twice, nobody is reminded on a day off."""

from datetime import UTC, date, datetime, timedelta

import pytest

from intake.questions.models import Question, SharingBasis
from referrals.casework import pick_up
from referrals.casework import withdraw as casework_withdraw
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from referrals.handovers import services as handover_services
from referrals.handovers.models import Handover
from referrals.reminders import sweep as reminder_sweep
from referrals.reminders import validity as reminder_validity
from tests.referrals.follow_ups.due import open_kinds, the
from tests.referrals.reminders.sweeps import every_day, morning, notified
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.core.working_days import local_moment
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def worker(here: World) -> User:
    return make.intake_worker(here, "stimenz")


def test_not_picked_up_in_time_goes_to_the_organisation_and_then_to_the_coordinators(
    here: World, worker: User
) -> None:
    boss = make.coordinator(here)
    question = make.question(here, "geld")
    assert question.due_on == date(2026, 11, 26)
    reminder_sweep.sweep(now=morning(date(2026, 11, 26)))
    assert notified("question_not_picked_up") == []
    reminder_sweep.sweep(now=morning(date(2026, 11, 27)))
    assert set(notified("question_not_picked_up")) == {
        f"organisation:{here['stimenz'].id}",
        f"user:{worker.id}",
    }
    # The weekend counts for nothing.
    every_day(date(2026, 11, 28), date(2026, 11, 29))
    assert len(notified("question_not_picked_up")) == 2
    reminder_sweep.sweep(now=morning(date(2026, 11, 30)))
    assert notified("question_not_picked_up")[2:] == [f"user:{boss.id}"]
    late = Message.objects.get(recipient_key=f"user:{boss.id}", subject_kind="followup.late")
    assert late.context["working_days"] == 2


def test_what_is_due_today_stands_in_the_mail_of_today(here: World, worker: User) -> None:
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    due = the(question, "first_contact").due_on
    reminder_sweep.sweep(now=morning(due))
    line = Message.objects.get(template="followup_due")
    assert line.not_before == local_moment(due) + timedelta(hours=8)


def test_sweeping_again_and_again_tells_once(here: World, worker: User) -> None:
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    due = the(question, "first_contact").due_on
    for _ in range(3):
        reminder_sweep.sweep(now=morning(due))
    FollowUp.objects.update(remind_at=morning(due), escalation=0)
    reminder_sweep.sweep(now=morning(due))
    assert notified("followup_due") == [f"user:{worker.id}"]


def test_a_moved_date_reminds_again_and_the_old_reminder_is_void(here: World, worker: User) -> None:
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    planned = follow_up_actions.plan(
        question=question, what="x", due_on=date(2026, 11, 25), by=worker, now=make.TUESDAY
    )
    reminder_sweep.sweep(now=morning(date(2026, 11, 25)))
    first = Message.objects.get(template="followup_due")
    follow_up_actions.move(
        follow_up=planned,
        due_on=date(2026, 11, 26),
        by=worker,
        now=morning(date(2026, 11, 25)),
    )
    assert reminder_validity.still_due([first], make.TUESDAY) == set()
    reminder_sweep.sweep(now=morning(date(2026, 11, 26)))
    second = Message.objects.get(subject_id=planned.id, due_version=2)
    assert reminder_validity.still_due([second], make.TUESDAY) == {second.id}


def test_three_days_down_over_a_long_weekend_everything_once_and_in_order(
    here: World, worker: User
) -> None:
    boss = make.coordinator(here)
    # Holy Thursday 2027; closed from Saturday to Easter Monday. The worker is down from Thursday.
    thursday = datetime(2027, 3, 25, 9, 0, tzinfo=UTC)
    questions = []
    for number in range(4):
        asked_at = thursday - timedelta(days=7 - number)
        question = make.question(here, "geld", now=asked_at)
        pick_up.pick_up(question=question, by=worker, now=asked_at)
        follow_up_actions.plan(
            question=question,
            what="x",
            due_on=date(2027, 3, 25) + timedelta(days=number % 2),
            by=worker,
            now=thursday - timedelta(days=1),
        )
        FollowUp.objects.filter(question=question).exclude(kind="agreed").update(remind_at=None)
        questions.append(question)
    for hour in range(0, 24 * 3, 5):
        reminder_sweep.sweep(now=local_moment(date(2027, 3, 27)) + timedelta(hours=hour))
    assert Message.objects.filter(template="followup_due").count() == 0
    tuesday = date(2027, 3, 30)
    for _ in range(3):
        reminder_sweep.sweep(now=morning(tuesday))
    rows = list(Message.objects.filter(template="followup_due").order_by("id"))
    assert len(rows) == 4
    due = [FollowUp.objects.get(pk=m.subject_id).due_on for m in rows]
    assert due == sorted(due)
    assert notified("followup_overdue") == []
    # Only one step each; the coordinator hears of nothing yet.
    assert f"user:{boss.id}" not in notified("followup_due")
    reminder_sweep.sweep(now=morning(tuesday + timedelta(days=1)))
    assert len(notified("followup_overdue")) == 4


def test_done_or_withdrawn_is_not_reminded_of(here: World, worker: User) -> None:
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    casework_withdraw.withdraw(question=question, now=make.TUESDAY)
    every_day(date(2026, 11, 25), date(2026, 12, 24))
    assert not Message.objects.filter(subject_kind__startswith="followup").exists()


def offered(here: World, worker: User, now: datetime) -> Handover:
    question = make.question(here, "geld", now=now)
    pick_up.pick_up(question=question, by=worker, now=now)
    return handover_services.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Vragen over school.",
        by=worker,
        now=now,
        yes_how=SharingBasis.How.PHONE,
    )


def test_silence_of_the_receiver_goes_up_on_working_days_over_easter(
    here: World, worker: User
) -> None:
    boss, receiver = make.coordinator(here), make.intake_worker(here, "jeugd-punt")
    waiting = offered(here, worker, datetime(2027, 3, 25, 9, 0, tzinfo=UTC))
    assert waiting.due_on == date(2027, 3, 30)
    every_day(date(2027, 3, 26), date(2027, 3, 29))
    assert notified("handover_answer_due") == []
    every_day(date(2027, 3, 30), date(2027, 3, 31))
    assert set(notified("handover_answer_due")) == {
        f"organisation:{here['jeugd-punt'].id}",
        f"user:{receiver.id}",
    }
    assert notified("handover_unanswered") == []
    every_day(date(2027, 4, 1), date(2027, 4, 4))
    assert notified("handover_unanswered") == [f"user:{boss.id}"]
    waiting.refresh_from_db()
    assert waiting.escalated_at is not None
    assert Question.objects.get().lead == here["stimenz"]


def test_waiting_for_the_resident_never_goes_to_a_coordinator(here: World, worker: User) -> None:
    boss = make.coordinator(here)
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    FollowUp.objects.filter(question=question).update(remind_at=None)
    handover_services.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Vragen over school.",
        by=worker,
        now=make.TUESDAY,
    )
    every_day(date(2026, 11, 25), date(2026, 12, 20))
    reminded = set(Message.objects.filter(template="followup_due").values_list("recipient_key"))
    assert reminded == {(f"user:{worker.id}",)}
    assert not Message.objects.filter(
        recipient_key=f"user:{boss.id}", template__startswith="handover"
    ).exists()


def test_a_quiet_question_is_noticed_and_activity_moves_the_day(here: World, worker: User) -> None:
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    FollowUp.objects.filter(question=question, kind="first_contact").update(remind_at=None)
    quiet_on = the(question, "quiet").due_on
    assert quiet_on == date(2026, 12, 15)
    Question.objects.update(last_activity_at=make.TUESDAY + timedelta(days=2))
    every_day(date(2026, 12, 14), date(2026, 12, 16))
    assert notified("question_quiet") == []
    assert the(question, "quiet").due_on == date(2026, 12, 17)
    every_day(date(2026, 12, 17), date(2026, 12, 18))
    assert notified("question_quiet") == [f"user:{worker.id}"]
    line = Message.objects.get(template="question_quiet")
    assert line.context["working_days"] == 15
    assert reminder_validity.still_quiet([line], make.TUESDAY) == {line.id}


def test_danger_nobody_has_judged_is_told_again_by_night(here: World) -> None:
    triagist, boss = make.triagist(here), make.coordinator(here)
    friday_evening = datetime(2026, 11, 27, 17, 10, tzinfo=UTC)
    make.question(here, "geld", danger=True, shares=None, now=friday_evening)
    for minutes in range(0, 60 * 12, 10):
        reminder_sweep.sweep(now=friday_evening + timedelta(minutes=minutes))
    again = Message.objects.filter(subject_kind="duty")
    assert {m.recipient_key for m in again} == {f"user:{triagist.id}", f"user:{boss.id}"}
    assert again.filter(recipient_key=f"user:{triagist.id}", channel="email").count() == 4
    assert again.filter(recipient_key=f"user:{boss.id}", channel="email").count() == 4
    assert all(m.urgent for m in again)


def test_a_clock_of_the_law_runs_from_the_day_it_came_in(here: World, worker: User) -> None:
    question = make.question(here, "geld", kind=Question.Kind.DEBTS_THREAT)
    reminder_sweep.sweep(now=morning(date(2026, 11, 25)))
    assert the(question, "clock").due_on == date(2026, 11, 27)
    reminder_sweep.sweep(now=morning(date(2026, 11, 26)))
    assert f"user:{worker.id}" in notified("legal_clock")


def test_work_of_who_left_goes_back_to_the_organisation(here: World, worker: User) -> None:
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    reminder_sweep.sweep(now=morning(date(2026, 11, 25)))
    assert Question.objects.get().assigned_to == worker
    worker.memberships.update(until=date(2026, 11, 25))
    reminder_sweep.sweep(now=morning(date(2026, 11, 26)))
    back = Question.objects.get()
    assert (back.status, back.assigned_to, back.lead) == ("new", None, here["stimenz"])
    assert open_kinds(question) == {"pick_up"}
    assert notified("question_moved") == [f"organisation:{here['stimenz'].id}"]
    reminder_sweep.sweep(now=morning(date(2026, 11, 27)))
    assert len(notified("question_moved")) == 1


def test_a_sweep_takes_few_queries_whatever_there_is(
    here: World, worker: User, django_assert_max_num_queries: object
) -> None:
    for _ in range(12):
        question = make.question(here, "geld")
        pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    due = FollowUp.objects.filter(kind="first_contact").first()
    assert due is not None
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        swept = reminder_sweep.sweep(now=morning(due.due_on))
    assert swept.checked == 12
