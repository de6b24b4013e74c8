"""Who is responsible for a question, as the recipient of a message."""

import pytest

from intake.questions.models import Question
from intake.questions.responsible import lead_mailbox, responsible, team_mailbox
from referrals.casework import pick_up
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_an_assigned_worker_is_responsible() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    found = responsible(Question.objects.get(pk=question.pk))
    assert (found.key, found.preferences.email) == (f"user:{worker.pk}", worker.email)


def test_without_an_active_worker_the_mailbox_of_the_lead_is() -> None:
    here = make.world()
    question = make.question(here, "geld")
    mailbox = responsible(question)
    assert mailbox == lead_mailbox(question)
    assert (mailbox.key, mailbox.preferences.email) == (
        f"organisation:{here['stimenz'].pk}",
        here["stimenz"].email,
    )
    worker = make.intake_worker(here, "stimenz")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    worker.is_active = False
    worker.save()
    assert responsible(Question.objects.get(pk=question.pk)) == mailbox


def test_the_mailbox_of_triage_is_that_of_the_desk() -> None:
    here = make.world()
    here.partnership.desk_email = "balie@voordeur.example"
    here.partnership.save()
    question = Question.objects.get(pk=make.question(here, "geld", shares=False).pk)
    assert question.lead_team == here.triage
    assert responsible(question) == lead_mailbox(question)
    found = lead_mailbox(question)
    assert (found.key, found.preferences.email) == (
        f"team:{here.triage.pk}",
        "balie@voordeur.example",
    )


def test_a_team_without_a_mailbox_of_its_own_reads_that_of_its_organisation() -> None:
    here = make.world()
    here.partnership.desk_email = ""
    triage = team_mailbox(here.triage, here.partnership)
    assert triage.preferences.email == here["welzijn"].email
    here.partnership.desk_email = "balie@putten.example"
    here.partnership.triage_team = None
    other = team_mailbox(here.triage, here.partnership)
    assert other.preferences.email == here["welzijn"].email
