"""Record access to personal data (invariant 6). Nothing else writes the access log."""

import uuid
from datetime import datetime

from django.db import transaction

from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent


def event(
    *,
    now: datetime,
    partnership_id: uuid.UUID,
    action: AccessEvent.Action,
    what: str,
    actor: User | None = None,
    actor_kind: AccessEvent.Kind = AccessEvent.Kind.STAFF,
    organisation_id: uuid.UUID | None = None,
    role: str = "",
    question_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    basis: str = "",
    reason: str = "",
    emergency: bool = False,
) -> AccessEvent:
    """Return an unsaved entry; a constraint refuses a staff entry without actor or organisation."""
    return AccessEvent(
        at=now,
        partnership_id=partnership_id,
        actor=actor,
        actor_kind=actor_kind,
        organisation_id=organisation_id,
        role=role,
        action=action,
        what=what,
        question_id=question_id,
        person_id=person_id,
        basis=basis,
        reason=reason,
        emergency=emergency,
    )


def record(*events: AccessEvent) -> None:
    """Insert entries in the transaction that reads the data.

    Raises `TransactionManagementError` outside a transaction: no access without its entry.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a look is recorded inside its transaction")
    AccessEvent.objects.bulk_create(events)
