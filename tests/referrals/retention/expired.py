"""Questions that ended long ago, and a round of retention."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from intake.questions.models import Question
from referrals.retention.run import retain
from tests.referrals.retention.full_case import ended
from tests.support import factories as make

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
