"""Who hears of each step of a warm handover, and what stands on the timeline."""

from datetime import timedelta

import pytest

from intake.questions.models import Question, SharingBasis
from intake.submission.submission import ContactChoices
from referrals.casework import pick_up
from referrals.casework import support as casework_support
from referrals.casework_base.grounds import Ground
from referrals.handovers import (
    clarifications,
)
from referrals.handovers import completion as handover_completion
from referrals.handovers import (
    endings as handover_endings,
)
from referrals.handovers import (
    meetings as handover_meetings,
)
from referrals.handovers import (
    services as handover_services,
)
from referrals.handovers.models import Handover
from tests.referrals.follow_ups.due import the
from tests.referrals.handovers.test_limits import Case
from tests.referrals.handovers.test_services import Case as WithWishes
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY
PHONE, ONLINE = SharingBasis.How.PHONE, SharingBasis.How.ONLINE


def notified(template: str) -> set[str]:
    """Who was told by this template."""
    return set(Message.objects.filter(template=template).values_list("recipient_key", flat=True))


def key(user: User) -> str:
    return f"user:{user.pk}"


def proposed(case: Case) -> Handover:
    return handover_services.propose(
        question=case.question,
        to=case.here["jeugd-punt"],
        why="Zij kennen de school goed.",
        summary="Een jongere met vragen over school en geld.",
        by=case.sender,
        now=NOW,
    )


def a_helper(case: Case) -> User:
    """Somebody of a third organisation that helps as well."""
    casework_support.bring_in(
        question=case.question,
        organisation=case.here["actief"],
        ground=Ground(SharingBasis.Kind.CONSENT, PHONE),
        by=case.sender,
        now=NOW,
    )
    return make.intake_worker(case.here, "actief")


def test_a_proposal_keeps_its_words() -> None:
    found = Handover.objects.get(pk=proposed(Case()).pk)
    assert (found.why, found.summary, found.sender_stays) == (
        "Zij kennen de school goed.",
        "Een jongere met vragen over school en geld.",
        False,
    )
    assert (found.proposed_at, found.resident_yes_at, found.step) == (NOW, None, 1)


@pytest.mark.parametrize("who", ["resident", "helper", "sender"])
@pytest.mark.parametrize("ending", ["no", "stop"])
def test_the_sender_hears_that_the_resident_ended_it_unless_they_recorded_it(
    who: str, ending: str
) -> None:
    case = Case()
    recorded_by = {"resident": None, "helper": a_helper(case), "sender": case.sender}[who]
    if ending == "no":
        handover_services.resident_says(
            handover=proposed(case), yes=False, how=PHONE, recorded_by=recorded_by, now=NOW
        )
    else:
        handover_services.resident_stops(handover=proposed(case), recorded_by=recorded_by, now=NOW)
    expected = set() if who == "sender" else {key(case.sender)}
    assert notified("handover_stopped") == expected


def test_the_receiver_hears_that_it_was_stopped_once_they_knew_of_it() -> None:
    case = Case()
    handover_services.resident_stops(handover=case.offered(), now=NOW)
    mailbox = f"organisation:{case.here['jeugd-punt'].pk}"
    assert notified("handover_stopped") == {mailbox, key(case.sender)}
    Message.objects.all().delete()
    handover_services.resident_stops(handover=case.accepted(), now=NOW + timedelta(hours=1))
    assert notified("handover_stopped") == {key(case.receiver), key(case.sender)}


def test_what_waits_for_the_senders_side_is_the_leading_teams_and_the_receivers_is_not() -> None:
    here = make.world()
    triagist = make.triagist(here)
    question = make.question(here, "geld", shares=False)
    pick_up.pick_up(question=question, by=triagist, now=NOW)
    found = handover_services.propose(
        question=Question.objects.get(pk=question.pk),
        to=here["jeugd-punt"],
        why="Zij kennen de school goed.",
        summary="Een jongere met vragen over school en geld.",
        by=triagist,
        now=NOW,
    )
    assert the(question, "handover").team == here.triage
    handover_services.resident_says(
        handover=found, yes=True, how=PHONE, recorded_by=triagist, now=NOW
    )
    assert the(question, "handover").team is None


def test_the_timeline_keeps_the_answer_that_the_resident_agreed_to() -> None:
    case = Case()
    offered = case.offered()
    clarifications.ask(handover=offered, text="Is er al hulp?", by=case.receiver, now=NOW)
    talk = clarifications.answer(handover=offered, text="Nee, nog niet.", by=case.sender, now=NOW)
    clarifications.resident_says(talk=talk, yes=True, how=ONLINE, now=NOW)
    entry = case.question.timeline.latest("id")
    assert (entry.note, entry.actor_kind, entry.actor) == ("Nee, nog niet.", "resident", None)
    talk.refresh_from_db()
    assert (talk.resident_yes_at, talk.resident_yes_how, talk.resident_yes_recorded_by) == (
        NOW,
        "online",
        None,
    )


def test_the_first_invitation_of_a_meeting_begins_at_sequence_zero() -> None:
    case = Case()
    at = NOW + timedelta(days=8)
    planned = handover_completion.plan_meeting(
        handover=case.accepted(), at=at, where="De Aker", by=case.receiver, now=NOW
    )
    first = Message.objects.exclude(calendar="")
    assert first.exists()
    assert all("SEQUENCE:0" in message.calendar for message in first)
    handover_completion.plan_meeting(
        handover=planned, at=at + timedelta(days=1), where="De Aker", by=case.receiver, now=NOW
    )
    moved = Message.objects.filter(due_version=2).exclude(calendar="")
    assert moved.exists()
    assert all("SEQUENCE:1" in message.calendar for message in moved)


