"""Rounds of retention: in batches, past a question that can't be deleted, within a time limit."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, connection

from intake.questions.models import Question
from referrals.retention import erase
from referrals.retention.models import DeletionProof
from referrals.retention.run import retain
from referrals.retention.tasks import retain_what_is_due
from tests.referrals.retention.expired import LATER, logged, old, round_at
from tests.referrals.retention.full_case import with_terms
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_a_round_goes_on_batch_after_batch_and_a_second_finds_nothing(here: make.World) -> None:
    for _n in range(5):
        old(here)
    assert round_at(size=2) == 5
    assert round_at() == 0
    assert sorted(DeletionProof.objects.values_list("questions", flat=True)) == [1, 2, 2]


def test_a_question_that_can_not_be_deleted_blocks_no_other_and_is_logged_without_a_name(
    here: make.World, caplog: pytest.LogCaptureFixture
) -> None:
    stuck, *_others = (old(here) for _n in range(3))
    connection.check_constraints()
    really = erase._erase

    def refuses(going: list[Question]) -> Any:
        if stuck in going:
            raise IntegrityError(f"row of {stuck.reference}")
        return really(going)

    with mock.patch.object(erase, "_erase", refuses):
        tally = retain(now=LATER)
    assert (tally.questions, tally.failed) == (2, 1)
    assert Question.objects.get() == stuck
    assert "IntegrityError" in caplog.text
    assert stuck.reference not in caplog.text


def test_a_round_out_of_time_says_that_there_is_more(here: make.World) -> None:
    old(here)
    connection.check_constraints()
    tally = retain(now=LATER, seconds=0)
    assert (tally.questions, tally.more) == (0, True)


def test_the_nightly_task_queues_another_round_only_if_needed(
    here: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    requested: list[Any] = []
    monkeypatch.setattr(retain_what_is_due, "apply_async", lambda **o: requested.append(o))
    retain_what_is_due()
    assert requested == []
    monkeypatch.setattr("referrals.retention.tasks.ROUND_SECONDS", 0.0)
    retain_what_is_due()
    assert len(requested) == 1


def test_a_partnership_without_terms_holds_up_no_other(here: make.World) -> None:
    first = make.world("aalten")
    kept = old(first)
    old(here)
    connection.check_constraints()
    tally = retain(now=LATER)
    assert (tally.questions, tally.without_terms) == (1, ["aalten"])
    assert Question.objects.get() == kept
    assert not tally.more


def test_only_the_partnerships_asked_for_lose_anything(here: make.World) -> None:
    there = with_terms(make.world("oss"))
    kept = old(there)
    old(here)
    connection.check_constraints()
    assert retain(now=LATER, partnerships=[here.partnership]).questions == 1
    assert Question.objects.get() == kept


def test_the_log_goes_batch_after_batch(here: make.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("referrals.retention.run.LOG_BATCH", 2)
    for _n in range(5):
        logged(here, LATER - timedelta(days=366 * 6))
    assert retain(now=LATER).log == 5
    proofs = DeletionProof.objects.filter(kind="log")
    assert sorted(proof.rows["audit.AccessEvent"] for proof in proofs) == [1, 2, 2]


def test_out_of_time_the_log_waits_as_well(here: make.World) -> None:
    logged(here, LATER - timedelta(days=366 * 6))
    tally = retain(now=LATER, seconds=0)
    assert (tally.log, tally.more) == (0, True)
    tally = retain(now=LATER, seconds=60)
    assert (tally.log, tally.more) == (1, False)


def test_every_question_that_can_not_be_deleted_counts_once(here: make.World) -> None:
    for _n in range(3):
        old(here)
    connection.check_constraints()
    with mock.patch.object(erase, "_erase", side_effect=IntegrityError("row")):
        tally = retain(now=LATER, size=2)
    assert (tally.questions, tally.failed, tally.more) == (0, 3, False)
    assert not DeletionProof.objects.exists()
