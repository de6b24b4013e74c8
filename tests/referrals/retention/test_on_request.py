"""Erasing a question at its resident's request, before its term is over."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from referrals.follow_ups.models import FollowUp
from referrals.retention.models import DeletionProof
from tests.referrals.retention import full_case, personal_traces
from tests.support import factories as make

NOW = make.TUESDAY


def run(at: Partnership, reference: str, *options: str) -> str:
    out = StringIO()
    given = ["--partnership", at.slug, "--reference", reference, *options]
    call_command("erase_on_request", *given, stdout=out)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_erasing_on_request_leaves_no_trace_but_the_proof() -> None:
    here = full_case.with_terms(make.world())
    question = full_case.everything(here)
    personal_traces.plant(question)
    full_case.ended(question, NOW)
    needles = [personal_traces.WORD, *personal_traces.ids_of(question).values()]
    shown = run(here.partnership, question.reference, "--decided")
    assert personal_traces.traces(needles) == []
    proof = DeletionProof.objects.get()
    assert (proof.rule, proof.kind, proof.questions) == ("verzoek", "welfare", 1)
    assert question.reference not in shown


@pytest.mark.django_db
def test_only_once_the_fg_has_decided_and_only_one_that_is_over() -> None:
    here = full_case.with_terms(make.world())
    question = make.question(here, "geld")
    with pytest.raises(CommandError, match="nog open"):
        run(here.partnership, question.reference, "--decided")
    full_case.ended(question, NOW)
    with pytest.raises(CommandError, match="FG"):
        run(here.partnership, question.reference)
    with pytest.raises(CommandError, match="niet bekend"):
        run(here.partnership, "BK7M-4PQ9", "--decided")
    follow_up = FollowUp.objects.filter(question=question).first()
    assert follow_up is not None
    FollowUp.objects.filter(pk=follow_up.pk).update(
        status="open", kind="review", due_on=NOW.date() + timedelta(days=9), done_at=None
    )
    with pytest.raises(CommandError, match="beoordeeld"):
        run(here.partnership, question.reference, "--decided")
    assert Question.objects.filter(pk=question.pk).exists()
    assert not DeletionProof.objects.exists()


@pytest.mark.django_db
def test_a_reference_of_another_partnership_is_unknown() -> None:
    here, there = full_case.with_terms(make.world()), make.world("elders")
    question = full_case.ended(make.question(there, "geld"), NOW)
    with pytest.raises(CommandError, match="niet bekend"):
        run(here.partnership, question.reference, "--decided")
    assert Question.objects.filter(pk=question.pk).exists()