def test_three_failed_tries_give_the_sender_five_working_days() -> None:
    case = Case()
    handover_endings.lapse(handover=case.accepted(), now=NOW)
    due = the(case.question, "agreed")
    assert (due.worker, due.organisation) == (case.sender, case.here["stimenz"])
    assert (due.due_on.isoformat(), due.team) == ("2026-12-01", None)


@pytest.mark.parametrize(("by_resident", "status"), [(True, "revoked"), (False, "withdrawn")])
def test_what_ends_around_it_ends_it_by_who_did_it(by_resident: bool, status: str) -> None:
    case = Case()
    assert handover_endings.stop(question=case.question, by_resident=by_resident, now=NOW) is None
    case.offered()
    ended = handover_endings.stop(question=case.question, by_resident=by_resident, now=NOW)
    assert ended is not None
    assert (ended.status, ended.ended_at) == (status, NOW)
    entry = case.question.timeline.latest("id")
    assert (entry.text, entry.actor_kind) == (
        "De overdracht aan Jeugd-Punt gaat niet door.",
        "system",
    )


def test_a_no_of_the_receiver_stands_on_the_timeline_with_its_reason_for_staff() -> None:
    case = Case()
    handover_services.decline(handover=case.offered(), reason=" vol ", by=case.receiver, now=NOW)
    entry = case.question.timeline.latest("id")
    assert (entry.text, entry.note) == (
        "Jeugd-Punt kan uw vraag niet overnemen. Stimenz helpt u verder.",
        "vol",
    )
    assert (entry.actor, entry.organisation) == (case.receiver, case.here["jeugd-punt"])


@pytest.mark.parametrize("how", ["phone", "online"])
def test_it_is_kept_when_and_how_they_met(how: str) -> None:
    case = Case()
    handover_completion.met(handover=case.accepted(), how=how, now=NOW + timedelta(hours=1))
    found = Handover.objects.get()
    assert (found.met_at, found.met_how) == (NOW + timedelta(hours=1), how)


class Meeting:
    """An accepted handover of somebody with a mail address, and the moment they would meet."""

    def __init__(self) -> None:
        reach = ContactChoices(email="a@voordeur.example", ways=("email",), may_say_who=True)
        self.case = WithWishes(reach=reach)
        self.accepted = self.case.accepted()
        self.at = NOW + timedelta(days=8)

    def planned(self) -> Handover:
        return handover_completion.plan_meeting(
            handover=self.accepted, at=self.at, where="De Aker", by=self.case.receiver, now=NOW
        )

    def sent_to_resident(self, template: str) -> int:
        return Message.objects.filter(recipient_kind="resident", template=template).count()


@pytest.mark.parametrize("planned", [False, True])
def test_the_resident_hears_of_the_end_once_by_news_or_by_their_appointment(
    planned: bool,
) -> None:
    meeting = Meeting()
    accepted = meeting.planned() if planned else meeting.accepted
    Message.objects.all().delete()
    handover_services.decline(handover=accepted, reason="vol", by=meeting.case.receiver, now=NOW)
    assert meeting.sent_to_resident("news") == (0 if planned else 1)
    assert meeting.sent_to_resident("appointment") == (1 if planned else 0)


@pytest.mark.parametrize(("before", "off"), [(timedelta(seconds=1), True), (timedelta(0), False)])
def test_an_appointment_is_called_off_until_the_moment_itself(before: timedelta, off: bool) -> None:
    meeting = Meeting()
    found = meeting.planned()
    now = meeting.at - before
    done = handover_meetings.cancel(handover=found, question=found.question, now=now)
    assert done == off
    assert found.meeting_version == (2 if off else 1)


@pytest.mark.parametrize(("before", "moves"), [(timedelta(seconds=1), True), (timedelta(0), False)])
def test_an_appointment_reassign_meeting_until_the_moment_itself(
    before: timedelta, moves: bool
) -> None:
    meeting = Meeting()
    meeting.planned()
    colleague = make.intake_worker(meeting.case.here, "stimenz")
    question = meeting.case.fresh()
    question.assigned_to = colleague
    question.save()
    handover_meetings.reassign_meeting(question=question, now=meeting.at - before)
    sent = Message.objects.filter(subject_kind=handover_meetings.KIND, due_version=2).values_list(
        "recipient_key", "template"
    )
    expected = {
        (key(colleague), "appointment_planned"),
        (key(meeting.case.sender), "appointment_off"),
    }
    assert set(sent) == (expected if moves else set())


def test_an_appointment_about_another_question_does_not_count() -> None:
    meeting = Meeting()
    meeting.planned()
    other = make.question(meeting.case.here, "geld")
    pick_up.pick_up(question=other, by=meeting.case.sender, now=NOW)
    another = handover_services.accept(
        handover=handover_services.propose(
            question=other,
            to=meeting.case.here["jeugd-punt"],
            why="Zij kennen de school goed.",
            summary="Een jongere met vragen over school en geld.",
            by=meeting.case.sender,
            now=NOW,
            yes_how=PHONE,
        ),
        by=meeting.case.receiver,
        now=NOW,
    )
    Handover.objects.filter(pk=another.pk).update(meeting_at=meeting.at)
    another.refresh_from_db()
    handover_meetings.cancel(handover=another, question=another.question, now=NOW)
    # Nobody had been invited to that one, so no colleague is told that it is off.
    cancellations = Message.objects.filter(subject_id=another.pk, template="appointment_off")
    assert not cancellations.exists()
