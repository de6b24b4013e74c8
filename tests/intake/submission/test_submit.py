"""Submitting a question: one transaction, one lead, once per form."""

import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from intake.questions.models import Decision, Question, SharingBasis
from intake.submission.routing_preview import preview
from intake.submission.submission import ContactChoices
from intake.submission.submit import OtherOrganisationError, submit
from organisations.partnerships.models import Partnership
from organisations.routing.models import RuleSet
from referrals.casework_base.models import Referral
from referrals.follow_ups.models import FollowUp
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db


def test_a_yes_gives_the_lead_to_the_organisation_that_was_named() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld")
    question = Question.objects.get(pk=receipt.question.pk)
    assert question.lead == here["stimenz"]
    assert question.lead_team is None
    basis = question.sharing_bases.get()
    assert (basis.kind, basis.organisation) == (SharingBasis.Kind.CONSENT, here["stimenz"])
    decision = question.decisions.get()
    assert (decision.rule_key, decision.reason) == ("geld", "het over geld gaat")
    assert decision.facts["life_domains"] == ["geld"]


def test_a_no_is_helped_by_triage_on_its_own_basis() -> None:
    here = make.world()
    question = make.question(here, "geld", shares=False)
    assert (question.lead, question.lead_team) == (here["welzijn"], here.triage)
    basis = question.sharing_bases.get()
    assert (basis.kind, basis.team) == (SharingBasis.Kind.FIRST_HANDLING, here.triage)
    assert question.decisions.get().organisation == here["stimenz"]


def test_nothing_matches_goes_to_triage() -> None:
    here = make.world()
    question = make.question(here, shares=True)
    assert question.lead_team == here.triage
    assert question.decisions.get().rule_key == ""


def test_danger_goes_to_triage_and_whoever_is_on_duty_is_told_at_once() -> None:
    here = make.world()
    on_duty = make.triagist(here)
    question = make.question(here, "geld", danger=True, shares=None)
    assert question.lead_team == here.triage
    urgent = Message.objects.filter(about_id=question.id, urgent=True)
    assert f"user:{on_duty.id}" in set(urgent.values_list("recipient_key", flat=True))


def test_sending_twice_makes_one_question_and_shows_the_same_code() -> None:
    here = make.world()
    submission = make.submission(here, "geld")
    first = submit(partnership=here.partnership, submission=submission, now=make.TUESDAY)
    second = submit(partnership=here.partnership, submission=submission, now=make.TUESDAY)
    assert Question.objects.count() == 1
    assert (first.reference, first.code) == (second.reference, second.code)
    assert second.repeated


def test_a_yes_for_another_organisation_writes_nothing() -> None:
    here = make.world()
    submission = replace(make.submission(here, "geld"), shares_with="jeugd-punt")
    with pytest.raises(OtherOrganisationError):
        submit(partnership=here.partnership, submission=submission, now=make.TUESDAY)
    assert Question.objects.count() == 0


def test_a_submitted_question_has_a_referral_and_a_follow_up() -> None:
    here = make.world()
    question = make.question(here, "opgroeien")
    referral = Referral.objects.get(question=question)
    assert (referral.organisation, referral.part) == (here["jeugd-punt"], "lead")
    due = FollowUp.objects.get(question=question)
    assert (due.kind, due.due_on, due.organisation) == (
        "pick_up",
        question.due_on,
        here["jeugd-punt"],
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.create(
            question=question, organisation=here["stimenz"], part="lead", since=make.TUESDAY
        )


def test_a_question_without_a_lead_is_refused_by_the_database() -> None:
    here = make.world()
    question = make.question(here, "geld")
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(lead=None)


def test_a_lead_from_outside_the_partnership_is_refused_by_the_database() -> None:
    here = make.world()
    question = make.question(here, "geld")
    stranger = make.organisation()
    with transaction.atomic():
        Question.objects.filter(pk=question.pk).update(lead=stranger)
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_a_shared_address_makes_two_people() -> None:
    here = make.world()
    reach = ContactChoices(email="thuis@voordeur.example", ways=("email",))
    one = make.question(here, "geld", reach=reach)
    other = make.question(here, "opgroeien", reach=reach)
    assert one.asker_id != other.asker_id
    assert Message.objects.filter(recipient_kind="resident").count() == 2


def test_a_decision_can_be_neither_changed_nor_removed() -> None:
    here = make.world()
    make.question(here, "geld")
    for act in (
        lambda: Decision.objects.update(reason="anders"),
        lambda: Decision.objects.all().delete(),
    ):
        with pytest.raises(Exception, match="evidence: "), transaction.atomic():
            act()
    assert Decision.objects.get().reason == "het over geld gaat"


def test_the_last_post_takes_few_queries() -> None:
    here = make.world()
    submit(partnership=here.partnership, submission=make.submission(here, "geld"), now=make.TUESDAY)
    submission = replace(make.submission(here, "geld"), submission_key=uuid.uuid4())
    with CaptureQueriesContext(connection) as queries:
        submit(partnership=here.partnership, submission=submission, now=make.TUESDAY)
    # savepoint, one statement for every row, release: the transaction itself in production
    assert len(queries) == 3, [q["sql"][:80] for q in queries]


def test_words_that_may_mean_danger_are_judged_by_a_human_and_decide_nothing() -> None:
    here = make.world()
    on_duty = make.triagist(here)
    question = make.question(here, "geld", maybe_danger=True, soon=True)
    assert question.lead == here["stimenz"]
    assert FollowUp.objects.filter(question=question, kind="duty").count() == 1
    urgent = set(
        Message.objects.filter(about_id=question.id, urgent=True).values_list(
            "recipient_key", flat=True
        )
    )
    assert {f"user:{on_duty.id}", f"organisation:{here['stimenz'].id}"} <= urgent


def test_the_decision_keeps_the_rule_set_that_made_it_when_rules_change_before_sending() -> None:
    here = make.world()
    submission = make.submission(here, "geld")
    chosen = preview(partnership=here.partnership, submission=submission, now=make.TUESDAY)
    made_it = chosen.front.rule_set_id
    assert made_it is not None
    RuleSet.objects.filter(pk=made_it).update(status=RuleSet.Status.ARCHIVED)
    changed = RuleSet.objects.create(partnership=here.partnership, version=2)
    make.rule(
        changed,
        "geld",
        {"is": "life_domains_any", "values": ["geld"]},
        here["stimenz"],
        "het over post gaat",
    )
    RuleSet.objects.filter(pk=changed.pk).update(
        status=RuleSet.Status.PUBLISHED, published_at=make.TUESDAY
    )
    make.fresh_front_doors()
    at = Partnership.objects.get(pk=here.partnership.pk)
    receipt = submit(partnership=at, submission=submission, now=make.TUESDAY, chosen=chosen)
    decision = receipt.question.decisions.get()
    assert (decision.rule_set_id, decision.reason) == (made_it, "het over geld gaat")
    after = submit(
        partnership=at, submission=make.submission(here, "geld"), now=make.TUESDAY
    ).question.decisions.get()
    assert (after.rule_set_id, after.reason) == (changed.pk, "het over post gaat")
