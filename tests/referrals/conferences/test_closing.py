"""What an MDO leaves behind: nobody goes on reading for it, nothing goes on being due for it."""

import re
from datetime import timedelta

import pytest
from django.utils.translation import override

from intake.questions.models import Question, SharingBasis
from referrals.casework import (
    close as casework_close,
)
from referrals.casework import (
    support as casework_support,
)
from referrals.casework import (
    withdraw as casework_withdraw,
)
from referrals.casework_base.grounds import Ground
from referrals.conferences import agenda as conference_agenda
from referrals.conferences import invitations as conference_invitations
from referrals.conferences import planning as conference_planning
from referrals.conferences.models import Conference, Participant
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from referrals.handovers import services as handover_services
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.conferences.family_conference import PHONE, STARTS, Family, invitations
from tests.support import factories as make

pytestmark = pytest.mark.django_db


class Talking(Family):
    """Jeugd-Punt is invited and may talk along about the parents' question."""

    def talking(self) -> Conference:
        conference = self.planned()
        self.share()
        assert self.reads()
        return conference

    def talking_of_both(self) -> Conference:
        """About the parents' question and the son's."""
        conference = self.talking()
        conference_agenda.add_question(
            conference=conference,
            question=self.sons,
            why="Ook hierover.",
            by=self.youth,
            now=self.now,
        )
        return conference

    def reads(self) -> bool:
        return SharingBasis.objects.filter(
            question=self.question, organisation=self.here["jeugd-punt"], ended_at=None
        ).exists()

    def requested(self) -> list[str]:
        rows = FollowUp.objects.filter(kind=FollowUp.Kind.ACTION, conference_action=None)
        return list(rows.values_list("status", flat=True))


def test_calling_it_off_ends_what_was_shared_for_it() -> None:
    family = Talking()
    conference = family.talking()
    conference_planning.cancel(conference=conference, why="Ziek.", by=family.worker, now=family.now)
    assert not family.reads()
    assert SharingBasis.objects.filter(ended_why="conference_over").count() == 1


def test_the_last_of_an_organisation_takes_its_basis_along() -> None:
    family = Talking()
    conference = family.talking()
    second = make.intake_worker(family.here, "jeugd-punt")
    conference_invitations.invite(
        conference=conference, member=family.member(second), by=family.worker, now=family.now
    )
    for user, reads in ((second, True), (family.youth, False)):
        who = Participant.objects.get(user=user)
        conference_invitations.remove(participant=who, by=family.worker, now=family.now)
        assert family.reads() is reads


def test_what_they_had_planned_is_the_leads_to_do_then() -> None:
    family = Talking()
    conference = family.talking()
    follow_up_actions.plan(
        question=family.question,
        what="Bel de school.",
        due_on=family.now.date() + timedelta(days=3),
        by=family.youth,
        now=family.now,
    )
    conference_planning.cancel(conference=conference, why="Ziek.", by=family.worker, now=family.now)
    planned = FollowUp.objects.get(kind=FollowUp.Kind.AGREED)
    assert (planned.status, planned.organisation, planned.worker) == (
        "open",
        family.question.lead,
        family.worker,
    )


def test_who_helps_as_well_goes_on_reading() -> None:
    family = Talking()
    conference = family.talking()
    casework_support.bring_in(
        question=family.question,
        organisation=family.here["jeugd-punt"],
        ground=Ground(),
        by=family.worker,
        now=family.now,
    )
    conference_planning.cancel(conference=conference, why="Ziek.", by=family.worker, now=family.now)
    assert family.reads()


def test_who_took_it_over_goes_on_reading() -> None:
    family = Talking()
    conference = family.talking()
    offered = handover_services.propose(
        question=family.question,
        to=family.here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Vragen over school.",
        by=family.worker,
        yes_how=PHONE,
        now=family.now,
    )
    handover_services.accept(handover=offered, by=family.youth, now=family.now)
    conference_planning.cancel(conference=conference, why="Ziek.", by=family.worker, now=family.now)
    assert family.reads()
    # Nothing else is left to read it for: the basis ends with the handover.
    handover_services.withdraw(handover=offered, by=family.worker, now=family.now)
    assert not family.reads()


