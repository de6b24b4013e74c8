"""The access log at the end of its own term, and rows that belong to no question."""

from datetime import UTC, datetime, timedelta

import pytest

from referrals.consultations.models import Consultation
from referrals.retention import log
from referrals.retention.models import DeletionProof
from tests.referrals.retention.expired import LATER, logged
from tests.support import factories as make
from welzijn.audit.models import AccessEvent
from welzijn.core.ids import uuid7
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
# Midnight in Amsterdam, in winter, five years before LATER's day of 25 December 2028.
CUTOFF = datetime(2023, 12, 24, 23, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_an_entry_goes_from_the_day_after_five_years_in_amsterdam(here: make.World) -> None:
    kept, gone = logged(here, CUTOFF), logged(here, CUTOFF - SECOND)
    assert log.count_expired(partnership=here.partnership, now=LATER) == 1
    assert log.delete_batch(partnership=here.partnership, size=10, now=LATER) == 1
    assert AccessEvent.objects.get() == kept
    assert gone.pk != kept.pk
    proof = DeletionProof.objects.get()
    assert (proof.kind, proof.years, proof.questions) == ("log", 5, 0)
    assert (proof.before, proof.at, proof.organisation) == (
        datetime(2023, 12, 25, tzinfo=UTC).date(),
        LATER,
        None,
    )


def test_a_batch_takes_the_oldest_first_and_no_more_than_its_size(here: make.World) -> None:
    entries = [logged(here, CUTOFF - n * SECOND) for n in (1, 3, 2)]
    assert log.delete_batch(partnership=here.partnership, size=2, now=LATER) == 2
    assert AccessEvent.objects.get() == entries[0]


def test_another_partnership_and_one_without_terms_keep_theirs(here: make.World) -> None:
    there = make.world("oss")
    logged(there, CUTOFF - SECOND)
    for partnership in (here.partnership, there.partnership):
        assert log.count_expired(partnership=partnership, now=LATER) == 0
        assert log.delete_batch(partnership=partnership, size=9, now=LATER) == 0
        log.delete_orphans(partnership=partnership, now=LATER)
    assert AccessEvent.objects.count() == 1
    assert not DeletionProof.objects.exists()


def test_nothing_expired_leaves_no_proof(here: make.World) -> None:
    logged(here, CUTOFF)
    log.delete_batch(partnership=here.partnership, size=9, now=LATER)
    log.delete_orphans(partnership=here.partnership, now=LATER)
    assert not DeletionProof.objects.exists()


def test_advice_without_a_question_goes_with_the_log(here: make.World) -> None:
    for at in (CUTOFF, CUTOFF - SECOND):
        Consultation.objects.create(
            partnership=here.partnership,
            asked_by=make.user(),
            sender=here["stimenz"],
            receiver=here["actief"],
            asked_at=at,
            text="Past dit?",
        )
    log.delete_orphans(partnership=here.partnership, now=LATER)
    assert Consultation.objects.get().asked_at == CUTOFF
    assert DeletionProof.objects.get().rows == {"referrals.Consultation": 1}


def test_an_entry_about_nobody_any_more_loses_its_reason_and_stays(here: make.World) -> None:
    question = make.question(here, "geld")
    lost = logged(here, LATER, person_id=uuid7(), reason="gezocht")
    known = logged(here, LATER, person_id=question.asker_id, reason="gezocht")
    requested = logged(here, LATER, person_id=uuid7(), question_id=question.pk, reason="gezocht")
    log.delete_orphans(partnership=here.partnership, now=LATER)
    for entry in (lost, known, requested):
        entry.refresh_from_db()
    assert (lost.person_id, lost.reason) == (None, "")
    assert known.person_id is not None
    assert requested.person_id is not None
    assert {known.reason, requested.reason} == {"gezocht"}


def test_old_messages_about_no_question_go_with_the_log(here: make.World) -> None:
    make.question(here, "geld")
    one, other = Message.objects.order_by("pk")[:2]
    Message.objects.filter(pk=one.pk).update(
        about_id=None, status="shown", created_at=CUTOFF - SECOND
    )
    Message.objects.filter(pk=other.pk).update(status="shown", created_at=CUTOFF - SECOND)
    log.delete_orphans(partnership=here.partnership, now=LATER)
    assert not Message.objects.filter(pk=one.pk).exists()
    assert Message.objects.filter(pk=other.pk).exists()
    assert DeletionProof.objects.get().rows == {"notifications.Message": 1}
