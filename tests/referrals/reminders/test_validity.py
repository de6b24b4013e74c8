"""Just before sending it is asked whether it is still so; each kind by its own rule."""

from datetime import timedelta
from uuid import UUID

import pytest

from intake.questions.models import Question, SharingBasis
from referrals.casework import close as casework_close
from referrals.casework import pick_up
from referrals.consultations import services as consultation_services
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import services as handover_services
from referrals.reminders import validity as reminder_validity
from tests.referrals.follow_ups.due import the
from tests.support import factories as make
from welzijn.core.ids import uuid7
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY


class Case:
    """A question that Stimenz has picked up."""

    def __init__(self) -> None:
        self.here = make.world()
        self.worker = make.intake_worker(self.here, "stimenz")
        self.question = make.question(self.here, "geld")
        pick_up.pick_up(question=self.question, by=self.worker, now=NOW)

    def close(self) -> None:
        casework_close.close(
            question=self.question,
            result=Question.Result.HELPED,
            words="Klaar.",
            by=self.worker,
            now=NOW,
        )


def message(subject: UUID, version: int = 1, **fields: object) -> Message:
    return Message(subject_id=subject, due_version=version, created_at=NOW, **fields)


def test_a_reminder_holds_for_the_open_follow_up_of_its_version() -> None:
    case = Case()
    due = the(case.question, "first_contact")
    now, old, other = message(due.pk), message(due.pk, 2), message(uuid7())
    assert reminder_validity.still_due([now, old, other], NOW) == {now.id}
    follow_up_services.close_open(case.question, done=True, now=NOW)
    assert reminder_validity.still_due([now, old, other], NOW) == set()


def test_silence_holds_until_something_happens_at_or_after_it_was_noticed() -> None:
    case = Case()
    line = message(uuid7(), about_id=case.question.pk)
    for last, quiet in (
        (NOW - timedelta(seconds=1), True),
        (NOW, False),
        (NOW + timedelta(seconds=1), False),
    ):
        Question.objects.filter(pk=case.question.pk).update(last_activity_at=last)
        assert reminder_validity.still_quiet([line], NOW) == ({line.id} if quiet else set())
    Question.objects.filter(pk=case.question.pk).update(last_activity_at=NOW - timedelta(days=1))
    assert reminder_validity.still_quiet([line], NOW) == {line.id}
    case.close()
    Question.objects.filter(pk=case.question.pk).update(last_activity_at=NOW - timedelta(days=1))
    assert reminder_validity.still_quiet([line], NOW) == set()


def test_danger_holds_until_somebody_has_judged_it_whatever_the_version() -> None:
    here = make.world()
    question = make.question(here, "geld", danger=True, shares=None)
    due = the(question, "duty")
    lines = [message(due.pk, version) for version in (1, 2)]
    assert reminder_validity.still_unjudged([*lines, message(uuid7())], NOW) == {
        m.id for m in lines
    }
    FollowUp.objects.filter(pk=due.pk).update(status="done", done_at=NOW)
    assert reminder_validity.still_unjudged(lines, NOW) == set()


def test_an_offer_holds_until_its_handover_moves() -> None:
    case = Case()
    offered = handover_services.propose(
        question=case.question,
        to=case.here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Vragen over school.",
        by=case.worker,
        now=NOW,
        yes_how=SharingBasis.How.PHONE,
    )
    line = message(offered.pk, offered.step)
    before = message(offered.pk, offered.step - 1)
    assert reminder_validity.still_offered([line, before], NOW) == {line.id}
    withdrawn = handover_services.withdraw(handover=offered, by=case.worker, now=NOW)
    ended = message(offered.pk, withdrawn.step)
    assert reminder_validity.still_offered([line, ended], NOW) == set()


def test_a_question_to_a_colleague_holds_until_it_is_answered() -> None:
    case = Case()
    colleague = make.intake_worker(case.here, "actief")
    requested = consultation_services.ask(
        question=case.question,
        to=case.here["actief"],
        text="Wie kent een cursus?",
        by=case.worker,
        now=NOW,
    )
    line = message(requested.pk)
    assert reminder_validity.still_unanswered([line, message(uuid7())], NOW) == {line.id}
    consultation_services.answer(
        consultation=requested, text="Bel het buurthuis.", by=colleague, now=NOW
    )
    assert reminder_validity.still_unanswered([line], NOW) == set()
