"""Retention's door, as the running role: ended questions, whole and with a proof, and no other."""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from intake.questions.models import Question, TimelineEntry
from referrals.retention import erase, log, on_request
from referrals.retention.models import DeletionProof
from referrals.retention.run import retain
from tests.referrals.retention import full_case, personal_traces
from tests.support import factories as make
from tests.support import template
from welzijn.audit.models import AccessEvent, ErasurePermit
from welzijn.audit.protection import erasure

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = "voordeur_erases"
NOW = timezone.now()


@pytest.fixture
def as_running_role(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every statement of this process run as the role of production."""
    monkeypatch.setenv("RUNNING_ROLE_PASSWORD", "a password of twenty characters")
    call_command("grant_running_role", ROLE, verbosity=0)
    connection.ensure_connection()
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
        cursor.execute(f"DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")
        cursor.execute(template.LATE_CLOCK)


def become_running() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET SESSION AUTHORIZATION {ROLE}")


@pytest.fixture
def here() -> make.World:
    return full_case.with_terms(make.world())


def test_everything_of_a_question_goes_through_the_door(
    here: make.World, as_running_role: None
) -> None:
    question = full_case.everything(here)
    personal_traces.plant(question)
    full_case.ended(question, make.TUESDAY)
    needles = [personal_traces.WORD, *map(str, personal_traces.ids_of(question).values())]
    become_running()
    on_request.erase_on_request(question=question, now=NOW)
    assert not Question.objects.filter(pk=question.pk).exists()
    assert personal_traces.traces(needles) == []
    assert not ErasurePermit.objects.exists()
    assert DeletionProof.objects.get().rule == on_request.RULE


def test_the_night_runs_as_the_running_role(here: make.World, as_running_role: None) -> None:
    for n in range(3):
        full_case.ended(make.question(here, "geld"), NOW - timedelta(days=366 * (2 + n)))
    become_running()
    assert retain(now=NOW).questions == 3
    assert Question.objects.count() == 0


def test_an_open_question_is_not_erased(here: make.World, as_running_role: None) -> None:
    question = make.question(here, "geld")
    become_running()
    # Also not with the rule of a restore, which only the owner of the tables may use.
    with (
        pytest.raises(IntegrityError, match="an open question"),
        transaction.atomic(),
        erasure.of_questions([question.pk], proof=uuid.uuid4(), rule="herstel"),
    ):
        pass
    assert Question.objects.exists()


def test_nothing_goes_without_its_proof_and_no_part_of_a_question(
    here: make.World, as_running_role: None
) -> None:
    question = full_case.ended(make.question(here, "geld"), make.TUESDAY)
    become_running()
    opens = partial(_open, question)
    # Left open: the commit closes it, and looks.
    part = TimelineEntry.objects.filter(question=question).delete
    assert "whole or not at all" in refusal(opens, part)
    assert "without a proof" in refusal(opens, partial(erase._erase, [question]))
    assert question.timeline.exists()
    old = DeletionProof.objects.create(
        partnership=here.partnership,
        organisation=here["stimenz"],
        kind="welfare",
        years=2,
        before=make.TUESDAY.date(),
        at=NOW,
        rule="1",
        questions=1,
        rows={},
    )
    assert "earlier erasing" in refusal(partial(_open, question, old.pk))


def test_the_door_opens_for_its_questions_only(here: make.World, as_running_role: None) -> None:
    question = full_case.ended(make.question(here, "geld"), make.TUESDAY)
    other = full_case.ended(make.question(here, "geld"), make.TUESDAY)
    become_running()
    look(here, NOW)
    for act in (
        TimelineEntry.objects.filter(question=other).delete,
        partial(TimelineEntry.objects.filter(question=question).update, note="x"),
        Question.objects.filter(pk=other.pk).delete,
        AccessEvent.objects.all().delete,
        partial(AccessEvent.objects.update, reason=""),
    ):
        shown = refusal(partial(_open, question), act)
        assert "evidence: " in shown or "permission denied" in shown


def test_a_permit_is_of_its_transaction(here: make.World, as_running_role: None) -> None:
    question = full_case.ended(make.question(here, "geld"), make.TUESDAY)
    become_running()
    with transaction.atomic():
        sid = transaction.savepoint()
        _open(question)
        transaction.savepoint_rollback(sid)
        with pytest.raises(IntegrityError, match="evidence: "), transaction.atomic():
            TimelineEntry.objects.filter(question=question).delete()


def test_the_log_goes_by_the_clock_of_the_database(here: make.World, as_running_role: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(template.REAL_CLOCK)
    for years in (1, 6):
        look(here, NOW - timedelta(days=366 * years))
    become_running()
    # A clock that is set ahead, and terms that are shortened.
    with pytest.raises(IntegrityError, match="not over its term"):
        log.delete_batch(partnership=here.partnership, size=9, now=NOW + timedelta(days=3000))
    here.partnership.retention["log"] = 0
    here.partnership.save()
    for days in (-30, 0, 300):
        opens = partial(_open_log, here, NOW - timedelta(days=days))
        assert "not over its term" in refusal(opens)
    here.partnership.retention["log"] = 5
    here.partnership.save()
    assert log.delete_batch(partnership=here.partnership, size=9, now=NOW) == 1
    assert AccessEvent.objects.count() == 1


def _open_log(here: make.World, before: datetime) -> None:
    with erasure.of_log(here.partnership.pk, before=before, proof=uuid.uuid4()):
        AccessEvent.objects.all().delete()


def refusal(*acts: Callable[[], Any]) -> str:
    try:
        with transaction.atomic():
            for act in acts:
                act()
    except (IntegrityError, ProgrammingError) as error:
        return str(error)
    return ""


def look(here: make.World, at: datetime) -> None:
    AccessEvent.objects.create(
        at=at,
        partnership=here.partnership,
        action="read",
        actor_kind="system",
        what="question",
        reason="gelezen",
    )


def _open(question: Question, proof: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence_open(%s, '1', %s)", [proof or uuid.uuid4(), [question.pk]])
