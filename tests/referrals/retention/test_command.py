"""`manage.py retain`: counts, deletes, and says where it could not."""

from datetime import timedelta
from io import StringIO
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.utils import timezone

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from referrals.retention import erase
from referrals.retention.models import DeletionProof
from tests.referrals.retention.expired import old
from tests.referrals.retention.full_case import with_terms
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def shown(*arguments: str) -> str:
    out = StringIO()
    call_command("retain", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def long_over(here: make.World) -> Question:
    return old(here, name="Sanne", at=timezone.now() - timedelta(days=366 * 3))


def test_a_dry_run_counts_by_organisation_and_kind_and_deletes_nothing(
    long_over: Question,
) -> None:
    notified = shown("--dry-run")
    assert "putten: stimenz, welfare, 2 jaar: 1\n" in notified
    assert "putten: 1 vragen, " in notified
    assert "Sanne" not in notified
    assert long_over.reference not in notified
    assert Question.objects.count() == 1
    assert not DeletionProof.objects.exists()


def test_the_command_deletes_at_one_partnership(long_over: Question) -> None:
    elsewhere = with_terms(make.world("elders"))
    old(elsewhere, at=timezone.now() - timedelta(days=366 * 3))
    connection.check_constraints()
    assert "Gewist: 1 vragen" in shown("--partnership", "putten")
    assert Question.objects.get().partnership == elsewhere.partnership


def test_the_command_says_where_there_are_no_terms(here: make.World) -> None:
    Partnership.objects.update(retention={})
    assert "putten: geen bewaartermijnen" in shown()
    assert "putten: geen bewaartermijnen" in shown("--dry-run")


def test_the_command_exits_with_1_if_a_question_could_not_be_deleted(
    long_over: Question, capsys: pytest.CaptureFixture[str]
) -> None:
    connection.check_constraints()
    with mock.patch.object(erase, "_erase", side_effect=IntegrityError), pytest.raises(SystemExit):
        shown()
    assert "Niet gelukt: 1 vragen" in capsys.readouterr().err
    assert Question.objects.get() == long_over
