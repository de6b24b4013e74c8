"""Who is responsible for a question, as the recipient of a message."""

import pytest

from intake.questions.models import Question
from intake.questions.responsible import lead_mailbox, responsible
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_an_assigned_worker_is_responsible() -> None:
    here = make.world()
    question = make.question(here, "geld")
    question.assigned_to = make.intake_worker(here, "stimenz")
    assert responsible(question).preferences.email == question.assigned_to.email


def test_without_an_active_worker_the_mailbox_of_the_lead_is() -> None:
    here = make.world()
    question = make.question(here, "geld")
    assert responsible(question) == lead_mailbox(question)
    question.assigned_to = make.intake_worker(here, "stimenz")
    question.assigned_to.is_active = False
    assert responsible(question) == lead_mailbox(question)


def test_the_mailbox_of_triage_is_that_of_the_desk() -> None:
    here = make.world()
    here.partnership.desk_email = "balie@voordeur.example"
    here.partnership.save()
    question = Question.objects.get(pk=make.question(here, "geld", shares=False).pk)
    assert question.lead_team == here.triage
    assert lead_mailbox(question).preferences.email == "balie@voordeur.example"
