"""No trace of an erased question is left, and the log only says that there was access."""

from collections import Counter
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from intake.households.models import Household
from intake.questions.models import Question
from referrals.retention import history, log
from referrals.retention.models import DeletionProof
from referrals.retention.run import retain
from tests.referrals.retention import personal_traces
from tests.referrals.retention.expired import LATER, THEN, old, round_at
from tests.referrals.retention.full_case import ended, everything, with_terms
from tests.referrals.retention.personal_traces import WORD
from tests.support import factories as make
from tests.support.signing_in import entered
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent, Withholding

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_an_expired_question_leaves_no_trace_in_any_table() -> None:
    here = with_terms(make.world())
    question = everything(here)
    planted = personal_traces.plant(question)
    ended(question, THEN)
    assert {"intake.Question.words", "referrals.ContactMoment.note"} <= planted
    needles = [WORD, *personal_traces.ids_of(question).values()]
    before = personal_traces.traces(needles)
    assert {needle for _table, needle in before} == set(needles)
    assert {"intake_questionevent", "notifications_demomail"} <= {table for table, _n in before}

    assert retain(now=LATER).questions == 1

    assert personal_traces.traces(needles) == []
    # The other question of the household is still there.
    assert Question.objects.count() == 1
    # A household of one is deleted, with the remaining link.
    assert not Household.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_leaving_out_any_part_of_erasing_leaves_traces() -> None:
    """Proves the search: if any one part of erasing is left out, it finds the traces."""
    here = with_terms(make.world())
    question = everything(here)
    personal_traces.plant(question)
    ended(question, THEN)
    needles = [WORD, *personal_traces.ids_of(question).values()]
    left: dict[str, set[str]] = {}
    parts: dict[str, Any] = {
        "history.erase": Counter(),
        "erasure.delete_about": {},
        "erasure.delete_for_subjects": {},
        "_unlink_log": {},
        "_delete_empty_conferences": set(),
        "_delete_unreferenced_people": set(),
    }
    for part, instead in parts.items():
        target = f"referrals.retention.erase.{part}"
        with transaction.atomic(), mock.patch(target, return_value=instead):
            assert retain(now=LATER).questions == 1
            left[part] = {table for table, _needle in personal_traces.traces(needles)}
            transaction.set_rollback(True)
    assert left.pop("history.erase") > {"intake_personevent", "intake_questionevent"}
    assert left == {
        "erasure.delete_about": {
            "notifications_message",
            "notifications_refusal",
            "notifications_demomail",
        },
        "erasure.delete_for_subjects": {"notifications_message"},
        "_unlink_log": {"audit_accessevent", "audit_withholding"},
        "_delete_empty_conferences": {
            "referrals_conference",
            "referrals_participant",
            "referrals_conferenceevent",
            "notifications_message",
        },
        "_delete_unreferenced_people": {
            "intake_person",
            "intake_contactdetail",
            "intake_contactwish",
            "intake_householdlink",
            "intake_personevent",
            "intake_contactdetailevent",
            "intake_contactwishevent",
        },
    }


def test_every_history_is_known_to_retention() -> None:
    known = set(history.LINK_COLUMNS) | history.OF_STAFF
    assert {model._meta.label for model in history.histories()} == known


def test_the_log_keeps_that_somebody_had_access_but_not_to_what(here: make.World) -> None:
    question = old(here)
    worker = make.intake_worker(here, "stimenz")
    with transaction.atomic():
        access_log.record(
            access_log.event(
                now=THEN,
                partnership_id=here.partnership.pk,
                actor=worker,
                organisation_id=here["stimenz"].pk,
                action=AccessEvent.Action.READ,
                what="question",
                question_id=question.pk,
                person_id=question.asker_id,
                reason="een reden met een naam",
            )
        )
    round_at()
    line = AccessEvent.objects.get(actor=worker)
    assert (line.question_id, line.person_id, line.reason) == (None, None, "")
    assert (line.organisation, line.action) == (here["stimenz"], "read")


def test_withheld_entries_are_deleted_with_their_reason(here: make.World) -> None:
    question = old(here)
    with transaction.atomic():
        event = access_log.event(
            now=THEN,
            partnership_id=here.partnership.pk,
            actor_kind=AccessEvent.Kind.RESIDENT,
            action=AccessEvent.Action.READ,
            what="question",
            question_id=question.pk,
        )
        access_log.record(event)
    Withholding.objects.create(
        event=event,
        reason="de partner leest mee",
        requested_by=make.user(),
        requested_at=THEN,
        review_on=THEN.date(),
    )
    round_at()
    assert not Withholding.objects.exists()
    assert AccessEvent.objects.filter(pk=event.pk).exists()


def test_log_entries_expire_at_their_own_term_also_for_open_questions(here: make.World) -> None:
    question = make.question(here, "geld")
    for years, what in ((4, "kept"), (6, "gone")):
        with transaction.atomic():
            access_log.record(
                access_log.event(
                    now=LATER - timedelta(days=366 * years),
                    partnership_id=here.partnership.pk,
                    actor_kind=AccessEvent.Kind.RESIDENT,
                    action=AccessEvent.Action.READ,
                    what=what,
                    question_id=question.pk,
                )
            )
    assert log.count_expired(partnership=here.partnership, now=LATER) == 1
    connection.check_constraints()
    assert retain(now=LATER).log == 1
    assert set(AccessEvent.objects.values_list("what", flat=True)) & {"kept", "gone"} == {"kept"}
    proof = DeletionProof.objects.get(kind="log")
    assert (proof.questions, proof.rows) == (0, {"audit.AccessEvent": 1})


def test_an_expired_browser_session_is_deleted(here: make.World) -> None:
    entered(make.submitted(here, "geld", now=timezone.now()))
    assert Session.objects.count() == 1
    round_at()
    assert Session.objects.count() == 1
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    round_at()
    assert Session.objects.count() == 0
