"""Picking up, assigning, putting back: one worker, what is due follows."""

from datetime import date

import pytest

from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from referrals.casework import absence, pick_up
from referrals.casework import assign as casework_assign
from referrals.casework import support as casework_support
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.grounds import Ground
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from referrals.handovers import services as handover_services
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db


def test_picking_up_ends_that_clock_and_starts_the_first_contact() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    question = pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    assert (question.status, question.assigned_to) == (Question.Status.PICKED_UP, worker)
    assert open_kinds(question) == {"first_contact", "quiet"}
    first = the(question, "first_contact")
    assert (first.worker, first.due_on) == (worker, question.promised_on)
    assert question.due_on == first.due_on
    assert question.timeline.filter(kind="picked_up", actor=worker).count() == 1


def test_the_resident_hears_that_somebody_has_it_and_nothing_else() -> None:
    here = make.world()
    reach = make.ContactChoices(email="a@voordeur.example", ways=("email",))
    question = make.question(here, "geld", reach=reach)
    pick_up.pick_up(question=question, by=make.intake_worker(here, "stimenz"), now=make.TUESDAY)
    notified = Message.objects.filter(recipient_kind="resident", subject_kind="question.news")
    assert [(m.template, m.context) for m in notified] == [("news", {})]


def test_a_colleague_who_is_second_hears_that_it_is_taken() -> None:
    here = make.world()
    first, second = (make.intake_worker(here, "stimenz") for _ in range(2))
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=first, now=make.TUESDAY)
    with pytest.raises(WrongMomentError):
        pick_up.pick_up(question=question, by=second, now=make.TUESDAY)
    again = pick_up.pick_up(question=question, by=first, now=make.TUESDAY)
    assert again.assigned_to == first
    assert question.timeline.filter(kind="picked_up").count() == 1


@pytest.mark.parametrize("who", ["stranger", "reader_elsewhere", "no_intake", "coordinator"])
def test_who_is_not_of_the_lead_does_not_pick_up(who: str) -> None:
    here = make.world()
    user = {
        "stranger": make.user,
        "reader_elsewhere": lambda: make.intake_worker(here, "jeugd-punt"),
        "no_intake": lambda: make.professional(here, "stimenz"),
        "coordinator": lambda: make.coordinator(here),
    }[who]()
    question = make.question(here, "geld")
    with pytest.raises(NotAllowedError):
        pick_up.pick_up(question=question, by=user, now=make.TUESDAY)
    question.refresh_from_db()
    assert question.status == Question.Status.NEW


def test_putting_back_makes_it_due_again() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    question = pick_up.put_back(question=question, by=worker, why="ziek", now=make.TUESDAY)
    assert (question.status, question.assigned_to) == (Question.Status.NEW, None)
    assert open_kinds(question) == {"pick_up"}
    assert the(question, "pick_up").due_on == date(2026, 11, 26)


def test_a_coordinator_assigns_only_to_who_may_read_it() -> None:
    here = make.world()
    boss, worker = make.coordinator(here), make.professional(here, "stimenz")
    elsewhere = make.professional(here, "jeugd-punt")
    question = make.question(here, "geld")
    with pytest.raises(NotAllowedError):
        casework_assign.assign(question=question, to=elsewhere, by=boss, now=make.TUESDAY)
    question = casework_assign.assign(
        question=question, to=worker, by=boss, now=make.TUESDAY, reason="druk"
    )
    assert question.assigned_to == worker
    assert worker in {w.worker for w in FollowUp.objects.filter(question=question)}
    assert Question.objects.visible_to(worker, date(2026, 11, 24)).contains(question)
    notified = Message.objects.get(recipient_key=f"user:{worker.id}", template="question_moved")
    assert notified.context["reference"] == question.reference


def test_what_was_due_for_one_worker_is_due_for_the_next() -> None:
    here = make.world()
    boss = make.coordinator(here)
    ill, well = make.intake_worker(here, "stimenz"), make.professional(here, "stimenz")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=ill, now=make.TUESDAY)
    before = the(question, "first_contact").due_version
    casework_assign.assign(question=question, to=well, by=boss, now=make.TUESDAY, reason="ziek")
    after = the(question, "first_contact")
    assert (after.worker, after.due_version > before) == (well, True)


def test_a_colleague_falls_ill_and_nothing_stays_behind() -> None:
    here = make.world()
    boss, ill = make.coordinator(here), make.intake_worker(here, "stimenz")
    well = make.professional(here, "stimenz")
    questions = [make.question(here, "geld") for _ in range(3)]
    for question in questions:
        pick_up.pick_up(question=question, by=ill, now=make.TUESDAY)
    count = absence.hand_on_everything(
        worker=ill, to=well, partnership=here.partnership, by=boss, now=make.TUESDAY, reason="ziek"
    )
    assert count == 3
    assert not FollowUp.objects.filter(worker=ill, status="open").exists()
    assert not Question.objects.filter(assigned_to=ill).exists()


def test_what_is_due_besides_ones_own_questions_goes_along_as_well() -> None:
    here = make.world()
    boss, ill = make.coordinator(here), make.intake_worker(here, "jeugd-punt")
    colleague, well = (make.intake_worker(here, "jeugd-punt") for _ in range(2))
    sender = make.intake_worker(here, "stimenz")
    helped, given = (make.question(here, "geld") for _ in range(2))
    for question in (helped, given):
        pick_up.pick_up(question=question, by=sender, now=make.TUESDAY)
    casework_support.bring_in(
        question=helped,
        organisation=here["jeugd-punt"],
        ground=Ground(),
        by=sender,
        now=make.TUESDAY,
    )
    follow_up_actions.take_over(
        follow_up=FollowUp.objects.get(
            question=helped, organisation=here["jeugd-punt"], kind="agreed"
        ),
        by=ill,
        now=make.TUESDAY,
    )
    offered = handover_services.propose(
        question=given,
        to=here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Vragen over school.",
        by=sender,
        now=make.TUESDAY,
        yes_how=SharingBasis.How.PHONE,
    )
    handover_services.accept(handover=offered, by=ill, now=make.TUESDAY)
    assert FollowUp.objects.filter(worker=ill, status="open").count() == 2
    absence.hand_on_everything(
        worker=ill, to=well, partnership=here.partnership, by=boss, now=make.TUESDAY, reason="ziek"
    )
    assert not FollowUp.objects.filter(worker=ill, status="open").exists()
    assert FollowUp.objects.filter(worker=well, status="open").count() == 2
    offered.refresh_from_db()
    assert offered.answered_by == well
    # And from her to nobody: it is for whoever reads what is new there.
    absence.hand_on_everything(
        worker=well, to=None, partnership=here.partnership, by=colleague, now=make.TUESDAY
    )
    assert not FollowUp.objects.filter(worker=well, status="open").exists()


def test_work_handed_back_to_the_mailbox_is_due_to_be_picked_up() -> None:
    here = make.world()
    boss, ill = make.coordinator(here), make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=ill, now=make.TUESDAY)
    absence.hand_on_everything(
        worker=ill, to=None, partnership=here.partnership, by=boss, now=make.TUESDAY, reason="ziek"
    )
    question.refresh_from_db()
    assert (question.status, open_kinds(question)) == (Question.Status.NEW, {"pick_up"})
    assert not FollowUp.objects.filter(worker=ill, status="open").exists()
