"""The work of a former worker returns to their organisation or team."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question
from organisations.roles.models import Membership, Role
from referrals.casework import pick_up
from referrals.follow_ups import staff_actions
from referrals.follow_ups.models import FollowUp
from referrals.reminders import orphaned_work
from referrals.reminders.orphaned_work import return_orphaned_work
from tests.referrals.casework.ending import closed
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from tests.support import guards
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)


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


def back_with_triage(here: World) -> int:
    return return_orphaned_work(partnerships=[here.partnership.pk], now=make.TUESDAY)


def ends(worker: User, until: date = YESTERDAY) -> None:
    Membership.objects.filter(user=worker).update(until=until)


def test_it_is_due_to_be_picked_up_and_the_mailbox_hears_of_it_once(
    here: World, question: Question, worker: User
) -> None:
    ends(worker)
    assert (back_with_triage(here), back_with_triage(here)) == (1, 0)
    found = Question.objects.get(pk=question.pk)
    assert (found.status, found.assigned_to, found.lead) == ("new", None, here["stimenz"])
    assert open_kinds(question) == {"pick_up"}
    assert the(question, "pick_up").due_on == found.due_on == date(2026, 11, 26)
    notified = Message.objects.filter(about_id=question.pk, template="question_moved")
    assert [m.recipient_key for m in notified] == [f"organisation:{here['stimenz'].pk}"]
    assert question.timeline.filter(kind="assigned", actor_kind="system").count() == 1


def test_the_last_day_of_a_role_still_counts(here: World, question: Question, worker: User) -> None:
    ends(worker, TODAY)
    assert back_with_triage(here) == 0
    assert Question.objects.get(pk=question.pk).assigned_to == worker


@pytest.mark.parametrize(("role", "gone"), [(Role.FRONT_DESK, 1), (Role.COORDINATOR, 0)])
def test_another_role_there_keeps_it_only_with_a_part_in_the_casework(
    here: World, question: Question, worker: User, role: Role, gone: int
) -> None:
    ends(worker)
    make.member(here, role, "stimenz", who=worker)
    assert back_with_triage(here) == gone


def test_the_same_role_elsewhere_is_none_here(
    here: World, question: Question, worker: User
) -> None:
    ends(worker)
    make.professional(here, "jeugd-punt", who=worker)
    assert back_with_triage(here) == 1


def test_an_appointment_stays_due_without_its_worker(
    here: World, question: Question, worker: User
) -> None:
    planned = staff_actions.plan(
        question=question, what="bellen", due_on=date(2026, 11, 25), by=worker, now=make.TUESDAY
    )
    ends(worker)
    back_with_triage(here)
    planned.refresh_from_db()
    assert (planned.status, planned.worker, planned.organisation) == (
        "open",
        None,
        here["stimenz"],
    )
    assert Question.objects.get(pk=question.pk).due_on == date(2026, 11, 25)
    assert not FollowUp.objects.filter(worker=worker, status="open").exists()


def test_a_team_member_who_left_gives_it_back_to_the_team(here: World) -> None:
    member = make.triagist(here)
    question = make.question(here, "geld", shares=False)
    pick_up.pick_up(question=question, by=member, now=make.TUESDAY)
    assert back_with_triage(here) == 0
    ends(member)
    make.professional(here, "welzijn", who=member)
    assert back_with_triage(here) == 1
    found = Question.objects.get(pk=question.pk)
    assert (found.lead_team, found.status) == (here.triage, "new")


def test_a_closed_question_and_another_partnership_are_left(
    here: World, question: Question, worker: User
) -> None:
    elsewhere = make.world("oss")
    ends(worker)
    assert back_with_triage(elsewhere) == 0
    with guards.switched_off():
        Membership.objects.filter(user=worker).update(until=None)
    closed(question, worker)
    ends(worker)
    assert back_with_triage(here) == 0
    assert Question.objects.get(pk=question.pk).assigned_to == worker


def test_a_round_takes_no_more_than_a_batch_and_the_next_the_rest(
    here: World, worker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orphaned_work, "BATCH", 2)
    for _ in range(3):
        pick_up.pick_up(question=make.question(here, "geld"), by=worker, now=make.TUESDAY)
    ends(worker)
    assert (back_with_triage(here), back_with_triage(here), back_with_triage(here)) == (2, 1, 0)
