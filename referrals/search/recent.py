"""The questions that a user opened last, from the access log; only those they may still read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from intake.danger import unjudged as danger_lists
from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from referrals.casework_base.list_access import record_list_access
from referrals.follow_ups import unjudged
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_date

DAYS = 30
MOST = 25


@dataclass(frozen=True, slots=True)
class Viewed:
    """A question and when the user opened it last; since when its danger waits for a judgement."""

    question: Question
    at: datetime
    unjudged_since: datetime | None = None


def recently_read(*, user: User, partnership: Partnership, now: datetime) -> Sequence[Viewed]:
    """Return the last questions that `user` opened in thirty days; each name is recorded.

    To be on this list is no opening: it doesn't keep a question on the list.
    """
    opened = (
        AccessEvent.objects.filter(
            actor=user,
            partnership=partnership,
            action=AccessEvent.Action.READ,
            what="question",
            question_id__isnull=False,
            at__gt=now - timedelta(days=DAYS),
        )
        .values("question_id")
        .annotate(last=Max("at"))
        .filter(
            # What may not be read any more takes no place of what may.
            question_id__in=Question.objects.visible_to(user, local_date(now))
            .filter(partnership=partnership)
            .values("pk")
        )
        .order_by("-last", "-question_id")
    )
    with transaction.atomic():
        when = {UUID(str(row["question_id"])): row["last"] for row in opened[:MOST]}
        questions = list(
            Question.objects.visible_to(user, local_date(now))
            .filter(partnership=partnership, pk__in=when)
            .select_related("asker", "lead", "lead_team", "assigned_to", "neighbourhood")
        )
        record_list_access(
            user=user,
            partnership=partnership,
            questions=questions,
            searched=False,
            screen=Reason.RECENTLY,
            now=now,
        )
    waits = unjudged.since_of([question.pk for question in questions])
    rows = [Viewed(q, when[q.pk], waits.get(q.pk)) for q in questions]
    rows.sort(key=lambda row: row.at, reverse=True)
    return danger_lists.first(rows, waits, lambda row: row.question.pk)
