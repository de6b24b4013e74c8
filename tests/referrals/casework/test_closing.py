"""Closing, the verdict, reopening, kinds with a clock, danger, and a colleague's advice."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.roles.models import Membership
from referrals.casework import (
    aftercare,
    contact_moments,
    pick_up,
)
from referrals.casework import (
    close as casework_close,
)
from referrals.casework import (
    reopen as casework_reopen,
)
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.models import ContactMoment
from referrals.consultations import services as consultation_services
from referrals.consultations.models import Consultation
from referrals.follow_ups import legal_clock
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.resident_portal import consent_withdrawal
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
R = Question.Result


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


def closed(question: Question, by: User, **changes: object) -> Question:
    values: dict = {"result": R.HELPED, "words": "Het is opgelost.", "now": make.TUESDAY}
    return casework_close.close(question=question, by=by, **{**values, **changes})


def tries(question: Question, by: User, times: int) -> None:
    for minute in range(times):
        contact_moments.log_contact(
            question=question,
            way=ContactMoment.Way.PHONE,
            outcome=ContactMoment.Outcome.NOT_REACHED,
            by=by,
            now=make.TUESDAY + timedelta(minutes=minute + 1),
        )


def test_the_first_conversation_ends_the_first_contact(question: Question, worker: User) -> None:
    tries(question, worker, 2)
    assert "first_contact" in open_kinds(question)
    assert contact_moments.failed_tries(question) == 2
    contact_moments.log_contact(
        question=question,
        way=ContactMoment.Way.PHONE,
        outcome=ContactMoment.Outcome.SPOKEN,
        by=worker,
        agreed="Wij kijken samen naar de brieven.",
        next_on=date(2026, 11, 28),
        now=make.TUESDAY + timedelta(hours=1),
    )
    assert open_kinds(question) == {"agreed", "quiet"}
    # 28 November is a Saturday.
    assert the(question, "agreed").due_on == date(2026, 11, 30)
    assert Question.objects.get(pk=question.pk).due_on == date(2026, 11, 30)
    assert contact_moments.failed_tries(question) == 0


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
        question=question, verdict=1, words="Niemand belde.", now=make.TUESDAY
    )
    assert (again.status, again.lead, again.assigned_to) == ("picked_up", here["stimenz"], worker)
    assert open_kinds(question) == {"first_contact", "quiet"}
    told = Message.objects.get(template="question_reopened")
    assert told.recipient_key == f"user:{worker.id}"


def test_a_happy_verdict_ends_the_check(question: Question, worker: User) -> None:
    closed(question, worker)
    done = casework_close.give_verdict(question=question, verdict=5, now=make.TUESDAY)
    assert (done.status, open_kinds(question)) == ("closed", set())


def test_three_calls_in_vain_end_the_check_and_the_resident_reads_so(
    question: Question, worker: User
) -> None:
    closed(question, worker)
    for n in range(contact_moments.TRIES):
        assert open_kinds(question) == {"check"}
        aftercare.not_reached(
            question=question, by=worker, now=make.TUESDAY + timedelta(days=42, hours=n)
        )
    assert open_kinds(question) == set()
    last = question.timeline.filter(for_resident=True).order_by("-at").first()
    assert last is not None
    assert "Wij bellen niet opnieuw" in last.text
    with pytest.raises(WrongMomentError):
        aftercare.not_reached(question=question, by=worker, now=make.TUESDAY + timedelta(days=50))


def test_only_who_works_on_it_records_a_try(here: World, question: Question, worker: User) -> None:
    closed(question, worker)
    with pytest.raises(NotAllowedError):
        aftercare.not_reached(
            question=question, by=make.intake_worker(here, "jeugd-punt"), now=make.TUESDAY
        )


def test_a_verdict_needs_a_closed_question(question: Question) -> None:
    with pytest.raises(WrongMomentError):
        casework_close.give_verdict(question=question, verdict=5, now=make.TUESDAY)
    with pytest.raises(ValueError, match="1 to 5"):
        casework_close.give_verdict(question=question, verdict=6, now=make.TUESDAY)


def test_reopening_after_the_worker_left_waits_for_the_organisation(
    here: World, question: Question, worker: User
) -> None:
    closed(question, worker)
    Membership.objects.filter(user=worker).update(until=date(2026, 11, 1))
    again = casework_reopen.resident_reopens(question=question, now=make.TUESDAY)
    assert (again.status, again.assigned_to, again.lead) == ("new", None, here["stimenz"])
    assert open_kinds(question) == {"pick_up"}


def test_reopening_after_the_yes_was_taken_back_is_for_triage(
    here: World, question: Question, worker: User
) -> None:
    closed(question, worker)
    consent_withdrawal.revoke(
        question=question, basis=question.sharing_bases.get(), now=make.TUESDAY
    )
    again = casework_reopen.resident_reopens(question=question, now=make.TUESDAY)
    assert (again.lead_team, again.status) == (here.triage, "new")
    assert open_kinds(question) == {"pick_up"}


def test_a_threatening_date_starts_the_clock_of_three_working_days(
    question: Question, worker: User
) -> None:
    legal_clock.set_kind(
        question=question, kind=Question.Kind.DEBTS_THREAT, by=worker, now=make.TUESDAY
    )
    due = the(question, "clock")
    assert due.due_on == date(2026, 11, 27)
    assert Question.objects.get(pk=question.pk).urgency == "soon"
    legal_clock.set_kind(question=question, kind=Question.Kind.WELFARE, by=worker, now=make.TUESDAY)
    assert "clock" not in open_kinds(question)


def test_a_term_of_the_law_is_not_moved(question: Question, worker: User) -> None:
    legal_clock.set_kind(question=question, kind=Question.Kind.WMO, by=worker, now=make.TUESDAY)
    with pytest.raises(WrongMomentError):
        follow_up_actions.move(
            follow_up=the(question, "clock"), due_on=date(2027, 2, 1), by=worker, now=make.TUESDAY
        )


def test_a_moved_follow_up_has_a_new_version(question: Question, worker: User) -> None:
    planned = follow_up_actions.plan(
        question=question, what="bellen", due_on=date(2026, 11, 26), by=worker, now=make.TUESDAY
    )
    moved = follow_up_actions.move(
        follow_up=planned, due_on=date(2026, 11, 27), by=worker, now=make.TUESDAY
    )
    same = follow_up_actions.move(
        follow_up=planned, due_on=date(2026, 11, 27), by=worker, now=make.TUESDAY
    )
    assert (moved.due_version, same.due_version) == (2, 2)
    follow_up_actions.done(follow_up=planned, by=worker, now=make.TUESDAY)
    assert "agreed" not in open_kinds(question)


def test_nobody_plans_in_the_past(question: Question, worker: User) -> None:
    with pytest.raises(WrongMomentError):
        follow_up_actions.plan(
            question=question, what="x", due_on=date(2026, 11, 23), by=worker, now=make.TUESDAY
        )


def test_danger_waits_until_somebody_has_looked(here: World) -> None:
    on_duty = make.triagist(here)
    question = make.question(here, "geld", danger=True, shares=None)
    assert open_kinds(question) == {"pick_up", "duty"}
    with pytest.raises(NotAllowedError):
        legal_clock.judge(
            question=question, danger=True, by=make.coordinator(here), now=make.TUESDAY
        )
    judged = legal_clock.judge(question=question, danger=False, by=on_duty, now=make.TUESDAY)
    assert (judged.urgency, open_kinds(question)) == ("soon", {"pick_up"})
    with pytest.raises(WrongMomentError):
        legal_clock.judge(question=question, danger=True, by=on_duty, now=make.TUESDAY)


def test_a_colleague_advises_without_knowing_who(
    here: World, question: Question, worker: User
) -> None:
    colleague = make.professional(here, "jeugd-punt")
    with pytest.raises(ValidationError):
        consultation_services.ask(
            question=question,
            to=here["jeugd-punt"],
            text="Ada heeft schulden.",
            by=worker,
            now=make.TUESDAY,
        )
    asked = consultation_services.ask(
        question=question,
        to=here["jeugd-punt"],
        text="Past een maatje bij een moeder met schulden?",
        by=worker,
        now=make.TUESDAY,
    )
    assert not Question.objects.visible_to(colleague, date(2026, 11, 24)).exists()
    told = Message.objects.filter(subject_kind="consultation")
    assert all("reference" not in m.context for m in told)
    consultation_services.answer(
        consultation=asked, text="Ja, bel ons.", by=colleague, now=make.TUESDAY
    )
    with pytest.raises(WrongMomentError):
        consultation_services.answer(
            consultation=asked, text="Nee.", by=colleague, now=make.TUESDAY
        )
    assert Consultation.objects.get().answer == "Ja, bel ons."
    assert "consultation" not in open_kinds(question)
    assert Message.objects.get(template="consultation_answered").recipient_key == (
        f"user:{worker.id}"
    )


def test_nobody_of_another_organisation_answers(
    here: World, question: Question, worker: User
) -> None:
    asked = consultation_services.ask(
        question=question, to=here["jeugd-punt"], text="Past dit?", by=worker, now=make.TUESDAY
    )
    with pytest.raises(NotAllowedError):
        consultation_services.answer(
            consultation=asked, text="Ja.", by=make.professional(here, "actief"), now=make.TUESDAY
        )
