"""Which bases hold after a handover: the sender's team, and a receiver who helped on a duty."""

from datetime import date

import pytest

from intake.consent import bases as sharing_bases
from intake.questions.models import Question, SharingBasis
from referrals.casework import pick_up
from referrals.casework import support as casework_support
from referrals.handovers import completion as handover_completion
from referrals.handovers import services as handover_services
from referrals.resident_portal import consent_withdrawal
from tests.referrals.handovers.case import PHONE, Case
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_a_team_that_led_keeps_helping_where_the_resident_wants_it() -> None:
    here = make.world()
    member, receiver = make.triagist(here), make.intake_worker(here, "jeugd-punt")
    question = make.question(here, "geld", shares=False)
    pick_up.pick_up(question=question, by=member, now=make.TUESDAY)
    offered = handover_services.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Een jongere met vragen over school.",
        by=member,
        now=make.TUESDAY,
        yes_how=PHONE,
        sender_stays=True,
    )
    handover_services.accept(handover=offered, by=receiver, now=make.TUESDAY)
    handover_completion.met(handover=offered, how="online", now=make.TUESDAY)
    question = Question.objects.get(pk=question.pk)
    assert question.lead == here["jeugd-punt"]
    basis = question.sharing_bases.get(team=here.triage, ended_at=None)
    assert (basis.kind, basis.given_by) == ("consent", question.asker)
    assert question.referrals.get(organisation=here["welzijn"], until=None).part == "support"
    assert Question.objects.visible_to(member, date(2026, 11, 24)).contains(question)
    casework_support.end(
        question=question, organisation=here["welzijn"], by=receiver, now=make.TUESDAY
    )
    assert not Question.objects.visible_to(member, date(2026, 11, 24)).contains(question)


def test_who_helped_on_a_duty_has_the_residents_yes_on_record_as_lead() -> None:
    case = Case()
    duty = sharing_bases.give(
        question=case.question,
        organisation=case.here["jeugd-punt"],
        kind=SharingBasis.Kind.LEGAL_DUTY,
        purpose=SharingBasis.Purpose.HELP,
        how=SharingBasis.How.SYSTEM,
        reason="een wet",
        now=make.TUESDAY,
    )
    handover_completion.met(handover=case.accepted(), how="online", now=make.TUESDAY)
    duty.refresh_from_db()
    assert (duty.ended_why, duty.reason) == ("superseded", "een wet")
    yes = case.question.sharing_bases.get(organisation=case.here["jeugd-punt"], ended_at=None)
    assert yes.kind == SharingBasis.Kind.CONSENT
    found = consent_withdrawal.revoke(question=case.question, basis=yes, now=make.TUESDAY)
    assert found.lead_team == case.here.triage
    assert not case.reads(case.receiver)
