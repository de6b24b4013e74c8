"""The limits of a warm handover: who can take part on which day, what ends, until when."""

from datetime import date, timedelta

import pytest

from intake.consent import bases as sharing_bases
from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from organisations.directory.models import Participation
from referrals.casework import pick_up
from referrals.casework import support as casework_support
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.grounds import Ground
from referrals.follow_ups.models import FollowUp
from referrals.handovers import completion as handover_completion
from referrals.handovers import (
    services as handover_services,
)
from referrals.handovers import (
    state_machine as handover_state_machine,
)
from referrals.handovers.models import Handover
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from welzijn.core.working_days import local_date

pytestmark = pytest.mark.django_db
NOW, DAY = make.TUESDAY, timedelta(days=1)
TODAY = local_date(NOW)
PHONE = SharingBasis.How.PHONE


class Case:
    """A question at Stimenz that could go to Jeugd-Punt."""

    def __init__(self) -> None:
        self.here = make.world()
        self.sender = make.intake_worker(self.here, "stimenz")
        self.receiver = make.intake_worker(self.here, "jeugd-punt")
        self.question = make.question(self.here, "geld")
        pick_up.pick_up(question=self.question, by=self.sender, now=NOW)

    def offered(self, **changes: bool) -> Handover:
        return handover_services.propose(
            question=self.question,
            to=self.here["jeugd-punt"],
            why="Zij kennen de school goed.",
            summary="Een jongere met vragen over school en geld.",
            by=self.sender,
            now=NOW,
            yes_how=PHONE,
            **changes,
        )

    def accepted(self, **changes: bool) -> Handover:
        return handover_services.accept(handover=self.offered(**changes), by=self.receiver, now=NOW)

    def part(self, **changes: object) -> None:
        """Change how Jeugd-Punt takes part."""
        Participation.objects.filter(
            partnership=self.here.partnership, organisation=self.here["jeugd-punt"]
        ).update(**changes)

    def bring_in_receiver(self) -> SharingBasis:
        """Let Jeugd-Punt support already; gives its basis."""
        casework_support.bring_in(
            question=self.question,
            organisation=self.here["jeugd-punt"],
            ground=Ground(SharingBasis.Kind.CONSENT, PHONE),
            by=self.sender,
            now=NOW,
        )
        return self.basis("jeugd-punt")

    def basis(self, organisation: str) -> SharingBasis:
        return SharingBasis.objects.get(
            question=self.question, organisation=self.here[organisation], ended_at=None
        )

    def shares_with(self) -> set[str]:
        return set(
            self.question.sharing_bases.filter(ended_at=None).values_list(
                "organisation__slug", flat=True
            )
        )


@pytest.mark.parametrize(
    ("part", "takes_part"),
    [
        ({"since": TODAY}, True),
        ({"since": TODAY + DAY}, False),
        ({"until": TODAY}, True),
        ({"until": TODAY - DAY}, False),
        ({"picks_up": False}, False),
    ],
)
def test_a_receiver_takes_part_from_its_first_day_through_its_last(
    part: dict[str, object], takes_part: bool
) -> None:
    case = Case()
    case.part(**part)
    if takes_part:
        assert case.offered().status == "offered"
        return
    with pytest.raises(WrongMomentError):
        case.offered()
    assert not Handover.objects.exists()


def test_a_receiver_whose_part_ended_meanwhile_can_not_accept() -> None:
    case = Case()
    offered = case.offered()
    case.part(until=TODAY - DAY)
    with pytest.raises(WrongMomentError):
        handover_services.accept(handover=offered, by=case.receiver, now=NOW)
    offered.refresh_from_db()
    assert offered.status == "offered"
    assert case.shares_with() == {"stimenz"}


def test_a_receiver_whose_part_ended_meanwhile_is_offered_nothing_by_a_yes() -> None:
    case = Case()
    proposed = handover_services.propose(
        question=case.question,
        to=case.here["jeugd-punt"],
        why="Zij kennen de school goed.",
        summary="Een jongere met vragen over school en geld.",
        by=case.sender,
        now=NOW,
    )
    case.part(until=TODAY - DAY)
    with pytest.raises(WrongMomentError):
        handover_services.resident_says(
            handover=proposed, yes=True, how=PHONE, recorded_by=case.sender, now=NOW
        )


def test_one_that_takes_no_part_or_leads_already_can_not_receive() -> None:
    case = Case()
    elsewhere = make.organisation("elders")
    for to in (elsewhere, case.here["stimenz"]):
        with pytest.raises(WrongMomentError):
            handover_state_machine.must_be_able_to_receive(case.question, to, NOW)


