"""The database isolates partnerships from each other, whatever the code does (invariant 8)."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.support import factories as make
from tests.support import guards

pytestmark = pytest.mark.django_db


def _refused(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        with pytest.raises(IntegrityError, match="inside_wall"):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_a_question_has_no_life_domain_of_another_partnership() -> None:
    here, there = make.world(), make.world("elders")
    question = make.question(here, "geld")
    _refused(
        "UPDATE intake_questionlifedomain SET life_domain_id = %s WHERE question_id = %s",
        there.domains["geld"].pk,
        question.pk,
    )


def test_a_follow_up_belongs_to_the_partnership_of_its_question() -> None:
    here, there = make.world(), make.world("elders")
    question = make.question(here, "geld")
    with guards.switched_off():
        _refused(
            "UPDATE referrals_followup SET partnership_id = %s WHERE question_id = %s",
            there.partnership.pk,
            question.pk,
        )


def test_who_may_read_a_question_takes_part_in_its_partnership() -> None:
    here, there = make.world(), make.world("elders")
    question = make.question(here, "geld")
    with guards.switched_off():
        _refused(
            "UPDATE intake_sharingbasis SET organisation_id = %s WHERE question_id = %s",
            there["stimenz"].pk,
            question.pk,
        )
