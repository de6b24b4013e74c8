"""The invariants hold against plain SQL, run as the database role of the product."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.db import Error, connection, transaction

from intake.questions.models import Question, SharingBasis
from referrals.casework.pick_up import pick_up
from referrals.handovers import services as handover_services
from tests.support import factories as make
from tests.support import guards
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent

pytestmark = pytest.mark.django_db


def _refusal(sql: str, **values: Any) -> str:
    """Return the database error, immediate or deferred; "" if the statement is accepted."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # What the test itself wrote has been checked; else a TRUNCATE is refused for that.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql, values)
            touched = cursor.rowcount
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except Error as error:
        return str(error)
    # A statement that matches no row would prove nothing.
    assert touched != 0, sql
    return ""


@pytest.fixture
def scenario() -> dict[str, Any]:
    here, there = make.world(), make.world("elders")
    question, foreign = make.question(here, "geld"), make.question(there, "geld")
    worker = make.intake_worker(here, "stimenz")
    pick_up(question=question, by=worker, now=make.TUESDAY)
    offered = handover_services.propose(
        question=Question.objects.get(pk=question.pk),
        to=here["jeugd-punt"],
        why="Zij weten meer van school.",
        summary="Het gaat over geld voor school.",
        by=worker,
        now=make.TUESDAY,
        yes_how=SharingBasis.How.PHONE,
    )
    return {
        "q": question.pk,
        "foreign": foreign.pk,
        "here": here.partnership.pk,
        "there": there.partnership.pk,
        "other": there["stimenz"].pk,
        "handover": offered.pk,
        "receiver": here["jeugd-punt"].pk,
    }


# The statement, and what refuses it.
ATTACKS = {
    "1: no lead": (
        "UPDATE intake_question SET lead_id = NULL WHERE id = %(q)s",
        'null value in column "lead_id"',
    ),
    "1: the lead gone": (
        (
            "DELETE FROM organisations_organisation WHERE id = (SELECT lead_id FROM "
            "intake_question WHERE id = %(q)s)"
        ),
        "violates foreign key constraint",
    ),
    "1: a lead of another partnership": (
        "UPDATE intake_question SET lead_id = %(other)s WHERE id = %(q)s",
        "question_lead_takes_part",
    ),
    "2: a second open handover": (
        (
            "INSERT INTO referrals_handover SELECT (jsonb_populate_record(h, "
            "jsonb_build_object('id', gen_random_uuid()))).* FROM referrals_handover h WHERE id ="
            " %(handover)s"
        ),
        "handover_one_open",
    ),
    "2: an unknown state": (
        "UPDATE referrals_handover SET status = 'mine' WHERE id = %(handover)s",
        "handover_",
    ),
    "3: a second valid basis": (
        (
            "INSERT INTO intake_sharingbasis SELECT (jsonb_populate_record(b, "
            "jsonb_build_object('id', gen_random_uuid()))).* FROM intake_sharingbasis b WHERE "
            "question_id = %(q)s AND ended_at IS NULL"
        ),
        "sharing_basis_one_an_organisation",
    ),
    "3: a basis for nobody": (
        (
            "UPDATE intake_sharingbasis SET organisation_id = NULL, team_id = NULL WHERE "
            "question_id = %(q)s"
        ),
        "sharing_basis_for_one",
    ),
    "4: a decision changed": (
        "UPDATE intake_decision SET reason = 'x' WHERE question_id = %(q)s",
        "evidence: ",
    ),
    "4: a decision gone": (
        "DELETE FROM intake_decision WHERE question_id = %(q)s",
        "evidence: ",
    ),
    "4: all decisions gone": (
        "TRUNCATE intake_decision CASCADE",
        "evidence: TRUNCATE",
    ),
    "5: the same message again": (
        (
            "INSERT INTO notifications_message SELECT (jsonb_populate_record(m, "
            "jsonb_build_object('id', gen_random_uuid()))).* FROM notifications_message m"
        ),
        "message_once",
    ),
    "6: a look changed": (
        "UPDATE audit_accessevent SET reason = 'x'",
        "evidence: ",
    ),
    "6: a look gone": (
        "DELETE FROM audit_accessevent",
        "evidence: ",
    ),
    "6: the log emptied": (
        "TRUNCATE audit_accessevent CASCADE",
        "evidence: TRUNCATE",
    ),
    "8: a question moved over the wall": (
        "UPDATE intake_question SET partnership_id = %(there)s WHERE id = %(q)s",
        "violates foreign key constraint",
    ),
    "8: a person of another partnership": (
        (
            "UPDATE intake_question SET asker_id = (SELECT asker_id FROM intake_question WHERE id"
            " = %(foreign)s) WHERE id = %(q)s"
        ),
        "question_asker_is_own",
    ),
    "9: a resident's message in own words": (
        "UPDATE notifications_message SET template = 'x' WHERE recipient_kind = 'resident'",
        "message_to_resident_says_nothing",
    ),
    "an unknown status": (
        "UPDATE intake_question SET status = 'mine' WHERE id = %(q)s",
        "question_",
    ),
}


def test_plain_sql_breaks_no_invariant(scenario: dict[str, Any]) -> None:
    access_log.record(
        access_log.event(
            now=make.TUESDAY,
            partnership_id=scenario["here"],
            action=AccessEvent.Action.READ,
            actor_kind=AccessEvent.Kind.RESIDENT,
            what="question",
            question_id=scenario["q"],
        )
    )
    everything = {name: _refusal(sql, **scenario) for name, (sql, _by) in ATTACKS.items()}
    assert all(everything.values())
    # Each guard holds by itself, without the triggers of what proves something in front of it.
    shown = {}
    for name, (sql, by) in ATTACKS.items():
        off = nullcontext() if by.startswith("evidence") else guards.switched_off()
        with off:
            shown[name] = _refusal(sql, **scenario)
    # The expected guard must refuse it: an error in the statement itself would prove nothing.
    other = {name: shown[name] for name, (_sql, by) in ATTACKS.items() if by not in shown[name]}
    assert other == {}
