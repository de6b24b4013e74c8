"""The warm handover: the sender leads until the resident has been spoken to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from referrals.casework import close as casework_close
from referrals.casework import contact_moments
from referrals.casework_base.models import ContactMoment, Referral
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.handovers import completion as handover_completion
from referrals.handovers import (
    services as handover_services,
)
from referrals.handovers import (
    state_machine as handover_state_machine,
)
from referrals.handovers.models import Handover
from referrals.resident_portal import consent_withdrawal
from tests.referrals.follow_ups.due import open_kinds, the
from tests.referrals.handovers.case import PHONE, Case
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db


def test_the_whole_way_moves_the_lead_at_the_last_step_only() -> None:
    case = Case()
    proposed = case.propose()
    assert (proposed.status, proposed.due_for) == ("proposed", "resident")
    offered = handover_services.resident_says(
        handover=proposed, yes=True, how=PHONE, recorded_by=case.sender, now=make.TUESDAY
    )
    assert (offered.status, offered.due_for) == ("offered", "receiver")
    assert not case.reads(case.receiver)
    accepted = handover_services.accept(handover=offered, by=case.receiver, now=make.TUESDAY)
    assert case.reads(case.receiver)
    assert case.fresh().lead == case.here["stimenz"]
    done = handover_completion.met(
        handover=accepted, how="phone", recorded_by=case.receiver, now=make.TUESDAY
    )
    question = case.fresh()
    assert (done.status, question.lead) == ("completed", case.here["jeugd-punt"])
    assert (question.assigned_to, question.status) == (case.receiver, "picked_up")
    assert not case.reads(case.sender)
    assert (
        Referral.objects.get(question=question, part="lead", until=None).organisation
        == (case.here["jeugd-punt"])
    )


def test_a_yes_is_kept_with_who_heard_it_and_how() -> None:
    case = Case()
    accepted = case.accepted()
    basis = SharingBasis.objects.get(
        question=case.question, organisation=case.here["jeugd-punt"], ended_at=None
    )
    assert (basis.kind, basis.how, basis.recorded_by) == ("consent", "phone", case.sender)
    assert basis.given_by == case.question.asker
    assert accepted.basis == basis


def test_a_decline_goes_back_with_its_reason() -> None:
    case = Case()
    declined = handover_services.decline(
        handover=case.offered(),
        reason="Wij hebben een wachtlijst.",
        by=case.receiver,
        now=make.TUESDAY,
    )
    assert (declined.status, declined.decline_reason) == ("declined", "Wij hebben een wachtlijst.")
    assert case.fresh().lead == case.here["stimenz"]
    notified = Message.objects.get(template="handover_declined")
    assert notified.recipient_key == f"user:{case.sender.id}"
    assert not case.reads(case.receiver)
    with pytest.raises(ValueError, match="reason"):
        handover_services.decline(handover=declined, reason=" ", by=case.receiver, now=make.TUESDAY)


def test_after_accepting_the_receiver_can_still_give_it_back() -> None:
    case = Case()
    handover_services.decline(
        handover=case.accepted(), reason="Toch niet passend.", by=case.receiver, now=make.TUESDAY
    )
    assert not case.reads(case.receiver)
    assert case.fresh().lead == case.here["stimenz"]


def test_the_resident_stops_it_after_the_yes_of_the_receiver() -> None:
    case = Case()
    accepted = case.accepted()
    handover_services.resident_stops(handover=accepted, now=make.TUESDAY)
    assert not case.reads(case.receiver)
    assert case.reads(case.sender)
    with pytest.raises(WrongMomentError):
        handover_completion.met(
            handover=accepted, how="phone", recorded_by=case.sender, now=make.TUESDAY
        )


def test_revoking_the_yes_to_the_receiver_ends_the_handover() -> None:
    case = Case()
    accepted = case.accepted()
    assert accepted.basis is not None
    consent_withdrawal.revoke(question=case.question, basis=accepted.basis, now=make.TUESDAY)
    accepted.refresh_from_db()
    assert accepted.status == "revoked"
    assert not case.reads(case.receiver)
    assert case.fresh().lead == case.here["stimenz"]


def test_the_sender_takes_it_back() -> None:
    case = Case()
    withdrawn = handover_services.withdraw(
        handover=case.offered(), by=case.sender, now=make.TUESDAY
    )
    assert withdrawn.status == "withdrawn"
    assert "handover" not in open_kinds(case.question)
    notified = Message.objects.get(template="handover_stopped")
    assert notified.recipient_key == f"organisation:{case.here['jeugd-punt'].id}"
    with pytest.raises(WrongMomentError):
        handover_services.accept(handover=withdrawn, by=case.receiver, now=make.TUESDAY)


def test_there_is_one_open_handover_a_question() -> None:
    case = Case()
    case.propose()
    with pytest.raises(WrongMomentError):
        case.propose(to=case.here["actief"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(
            question=case.question,
            sender=case.here["stimenz"],
            receiver=case.here["actief"],
            proposed_by=case.sender,
            proposed_at=make.TUESDAY,
            summary="-",
        )


def test_the_database_refuses_an_offer_without_the_residents_yes() -> None:
    case = Case()
    proposed = case.propose()
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=proposed.pk).update(status="offered")


def test_deadlines_are_working_days_and_say_for_whom_they_run() -> None:
    case = Case()
    # Thursday before Easter 2027; Monday 29 March is a holiday.
    thursday = datetime(2027, 3, 25, 9, 0, tzinfo=UTC)
    offered = case.propose(yes_how=PHONE, now=thursday)
    assert offered.due_on == date(2027, 3, 30)
    assert the(case.question, "handover").waits_for == "receiver"


def test_a_planned_meeting_is_the_new_deadline_and_all_three_are_invited() -> None:
    case = Case(reach=make.ContactChoices(email="a@voordeur.example", ways=("email",)))
    at = datetime(2026, 12, 2, 13, 0, tzinfo=UTC)
    planned = handover_completion.plan_meeting(
        handover=case.accepted(), at=at, where="De Aker", by=case.receiver, now=make.TUESDAY
    )
    assert planned.due_on == date(2026, 12, 2)
    invited = Message.objects.exclude(calendar="")
    assert {m.recipient_key for m in invited} == {
        f"user:{case.sender.id}",
        f"user:{case.receiver.id}",
        f"resident:{case.question.asker_id}",
    }
    to_resident = invited.get(recipient_kind="resident")
    assert "De Aker" not in to_resident.calendar
    moved = handover_completion.plan_meeting(
        handover=planned,
        at=at + timedelta(days=1),
        where="De Aker",
        by=case.sender,
        now=make.TUESDAY,
    )
    assert moved.meeting_version == 2
    assert any("SEQUENCE:1" in m.calendar for m in Message.objects.exclude(calendar=""))


def test_three_failed_tries_bring_it_back_to_the_sender_and_never_silently() -> None:
    case = Case()
    accepted = case.accepted()
    for hour in range(1, 4):
        contact_moments.log_contact(
            question=case.question,
            way=ContactMoment.Way.PHONE,
            outcome=ContactMoment.Outcome.NOT_REACHED,
            by=case.receiver,
            now=make.TUESDAY + timedelta(hours=hour),
        )
    accepted.refresh_from_db()
    assert accepted.status == "lapsed"
    assert not case.reads(case.receiver)
    assert the(case.question, "agreed").worker == case.sender
    assert Message.objects.filter(
        template="handover_stopped", recipient_key=f"user:{case.sender.id}"
    ).exists()


def test_what_was_due_goes_along_to_the_new_lead() -> None:
    case = Case()
    agreed = follow_up_actions.plan(
        question=case.question,
        what="brief lezen",
        due_on=date(2026, 11, 27),
        by=case.sender,
        now=make.TUESDAY,
    )
    handover_completion.met(
        handover=case.accepted(), how="phone", recorded_by=case.sender, now=make.TUESDAY
    )
    agreed.refresh_from_db()
    assert (agreed.status, agreed.worker, agreed.organisation) == (
        "open",
        case.receiver,
        case.here["jeugd-punt"],
    )


def test_what_the_receiver_had_planned_falls_back_to_the_sender() -> None:
    case = Case()
    accepted = case.accepted()
    planned = follow_up_actions.plan(
        question=case.question,
        what="school bellen",
        due_on=date(2026, 11, 27),
        by=case.receiver,
        now=make.TUESDAY,
    )
    handover_services.decline(handover=accepted, reason="vol", by=case.receiver, now=make.TUESDAY)
    planned.refresh_from_db()
    assert (planned.status, planned.organisation, planned.worker, planned.due_version) == (
        "open",
        case.here["stimenz"],
        case.sender,
        2,
    )


def test_closing_takes_an_open_handover_back() -> None:
    case = Case()
    offered = case.offered()
    casework_close.close(
        question=case.question,
        result=Question.Result.HELPED,
        words="Toch opgelost.",
        by=case.sender,
        now=make.TUESDAY,
    )
    offered.refresh_from_db()
    assert offered.status == "withdrawn"


def test_the_resident_can_keep_the_sender_as_help() -> None:
    case = Case()
    accepted = handover_services.accept(
        handover=case.propose(yes_how=PHONE, sender_stays=True),
        by=case.receiver,
        now=make.TUESDAY,
    )
    handover_completion.met(handover=accepted, how="online", now=make.TUESDAY)
    assert case.reads(case.sender)
    assert set(
        case.question.referrals.filter(until=None).values_list("organisation__slug", "part")
    ) == {("jeugd-punt", "lead"), ("stimenz", "support")}


def test_every_pair_outside_the_table_is_refused() -> None:
    for source in Handover.Status:
        if source not in Handover.OPEN:
            assert handover_state_machine.MOVES[source] == frozenset()
    assert set(handover_state_machine.MOVES) == set(Handover.Status)
    assert Handover.Status.OFFERED not in handover_state_machine.MOVES[Handover.Status.ACCEPTED]
