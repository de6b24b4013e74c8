"""Retention at the same time as work on a question or another round, and when killed."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from intake.households.models import Household, HouseholdLink
from intake.people.models import Person
from intake.questions.models import Question, SharingBasis
from referrals.casework import reopen as casework_reopen
from referrals.casework import sentences as casework_sentences
from referrals.conferences.models import AgendaItem, Conference
from referrals.retention import due, erase, history
from referrals.retention.models import DeletionProof
from referrals.retention.run import retain
from tests.referrals.handovers.test_races import at_once
from tests.referrals.retention import personal_traces
from tests.referrals.retention.expired import LATER, THEN, logged, old
from tests.support import factories as make
from tests.support import guards
from welzijn.audit.models import AccessEvent

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(act: Callable[[], Any]) -> Any:
    """Run a function on another connection, on which no statement waits for a lock."""
    results: list[Any] = []

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            results.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=120)
    [result] = results
    return result


def test_activity_between_finding_and_locking_keeps_a_question(here: make.World) -> None:
    kept, gone = old(here), old(here)
    (group,) = due.groups(partnership=here.partnership, now=LATER)
    found = list(due.expired(group, now=LATER).values_list("pk", flat=True))
    assert len(found) == 2
    casework_reopen.reopen_locked(question=kept, sentence=casework_sentences.REOPENED(), now=LATER)
    assert erase.erase_batch(group, found, now=LATER) == 1
    assert Question.objects.get() == kept
    assert DeletionProof.objects.get().questions == 1
    assert gone.pk in found


def test_a_locked_question_is_skipped_until_the_next_round(here: make.World) -> None:
    question = old(here)
    with transaction.atomic():
        Question.objects.select_for_update().get(pk=question.pk)
        tally = elsewhere(partial(retain, now=LATER))
        assert (tally.questions, tally.failed) == (0, 0)
        assert Question.objects.filter(pk=question.pk).exists()
    assert retain(now=LATER).questions == 1
    assert not Question.objects.exists()


def test_a_locked_line_of_the_log_is_skipped_and_the_others_go(here: make.World) -> None:
    past = LATER - timedelta(days=366 * 6)
    held, _other = logged(here, past), logged(here, past)
    with transaction.atomic():
        AccessEvent.objects.select_for_update().get(pk=held.pk)
        assert elsewhere(partial(retain, now=LATER)).log == 1
        assert AccessEvent.objects.get() == held
    assert retain(now=LATER).log == 1


def test_two_rounds_at_once_delete_each_question_once(here: make.World) -> None:
    """Every two questions share a person, a household and a conference."""
    for _pair in range(12):
        one, other = old(here), old(here)
        with guards.switched_off():
            Question.objects.filter(pk=other.pk).update(asker=one.asker, subject=one.subject)
        with guards.switched_off():
            SharingBasis.objects.filter(question=other, given_by__isnull=False).update(
                given_by=one.asker
            )
        with guards.switched_off():
            Person.objects.filter(pk=other.asker_id).delete()
        home = Household.objects.create(partnership=here.partnership, created_at=THEN)
        HouseholdLink.objects.create(
            household=home, person=one.asker, agreed_at=THEN, agreed_how="online"
        )
        conference = Conference.objects.create(partnership=here.partnership, proposed_at=THEN)
        for question in (one, other):
            AgendaItem.objects.create(
                conference=conference, question=question, why="samen", added_at=THEN
            )
    results = at_once(
        partial(retain, now=LATER, size=1),
        partial(retain, now=LATER, size=2),
        partial(retain, now=LATER, size=3),
    )
    assert results == ["ok"] * 3
    retain(now=LATER)
    assert not Question.objects.exists()
    assert not Person.objects.exists()
    assert not Household.objects.exists()
    assert not Conference.objects.exists()
    assert sum(proof.questions for proof in DeletionProof.objects.all()) == 24


def test_a_killed_round_leaves_whole_questions_and_the_next_one_finishes(
    here: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _n in range(3):
        old(here)
    names = [q.reference for q in Question.objects.order_by("pk")]
    really, calls = history.erase, []

    def killed(gone: Any) -> Any:
        calls.append(gone)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return really(gone)

    monkeypatch.setattr(history, "erase", killed)
    with pytest.raises(KeyboardInterrupt):
        retain(now=LATER, size=1)
    # The first is deleted with a proof; the one in progress is still whole.
    assert [q.reference for q in Question.objects.order_by("pk")] == names[1:]
    assert all(
        q.timeline.exists() and q.asker.contact_details.exists() for q in Question.objects.all()
    )
    assert DeletionProof.objects.get().questions == 1
    monkeypatch.undo()
    assert retain(now=LATER).questions == 2
    assert personal_traces.traces(names) == []