@pytest.mark.parametrize("ending", ["decline", "withdraw", "stop"])
@pytest.mark.parametrize("supported_before", [True, False])
def test_a_basis_from_before_outlives_the_handover_and_its_own_does_not(
    ending: str, supported_before: bool
) -> None:
    case = Case()
    before = case.bring_in_receiver() if supported_before else None
    accepted = case.accepted()
    assert (accepted.basis is None) == supported_before
    if ending == "decline":
        handover_services.decline(handover=accepted, reason="vol", by=case.receiver, now=NOW)
    elif ending == "withdraw":
        handover_services.withdraw(handover=accepted, by=case.sender, now=NOW)
    else:
        handover_services.resident_stops(handover=accepted, now=NOW)
    if before is None:
        assert case.shares_with() == {"stimenz"}
        ended = accepted.basis
        ended.refresh_from_db()
        assert (ended.ended_at, ended.ended_why) == (NOW, "handover_ended")
    else:
        assert case.shares_with() == {"stimenz", "jeugd-punt"}
        assert case.basis("jeugd-punt") == before


def test_a_basis_that_ended_before_does_not_count_as_one_from_before() -> None:
    case = Case()
    sharing_bases.end(basis=case.bring_in_receiver(), why="revoked", now=NOW)
    accepted = case.accepted()
    assert accepted.basis == case.basis("jeugd-punt")


def test_after_they_have_met_the_first_contact_is_done_and_not_due_any_more() -> None:
    case = Case()
    first = the(case.question, "first_contact")
    met_at = NOW + DAY
    handover_completion.met(
        handover=case.accepted(), how="phone", recorded_by=case.receiver, now=met_at
    )
    first.refresh_from_db()
    assert (first.status, first.done_at, first.remind_at) == ("done", met_at, None)
    assert "first_contact" not in open_kinds(case.question)
    assert "handover" not in open_kinds(case.question)
    question = Question.objects.get(pk=case.question.pk)
    assert question.first_contact_at == met_at
    done = FollowUp.objects.filter(question=question, kind="handover").latest("created_at")
    assert done.status == "done"


def test_meeting_keeps_the_moment_of_an_earlier_first_contact() -> None:
    case = Case()
    Question.objects.filter(pk=case.question.pk).update(first_contact_at=NOW)
    handover_completion.met(handover=case.accepted(), how="online", now=NOW + DAY)
    assert Question.objects.get(pk=case.question.pk).first_contact_at == NOW


@pytest.mark.parametrize("stays", [True, False])
def test_after_they_have_met_the_sender_reads_on_only_where_the_resident_wants_it(
    stays: bool,
) -> None:
    case = Case()
    sent = case.basis("stimenz")
    handover_completion.met(handover=case.accepted(sender_stays=stays), how="online", now=NOW + DAY)
    sent.refresh_from_db()
    assert (sent.ended_at, sent.ended_why) == ((None, "") if stays else (NOW + DAY, "handed_over"))
    assert case.shares_with() == ({"stimenz", "jeugd-punt"} if stays else {"jeugd-punt"})


def test_accepting_twice_is_one_and_a_colleague_is_too_late() -> None:
    case = Case()
    accepted = case.accepted()
    again = handover_services.accept(handover=accepted, by=case.receiver, now=NOW + DAY)
    assert (again.step, again.answered_at) == (accepted.step, NOW)
    colleague = make.intake_worker(case.here, "jeugd-punt")
    with pytest.raises(WrongMomentError):
        handover_services.accept(handover=accepted, by=colleague, now=NOW)


@pytest.mark.parametrize(
    ("ends", "works_there"), [(None, True), (TODAY, True), (TODAY - DAY, False)]
)
def test_who_accepted_gets_the_question_while_they_work_there(
    ends: date | None, works_there: bool
) -> None:
    case = Case()
    accepted = case.accepted()
    case.receiver.memberships.update(until=ends)
    handover_completion.met(handover=accepted, how="online", now=NOW)
    question = Question.objects.get(pk=case.question.pk)
    assert question.lead == case.here["jeugd-punt"]
    assert question.assigned_to == (case.receiver if works_there else None)


def test_a_worker_without_new_questions_can_not_answer_for_the_receiver() -> None:
    case = Case()
    offered = case.offered()
    others = [
        make.professional(case.here, "jeugd-punt"),
        make.intake_worker(case.here, "actief"),
        make.desk_worker(case.here, "jeugd-punt"),
    ]
    for other in others:
        with pytest.raises(NotAllowedError):
            handover_services.accept(handover=offered, by=other, now=NOW)
        with pytest.raises(NotAllowedError):
            handover_services.decline(handover=offered, reason="vol", by=other, now=NOW)


def test_a_no_needs_a_reason_that_the_sender_reads() -> None:
    case = Case()
    offered = case.offered()
    with pytest.raises(ValueError, match="reason"):
        handover_services.decline(handover=offered, reason=" \n", by=case.receiver, now=NOW)
    declined = handover_services.decline(
        handover=offered, reason=" vol ", by=case.receiver, now=NOW
    )
    assert (declined.status, declined.decline_reason) == ("declined", "vol")
    assert (declined.answered_by, declined.answered_at, declined.ended_at) == (
        case.receiver,
        NOW,
        NOW,
    )
    assert (declined.due_on, declined.due_for) == (None, "")
