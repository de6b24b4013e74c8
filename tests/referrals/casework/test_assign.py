"""Moving the lead: a ground for the new one, or the triage team asks first."""

from datetime import date

import pytest

from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from referrals.casework import (
    assign as casework_assign,
)
from referrals.casework import (
    pick_up,
)
from referrals.casework import (
    support as casework_support,
)
from referrals.casework import (
    withdraw as casework_withdraw,
)
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.grounds import Ground
from referrals.casework_base.models import Referral
from referrals.follow_ups.models import FollowUp
from referrals.handovers import services as handover_services
from referrals.resident_portal import consent_withdrawal
from referrals.routing_review.models import Correction
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
YES = Ground(how=SharingBasis.How.PHONE)


def fresh(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def test_with_the_residents_yes_the_lead_moves_and_the_old_door_shuts() -> None:
    here = make.world()
    boss, old, new = (
        make.coordinator(here),
        make.intake_worker(here, "stimenz"),
        make.intake_worker(here, "jeugd-punt"),
    )
    question = make.question(here, "geld")
    casework_assign.move_lead(
        question=question,
        to=here["jeugd-punt"],
        by=boss,
        ground=YES,
        why=Correction.Why.WRONG_DOMAIN,
        now=make.TUESDAY,
    )
    question = fresh(question)
    assert (question.lead, question.status) == (here["jeugd-punt"], "new")
    assert Question.objects.visible_to(new, DAY).contains(question)
    assert not Question.objects.visible_to(old, DAY).contains(question)
    assert not Question.objects.visible_to(boss, DAY).contains(question)
    assert the(question, "pick_up").organisation == here["jeugd-punt"]
    correction = Correction.objects.get()
    assert (correction.why, correction.from_organisation, correction.to_organisation) == (
        "wrong_domain",
        here["stimenz"],
        here["jeugd-punt"],
    )
    assert correction.decision == question.decisions.get()


def test_without_a_ground_it_goes_to_triage_which_asks() -> None:
    here = make.world()
    worker = make.intake_worker(here, "jeugd-punt")
    question = make.question(here, "geld")
    boss = make.coordinator(here)
    casework_assign.move_lead(
        question=question, to=here["jeugd-punt"], by=boss, now=make.TUESDAY, reason="druk"
    )
    question = fresh(question)
    assert question.lead_team == here.triage
    assert not Question.objects.visible_to(worker, DAY).contains(question)
    basis = question.sharing_bases.get(ended_at=None)
    assert (basis.kind, basis.team) == ("first_handling", here.triage)


def test_triage_places_what_lies_with_it_once_the_resident_says_yes() -> None:
    here = make.world()
    triagist = make.triagist(here, "stimenz")
    question = make.question(here, "geld", shares=False)
    with pytest.raises(WrongMomentError):
        casework_assign.move_lead(
            question=question, to=here["welzijn"], by=triagist, now=make.TUESDAY
        )
    casework_assign.move_lead(
        question=question, to=here["welzijn"], by=triagist, ground=YES, now=make.TUESDAY
    )
    question = fresh(question)
    assert (question.lead, question.lead_team) == (here["welzijn"], None)
    assert not Question.objects.visible_to(triagist, DAY).contains(question)
    assert Referral.objects.get(question=question, until=None).organisation == here["welzijn"]


def test_danger_is_a_ground_only_with_a_reason() -> None:
    here = make.world()
    triagist = make.triagist(here)
    question = make.question(here, "geld", danger=True, shares=None)
    bare = Ground(kind=SharingBasis.Kind.DANGER)
    with pytest.raises(WrongMomentError):
        casework_assign.move_lead(
            question=question, to=here["stimenz"], by=triagist, ground=bare, now=make.TUESDAY
        )
    reasoned = Ground(kind=SharingBasis.Kind.DANGER, reason="dreigt nu met geweld")
    casework_assign.move_lead(
        question=question, to=here["stimenz"], by=triagist, ground=reasoned, now=make.TUESDAY
    )
    basis = fresh(question).sharing_bases.get(ended_at=None)
    assert (basis.kind, basis.reason, basis.given_by) == ("danger", "dreigt nu met geweld", None)
    assert the(question, "duty").organisation == here["stimenz"]


@pytest.mark.parametrize("who", ["lead", "stranger", "other_triage"])
def test_nobody_else_moves_it(who: str) -> None:
    here = make.world()
    user = {
        "lead": lambda: make.intake_worker(here, "stimenz"),
        "stranger": make.user,
        "other_triage": lambda: make.triagist(make.world("oss")),
    }[who]()
    question = make.question(here, "geld")
    with pytest.raises(NotAllowedError):
        casework_assign.move_lead(
            question=question, to=here["jeugd-punt"], by=user, ground=YES, now=make.TUESDAY
        )


def test_an_organisation_of_another_partnership_is_refused() -> None:
    here, there = make.world(), make.world("oss")
    question = make.question(here, "geld")
    with pytest.raises(WrongMomentError):
        casework_assign.move_lead(
            question=question,
            to=there["stimenz"],
            by=make.coordinator(here),
            ground=YES,
            now=make.TUESDAY,
        )


def test_a_correction_can_be_neither_changed_nor_removed() -> None:
    here = make.world()
    question = make.question(here, "geld")
    casework_assign.move_lead(
        question=question,
        to=here["actief"],
        by=make.coordinator(here),
        ground=YES,
        why=Correction.Why.NO_ROOM,
        now=make.TUESDAY,
    )
    with pytest.raises(Exception, match="evidence: "):
        Correction.objects.update(why="wrong_rule")


def test_revoking_the_leads_yes_shuts_the_door_and_triage_has_it() -> None:
    here = make.world()
    worker, triagist = make.intake_worker(here, "stimenz"), make.triagist(here)
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    basis = question.sharing_bases.get()
    consent_withdrawal.revoke(question=question, basis=basis, now=make.TUESDAY)
    question = fresh(question)
    assert (question.lead_team, question.status, question.assigned_to) == (
        here.triage,
        "new",
        None,
    )
    assert not Question.objects.visible_to(worker, DAY).contains(question)
    assert Question.objects.visible_to(triagist, DAY).contains(question)
    assert open_kinds(question) == {"pick_up"}
    notified = Message.objects.get(template="basis_revoked")
    assert notified.recipient_key == f"user:{worker.id}"
    consent_withdrawal.revoke(question=question, basis=basis, now=make.TUESDAY)
    assert question.timeline.filter(kind="revoked").count() == 1


def test_first_handling_is_not_the_residents_to_take_back() -> None:
    here = make.world()
    question = make.question(here, "geld", shares=False)
    with pytest.raises(WrongMomentError):
        consent_withdrawal.revoke(
            question=question, basis=question.sharing_bases.get(), now=make.TUESDAY
        )


def test_a_second_organisation_has_a_yes_of_its_own() -> None:
    here = make.world()
    lead, helper = make.intake_worker(here, "stimenz"), make.intake_worker(here, "jeugd-punt")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=lead, now=make.TUESDAY)
    casework_support.bring_in(
        question=question, organisation=here["jeugd-punt"], ground=YES, by=lead, now=make.TUESDAY
    )
    assert Question.objects.visible_to(helper, DAY).contains(question)
    mine = FollowUp.objects.get(question=question, organisation=here["jeugd-punt"])
    assert (mine.kind, mine.status) == ("agreed", "open")
    theirs = question.sharing_bases.get(organisation=here["jeugd-punt"])
    consent_withdrawal.revoke(question=question, basis=theirs, now=make.TUESDAY)
    assert not Question.objects.visible_to(helper, DAY).contains(question)
    mine.refresh_from_db()
    assert mine.status == "cancelled"
    assert fresh(question).lead == here["stimenz"]


