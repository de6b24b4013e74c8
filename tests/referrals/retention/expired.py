"""Questions that ended long ago, and a round of retention."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from intake.questions.models import Question
from referrals.retention.run import retain
from tests.referrals.retention.full_case import ended
from tests.support import factories as make
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent

THEN = make.TUESDAY
LATER = THEN + timedelta(days=366 * 2 + 30)
"""Past two years, not past five."""


def old(here: make.World, *domains: str, at: datetime = THEN, **fields: Any) -> Question:
    """Return a question that was withdrawn at that moment."""
    return ended(make.question(here, *domains or ("geld",), now=at, **fields), at)


def round_at(now: datetime = LATER, **options: Any) -> int:
    """Run a round in a later transaction; return the number of erased questions."""
    connection.check_constraints()
    return retain(now=now, **options).questions


def logged(here: make.World, at: datetime, **fields: Any) -> AccessEvent:
    """Return an entry of the access log that a resident made at that moment."""
    with transaction.atomic():
        event = access_log.event(
            now=at,
            partnership_id=here.partnership.pk,
            actor_kind=AccessEvent.Kind.RESIDENT,
            action=AccessEvent.Action.READ,
            what="question",
            **fields,
        )
        access_log.record(event)
    return event
