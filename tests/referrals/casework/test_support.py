"""A second organisation that helps: its basis, its first step, and the end of both."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from organisations.directory.models import Participation
from referrals.casework import support
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.grounds import Ground
from referrals.casework_base.models import Referral
from referrals.follow_ups.models import FollowUp
from tests.referrals.casework.ending import closed
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
LATER = make.TUESDAY + timedelta(hours=1)
Kind = SharingBasis.Kind


def bring_in(question: Question, here: World, by: User, **changes: object) -> Referral:
    values: dict = {"organisation": here["jeugd-punt"], "ground": Ground(), "now": make.TUESDAY}
    return support.bring_in(question=question, by=by, **{**values, **changes})


def test_who_helps_reads_it_and_has_a_first_step_and_the_lead_stays(
    here: World, question: Question, worker: User
) -> None:
    helper = make.intake_worker(here, "jeugd-punt")
    visible = Question.objects.visible_to(helper, TODAY)
    assert not visible.contains(question)
    before = {m.recipient_key for m in Message.objects.filter(about_id=question.pk)}
    bring_in(question, here, worker)
    assert visible.all().contains(question)
    step = FollowUp.objects.get(question=question, organisation=here["jeugd-punt"])
    assert (step.kind, step.due_on, step.worker) == ("agreed", date(2026, 11, 27), None)
    basis = question.sharing_bases.get(organisation=here["jeugd-punt"])
    assert (basis.kind, basis.given_by, basis.recorded_by) == (
        Kind.CONSENT,
        question.asker,
        worker,
    )
    found = Question.objects.get(pk=question.pk)
    assert (found.lead, found.assigned_to) == (here["stimenz"], worker)
    notified = Message.objects.filter(about_id=question.pk, template="question_new")
    assert {m.recipient_key for m in notified} - before == {
        f"organisation:{here['jeugd-punt'].pk}",
        f"user:{helper.pk}",
    }


def test_bringing_in_twice_is_once(here: World, question: Question, worker: User) -> None:
    first = bring_in(question, here, worker)
    assert bring_in(question, here, worker, now=LATER) == first
    assert FollowUp.objects.filter(organisation=here["jeugd-punt"]).count() == 1
    assert question.timeline.filter(kind="shared").count() == 1


def test_the_lead_itself_and_who_does_not_take_part_are_refused(
    here: World, question: Question, worker: User
) -> None:
    with pytest.raises(WrongMomentError):
        bring_in(question, here, worker, organisation=here["stimenz"])
    with pytest.raises(WrongMomentError):
        bring_in(question, here, worker, organisation=make.organisation("elders"))
    assert question.referrals.filter(part="support").count() == 0


@pytest.mark.parametrize(
    ("since", "until", "takes_part"),
    [
        (TODAY, TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (date(2022, 1, 1), TODAY - timedelta(days=1), False),
    ],
)
def test_the_first_and_last_day_of_taking_part_count(
    here: World,
    question: Question,
    worker: User,
    since: date,
    until: date | None,
    takes_part: bool,
) -> None:
    Participation.objects.filter(organisation=here["jeugd-punt"]).update(since=since, until=until)
    if takes_part:
        assert bring_in(question, here, worker).until is None
        return
    with pytest.raises(WrongMomentError):
        bring_in(question, here, worker)


def test_only_the_lead_brings_in_and_only_to_an_open_question(
    here: World, question: Question, worker: User
) -> None:
    for stranger in (make.intake_worker(here, "actief"), make.coordinator(here)):
        with pytest.raises(NotAllowedError):
            bring_in(question, here, stranger)
    closed(question, worker)
    with pytest.raises(WrongMomentError):
        bring_in(question, here, worker)
    assert not question.sharing_bases.filter(organisation=here["jeugd-punt"]).exists()


@pytest.mark.parametrize("kind", [Kind.DANGER, Kind.LEGAL_DUTY])
def test_without_consent_it_takes_who_may_place_it_and_a_reason(
    here: World, question: Question, worker: User, kind: Kind
) -> None:
    with pytest.raises(NotAllowedError):
        bring_in(question, here, worker, ground=Ground(kind, reason="Acuut gevaar."))
    make.member(here, "coordinator", "stimenz", who=worker)
    with pytest.raises(WrongMomentError):
        bring_in(question, here, worker, ground=Ground(kind, reason="  "))
    bring_in(question, here, worker, ground=Ground(kind, reason="Acuut gevaar."))
    basis = question.sharing_bases.get(organisation=here["jeugd-punt"])
    assert (basis.kind, basis.given_by, basis.reason) == (kind, None, "Acuut gevaar.")


def test_the_end_shuts_the_door_and_takes_what_was_due_there(
    here: World, question: Question, worker: User
) -> None:
    helper = make.intake_worker(here, "jeugd-punt")
    bring_in(question, here, worker)
    with pytest.raises(NotAllowedError):
        support.end(question=question, organisation=here["jeugd-punt"], by=helper, now=LATER)
    support.end(question=question, organisation=here["jeugd-punt"], by=worker, now=LATER)
    assert not Question.objects.visible_to(helper, TODAY).contains(question)
    assert not FollowUp.objects.filter(organisation=here["jeugd-punt"], status="open").exists()
    assert FollowUp.objects.filter(organisation=here["stimenz"], status="open").exists()
    basis = question.sharing_bases.get(organisation=here["jeugd-punt"])
    assert (basis.ended_at, basis.ended_why) == (LATER, "support_ended")
    with pytest.raises(WrongMomentError):
        support.end(question=question, organisation=here["jeugd-punt"], by=worker, now=LATER)


def test_the_lead_is_no_support_that_can_be_ended(
    here: World, question: Question, worker: User
) -> None:
    with pytest.raises(WrongMomentError):
        support.end(question=question, organisation=here["stimenz"], by=worker, now=LATER)
    assert question.sharing_bases.filter(organisation=here["stimenz"], ended_at=None).exists()


def test_who_ended_can_be_brought_in_anew(here: World, question: Question, worker: User) -> None:
    first = bring_in(question, here, worker)
    support.end(question=question, organisation=here["jeugd-punt"], by=worker, now=LATER)
    again = bring_in(question, here, worker, now=LATER)
    assert again.pk != first.pk
    assert question.sharing_bases.filter(organisation=here["jeugd-punt"]).count() == 2


def test_the_answer_of_who_it_is_about_is_recorded_by_who_works_on_it(here: World) -> None:
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld", about=Question.About.OTHER, subject_name="Jan")
    answer: dict = {
        "question": question,
        "answer": Question.SubjectAnswer.YES,
        "answered_by": Question.Representation.SELF,
        "how": SharingBasis.How.PHONE,
        "now": LATER,
    }
    with pytest.raises(NotAllowedError):
        support.record_subject_answer(by=make.intake_worker(here, "actief"), **answer)
    found = support.record_subject_answer(by=worker, **answer)
    assert (found.subject_answer, found.subject_answer_at) == ("yes", LATER)
    assert found.subject_answer_recorded_by == worker


def test_who_asks_for_themselves_has_no_other_to_answer(question: Question, worker: User) -> None:
    with pytest.raises(WrongMomentError):
        support.record_subject_answer(
            question=question,
            answer=Question.SubjectAnswer.YES,
            answered_by=Question.Representation.SELF,
            how=SharingBasis.How.PHONE,
            by=worker,
            now=LATER,
        )


def test_the_question_is_due_with_the_first_of_all_steps(
    here: World, question: Question, worker: User
) -> None:
    here.partnership.contact_within = 1
    here.partnership.save()
    alone = Question.objects.get(pk=question.pk).due_on
    bring_in(question, here, worker)
    assert Question.objects.get(pk=question.pk).due_on == date(2026, 11, 25)
    support.end(question=question, organisation=here["jeugd-punt"], by=worker, now=LATER)
    assert Question.objects.get(pk=question.pk).due_on == alone != date(2026, 11, 25)
