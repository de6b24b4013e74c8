"""Who has a question, as the recipient of a message."""

import pytest

from intake.questions import responsible
from intake.questions.models import Question
from referrals.casework import pick_up
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_the_worker_has_it_while_their_account_works_and_else_the_mailbox_of_the_lead() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    mailbox = responsible.responsible(question)
    assert (mailbox.key, mailbox.preferences.email) == (
        f"organisation:{here['stimenz'].pk}",
        here["stimenz"].email,
    )
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    picked_up = Question.objects.get(pk=question.pk)
    assert responsible.responsible(picked_up).key == f"user:{worker.pk}"
    assert responsible.responsible(picked_up).preferences.email == worker.email
    worker.is_active = False
    worker.save()
    assert responsible.responsible(Question.objects.get(pk=question.pk)) == mailbox


def test_triage_reads_the_mailbox_of_the_desk_and_another_team_that_of_its_organisation() -> None:
    here = make.world()
    question = make.question(here, "geld", shares=False)
    found = responsible.responsible(question)
    assert (found.key, found.preferences.email) == (
        f"team:{here.triage.pk}",
        here.partnership.desk_email,
    )
    here.partnership.desk_email = ""
    without = responsible.team_mailbox(here.triage, here.partnership)
    assert without.preferences.email == here["welzijn"].email
    here.partnership.desk_email = "balie@putten.example"
    here.partnership.triage_team = None
    other = responsible.team_mailbox(here.triage, here.partnership)
    assert other.preferences.email == here["welzijn"].email
