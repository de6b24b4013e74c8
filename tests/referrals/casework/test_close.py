"""Closing with a result, and the resident's own verdict."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework import close as casework_close
from referrals.casework import contact_moments, support
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.grounds import Ground
from tests.referrals.casework.ending import closed, tries
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
R = Question.Result
LATER = make.TUESDAY + timedelta(hours=1)


def test_no_contact_needs_three_tries(question: Question, worker: User) -> None:
    tries(question, worker, 2)
    with pytest.raises(WrongMomentError, match="2 keer"):
        closed(question, worker, result=R.NO_CONTACT)
    tries(question, worker, 1)
    assert closed(question, worker, result=R.NO_CONTACT).status == "closed"
    assert open_kinds(question) == set()


def test_closing_cancels_what_is_due_and_plans_the_check(question: Question, worker: User) -> None:
    done = closed(question, worker)
    assert open_kinds(question) == {"check"}
    # Six weeks after 24 November.
    assert the(question, "check").due_on == date(2027, 1, 5)
    assert done.check_code is not None


def test_nobody_is_asked_how_it_went_after_a_death(question: Question, worker: User) -> None:
    closed(question, worker, result=R.DIED)
    assert open_kinds(question) == set()
    assert not Message.objects.filter(recipient_kind="resident", subject_id__isnull=False).filter(
        about_id=question.id, created_at__gt=make.TUESDAY
    )


def test_an_unhappy_resident_is_not_helped(question: Question, worker: User) -> None:
    with pytest.raises(WrongMomentError):
        closed(question, worker, verdict=2)
    assert closed(question, worker, verdict=4).verdict == 4


def test_an_unhappy_verdict_reopens_with_the_same_lead(
    here: World, question: Question, worker: User
) -> None:
    closed(question, worker)
    again = casework_close.give_verdict(
        question=question, verdict=1, words="Het kwam te laat.", now=make.TUESDAY
    )
    assert (again.status, again.lead, again.assigned_to) == ("picked_up", here["stimenz"], worker)
    assert open_kinds(question) == {"first_contact", "quiet"}
    notified = Message.objects.get(template="question_reopened")
    assert notified.recipient_key == f"user:{worker.id}"


def test_a_happy_verdict_ends_the_check(question: Question, worker: User) -> None:
    closed(question, worker)
    done = casework_close.give_verdict(question=question, verdict=5, now=make.TUESDAY)
    assert (done.status, open_kinds(question)) == ("closed", set())


def test_a_verdict_needs_a_closed_question(question: Question) -> None:
    with pytest.raises(WrongMomentError):
        casework_close.give_verdict(question=question, verdict=5, now=make.TUESDAY)
    with pytest.raises(ValueError, match="1 to 5"):
        casework_close.give_verdict(question=question, verdict=6, now=make.TUESDAY)


def test_a_conversation_starts_the_count_of_tries_again(question: Question, worker: User) -> None:
    tries(question, worker, 3)
    contact_moments.write(question=question, text="Bel ons gerust.", by=worker, now=LATER)
    with pytest.raises(WrongMomentError, match="0 keer"):
        closed(question, worker, result=R.NO_CONTACT, now=LATER)


@pytest.mark.parametrize("weeks", [1, 6])
def test_the_check_is_due_after_the_weeks_of_the_partnership(
    here: World, question: Question, worker: User, weeks: int
) -> None:
    here.partnership.check_after_weeks = weeks
    here.partnership.save()
    closed(question, worker)
    check = the(question, "check")
    assert check.due_on == date(2026, 11, 24) + timedelta(weeks=weeks)
    assert (check.worker, check.organisation, check.waits_for) == (
        worker,
        here["stimenz"],
        "resident",
    )


def test_a_check_on_a_holiday_moves_to_the_next_working_day(
    question: Question, worker: User
) -> None:
    # Six weeks after Friday 20 November is New Year's Day, a Friday.
    closed(question, worker, now=make.TUESDAY - timedelta(days=4))
    assert the(question, "check").due_on == date(2027, 1, 4)


@pytest.mark.parametrize("result", sorted(casework_close.HELPFUL))
@pytest.mark.parametrize(("verdict", "ends"), [(1, False), (2, False), (3, True), (None, True)])
def test_a_helpful_result_goes_with_a_verdict_from_three_on(
    question: Question, worker: User, result: R, verdict: int | None, ends: bool
) -> None:
    if ends:
        assert closed(question, worker, result=result, verdict=verdict).verdict == verdict
        return
    with pytest.raises(WrongMomentError):
        closed(question, worker, result=result, verdict=verdict)
    assert Question.objects.get(pk=question.pk).status == Question.Status.PICKED_UP


def test_somebody_unhappy_can_end_otherwise(question: Question, worker: User) -> None:
    assert closed(question, worker, result=R.OTHER_HELP, verdict=1).result == R.OTHER_HELP


def test_only_the_lead_closes_and_only_once(here: World, question: Question, worker: User) -> None:
    for stranger in (make.intake_worker(here, "jeugd-punt"), make.coordinator(here)):
        with pytest.raises(NotAllowedError):
            closed(question, stranger)
    closed(question, worker)
    with pytest.raises(WrongMomentError):
        closed(question, worker)
    assert question.timeline.filter(kind="closed").count() == 1


def test_closing_ends_the_part_of_who_helped_and_their_reading(
    here: World, question: Question, worker: User
) -> None:
    support.bring_in(
        question=question,
        organisation=here["jeugd-punt"],
        ground=Ground(),
        by=worker,
        now=make.TUESDAY,
    )
    closed(question, worker, now=LATER)
    helped = question.referrals.get(organisation=here["jeugd-punt"])
    basis = question.sharing_bases.get(organisation=here["jeugd-punt"])
    assert (helped.until, basis.ended_at, basis.ended_why) == (LATER, LATER, "closed")
    assert question.sharing_bases.filter(organisation=here["stimenz"], ended_at=None).exists()


def test_a_colleague_closes_and_the_worker_hears_of_it(
    here: World, question: Question, worker: User
) -> None:
    colleague = make.intake_worker(here, "stimenz")
    closed_by_colleague = closed(question, colleague)
    assert closed_by_colleague.status == "closed"
    notified = Message.objects.filter(about_id=question.pk, template="question_moved")
    assert [m.recipient_key for m in notified] == [f"user:{worker.pk}"]


@pytest.mark.parametrize("verdict", [0, 6])
def test_a_verdict_is_one_to_five(question: Question, worker: User, verdict: int) -> None:
    closed(question, worker)
    with pytest.raises(ValueError, match="1 to 5"):
        casework_close.give_verdict(question=question, verdict=verdict, now=LATER)


@pytest.mark.parametrize(("verdict", "status"), [(1, "picked_up"), (2, "picked_up"), (3, "closed")])
def test_the_lowest_two_verdicts_open_it_again(
    question: Question, worker: User, verdict: int, status: str
) -> None:
    closed(question, worker)
    done = casework_close.give_verdict(question=question, verdict=verdict, now=LATER)
    assert (done.status, done.verdict) == (status, verdict)
    assert "check" not in open_kinds(question)


@pytest.mark.parametrize(("words", "notices"), [("Dank je wel.", 1), ("", 0)])
def test_happy_words_reach_the_worker_and_a_bare_figure_does_not(
    question: Question, worker: User, words: str, notices: int
) -> None:
    closed(question, worker)
    casework_close.give_verdict(question=question, verdict=5, words=words, now=LATER)
    reacted = Message.objects.filter(about_id=question.pk, template="resident_reacted")
    assert [m.recipient_key for m in reacted] == [f"user:{worker.pk}"] * notices


def test_a_verdict_heard_by_staff_is_that_of_somebody_who_works_on_it(
    here: World, question: Question, worker: User
) -> None:
    closed(question, worker)
    with pytest.raises(NotAllowedError):
        casework_close.give_verdict(
            question=question, verdict=4, recorded_by=make.desk_worker(here), now=LATER
        )
    assert Question.objects.get(pk=question.pk).verdict is None
    assert open_kinds(question) == {"check"}
    casework_close.give_verdict(
        question=question, verdict=4, words="Fijn.", recorded_by=worker, now=LATER
    )
    entry = question.timeline.get(kind="added", at=LATER)
    assert (entry.actor_kind, entry.actor, entry.note) == ("staff", worker, "Fijn.")
    assert not Message.objects.filter(about_id=question.pk, template="resident_reacted").exists()