def test_after_closing_only_the_lead_knows_of_it() -> None:
    family = Talking()
    family.talking()
    casework_close.close(
        question=family.question,
        result=Question.Result.HELPED,
        words="Klaar.",
        by=family.worker,
        now=family.now,
    )
    left = SharingBasis.objects.filter(question=family.question, ended_at=None)
    assert [b.organisation for b in left] == [family.here["stimenz"]]


def test_asking_for_a_day_ends_when_it_is_called_off() -> None:
    family = Talking()
    conference = conference_planning.propose(question=family.question, why="Samen.", now=family.now)
    assert family.requested() == ["open"]
    conference_planning.cancel(
        conference=conference, why="Toch niet.", by=family.worker, now=family.now
    )
    assert family.requested() == ["cancelled"]


def test_an_mdo_about_questions_that_are_all_over_is_called_off_by_the_sweep() -> None:
    family = Talking()
    conference = family.talking_of_both()
    casework_withdraw.withdraw(question=family.question, now=family.now)
    reminder_sweep.sweep(now=family.now)
    assert Conference.objects.get().status == "planned"
    casework_withdraw.withdraw(question=family.sons, now=family.now)
    reminder_sweep.sweep(now=family.now)
    reminder_sweep.sweep(now=family.now)
    assert Conference.objects.get().status == "cancelled"
    off = [m for m in invitations(conference) if "STATUS:CANCELLED" in m.calendar]
    # Both workers and both residents, once.
    assert len(off) == len({m.recipient_key for m in off}) == 4


def test_who_is_done_need_not_come_and_the_talk_goes_on_about_the_others() -> None:
    family = Talking()
    conference = family.talking_of_both()
    casework_withdraw.withdraw(question=family.question, now=family.now)
    for _again in range(2):
        reminder_sweep.sweep(now=family.now)
    (off,) = [m for m in invitations(conference) if "STATUS:CANCELLED" in m.calendar]
    assert off.recipient_key == f"resident:{family.question.asker_id}"
    item = family.item()
    assert (item.resident_invited, item.not_invited_why) == (False, "")
    assert item.why_not_invited == "De vraag is afgerond of ingetrokken."
    with override("en"):
        assert item.why_not_invited == "The question has been closed or withdrawn."
    notified = "Het gesprek gaat niet meer over uw vraag. U hoeft niet te komen."
    assert [entry.text for entry in family.question.timeline.all()].count(notified) == 1
    # Another time is for who still comes.
    conference_planning.plan(
        conference=conference,
        starts_at=STARTS + timedelta(days=1),
        ends_at=STARTS + timedelta(days=1, hours=1),
        place="Thuis",
        by=family.youth,
        now=family.now,
    )
    moved = {m.recipient_key for m in invitations(conference) if "20261202T" in m.calendar}
    assert f"resident:{family.question.asker_id}" not in moved
    assert f"resident:{family.sons.asker_id}" in moved


def test_what_leaves_one_calendar_of_a_family_stays_in_it_for_the_other_question() -> None:
    """They may share a calendar: an appointment of its own for each question."""
    family = Talking()
    conference = family.talking_of_both()
    casework_withdraw.withdraw(question=family.question, now=family.now)
    reminder_sweep.sweep(now=family.now)
    uids: dict[str, set[str]] = {"REQUEST": set(), "CANCEL": set()}
    for message in invitations(conference):
        if message.recipient_key == f"resident:{family.sons.asker_id}":
            uids["REQUEST"] |= set(re.findall("UID:(.+)", message.calendar))
        if "STATUS:CANCELLED" in message.calendar:
            uids["CANCEL"] |= set(re.findall("UID:(.+)", message.calendar))
    assert uids["REQUEST"]
    assert uids["CANCEL"]
    assert not uids["REQUEST"] & uids["CANCEL"]