def test_a_coordinator_who_moves_it_to_who_accepted_it_leaves_the_residents_yes() -> None:
    here = make.world()
    sender, receiver = make.intake_worker(here, "stimenz"), make.intake_worker(here, "jeugd-punt")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=sender, now=make.TUESDAY)
    offered = handover_services.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Vragen over school.",
        by=sender,
        now=make.TUESDAY,
        yes_how=SharingBasis.How.PHONE,
    )
    handover_services.accept(handover=offered, by=receiver, now=make.TUESDAY)
    boss = make.coordinator(here)
    casework_assign.move_lead(
        question=question, to=here["jeugd-punt"], by=boss, now=make.TUESDAY, reason="druk"
    )
    assert fresh(question).lead == here["jeugd-punt"]
    assert Question.objects.visible_to(receiver, DAY).contains(question)


def test_a_receiver_who_is_brought_in_keeps_its_own_yes_when_the_handover_ends() -> None:
    here = make.world()
    sender, receiver = make.intake_worker(here, "stimenz"), make.intake_worker(here, "jeugd-punt")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=sender, now=make.TUESDAY)
    offered = handover_services.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Vragen over school.",
        by=sender,
        now=make.TUESDAY,
        yes_how=SharingBasis.How.PHONE,
    )
    handover_services.accept(handover=offered, by=receiver, now=make.TUESDAY)
    casework_support.bring_in(
        question=question, organisation=here["jeugd-punt"], ground=YES, by=sender, now=make.TUESDAY
    )
    handover_services.decline(
        handover=offered, reason="wel meehelpen", by=receiver, now=make.TUESDAY
    )
    assert Question.objects.visible_to(receiver, DAY).contains(question)
    assert fresh(question).lead == here["stimenz"]


def test_withdrawing_ends_everything_that_was_due() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    casework_withdraw.withdraw(question=question, now=make.TUESDAY)
    casework_withdraw.withdraw(question=question, now=make.TUESDAY)
    assert fresh(question).status == "withdrawn"
    assert open_kinds(question) == set()
    assert question.timeline.filter(kind="withdrawn").count() == 1
    assert Message.objects.filter(template="resident_reacted").count() == 1


def test_what_the_resident_adds_reaches_who_has_it() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    casework_withdraw.add_words(question=question, words="Er kwam nog een brief.", now=make.TUESDAY)
    assert question.timeline.get(kind="added").text == "Er kwam nog een brief."
    notified = Message.objects.get(template="resident_reacted")
    assert "brief" not in str(notified.context)


def test_the_yes_of_whom_it_is_about_opens_their_name() -> None:
    here = make.world()
    worker = make.intake_worker(here, "welzijn")
    question = make.question(here, "vervoer", about="parent", subject_name="Annie")
    casework_support.record_subject_answer(
        question=question,
        answer=Question.SubjectAnswer.YES,
        answered_by=Question.Representation.SELF,
        how=SharingBasis.How.PHONE,
        by=worker,
        now=make.TUESDAY,
    )
    assert fresh(question).subject_may_be_shown
