"""Delete the access log at the end of its own term, and rows that belong to no question."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef

from intake.people.models import Person
from organisations.partnerships import retention_terms
from organisations.partnerships.models import Partnership
from referrals.consultations.models import Consultation
from referrals.retention.due import RULE
from referrals.retention.models import DeletionProof
from welzijn.audit.models import AccessEvent
from welzijn.audit.protection import erasure as door
from welzijn.core.working_days import local_date, local_moment
from welzijn.notifications import erasure


def count_expired(*, partnership: Partnership, now: datetime) -> int:
    """Return how many entries of the log are past their own term."""
    terms = retention_terms.terms_of(partnership)
    if terms is None:
        return 0
    before = retention_terms.deletion_cutoff(local_date(now), terms.log)
    return AccessEvent.objects.filter(partnership=partnership, at__lt=local_moment(before)).count()


def delete_batch(*, partnership: Partnership, size: int, now: datetime) -> int:
    """Delete at most `size` expired entries of the log, with a proof; return how many."""
    terms = retention_terms.terms_of(partnership)
    if terms is None:
        return 0
    before = retention_terms.deletion_cutoff(local_date(now), terms.log)
    cutoff, proof = local_moment(before), uuid4()
    with transaction.atomic(), door.of_log(partnership.pk, before=cutoff, proof=proof):
        lines = (
            AccessEvent.objects.select_for_update(skip_locked=True)
            .filter(partnership=partnership, at__lt=cutoff)
            .order_by("at", "pk")
        )
        ids = list(lines.values_list("pk", flat=True)[:size])
        rows = Counter(AccessEvent.objects.filter(pk__in=ids).delete()[1])
        _record_proof(partnership, terms, before, rows, now, proof)
    return len(ids)


def delete_orphans(*, partnership: Partnership, now: datetime) -> None:
    """Delete what belongs to no question and is past the term of the log.

    Daily mails and account invitations; consultations without a question (none are made any more).
    Also clears the person of a log entry without a question once that person was deleted.
    """
    terms = retention_terms.terms_of(partnership)
    if terms is None:
        return
    before = retention_terms.deletion_cutoff(local_date(now), terms.log)
    cutoff, proof = local_moment(before), uuid4()
    with transaction.atomic(), door.of_log(partnership.pk, before=cutoff, proof=proof):
        rows = Counter(erasure.delete_unlinked(partnership_id=partnership.pk, before=cutoff))
        rows.update(
            Consultation.objects.filter(
                partnership=partnership, question__isnull=True, asked_at__lt=cutoff
            ).delete()[1]
        )
        rows["audit.AccessEvent"] = AccessEvent.objects.filter(
            ~Exists(Person.objects.filter(pk=OuterRef("person_id"))),
            partnership=partnership,
            question_id__isnull=True,
            person_id__isnull=False,
        ).update(person_id=None, reason="", on_behalf_of="")
        _record_proof(partnership, terms, before, rows, now, proof)


def _record_proof(
    partnership: Partnership,
    terms: retention_terms.RetentionTerms,
    before: date,
    rows: Counter[str],
    now: datetime,
    proof: UUID,
) -> None:
    if not rows.total():
        return
    DeletionProof.objects.create(
        id=proof,
        partnership=partnership,
        kind=retention_terms.LOG,
        years=terms.log,
        before=before,
        at=now,
        rule=RULE,
        questions=0,
        rows={table: n for table, n in sorted(rows.items()) if n},
    )
