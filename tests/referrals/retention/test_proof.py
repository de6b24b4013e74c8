"""The proof says what was deleted but not of whom, and can't be changed."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from referrals.retention import due
from referrals.retention.models import DeletionProof
from tests.referrals.retention import personal_traces
from tests.referrals.retention.expired import LATER, THEN, old, round_at
from tests.support import factories as make
from welzijn.core.working_days import local_date

pytestmark = pytest.mark.django_db


def test_the_proof_says_what_was_deleted_but_not_of_whom(here: make.World) -> None:
    questions = [old(here, "geld"), old(here, "geld"), old(here, "vervoer")]
    needles = [v for q in questions for v in (q.reference, str(q.pk), str(q.asker_id))]
    round_at()
    money, transport = DeletionProof.objects.order_by("-questions")
    assert (money.organisation, money.kind, money.questions) == (here["stimenz"], "welfare", 2)
    assert (transport.organisation, transport.questions) == (here["welzijn"], 1)
    assert (money.years, money.rule, money.at) == (2, due.RULE, LATER)
    assert money.before == local_date(LATER).replace(year=LATER.year - 2)
    assert money.rows["intake.Question"] == 2
    assert money.rows["intake.Person"] == 2
    assert set(money.rows.values()) <= set(range(1, 50))
    assert personal_traces.traces(needles) == []


def test_a_proof_can_not_be_changed_or_deleted(here: make.World) -> None:
    old(here)
    round_at()
    for act in (
        lambda: DeletionProof.objects.update(questions=9),
        lambda: DeletionProof.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="evidence: "), transaction.atomic():
            act()


@pytest.mark.parametrize(
    "wrong", [{"questions": 0}, {"kind": "log"}, {"organisation": None}, {"kind": "sanne"}]
)
def test_the_database_refuses_a_proof_of_nothing(here: make.World, wrong: Any) -> None:
    right = {
        "partnership": here.partnership,
        "organisation": here["stimenz"],
        "kind": "welfare",
        "years": 2,
        "before": THEN.date(),
        "at": THEN,
        "rule": "1",
        "questions": 1,
        "rows": {},
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        DeletionProof.objects.create(**right | wrong)
