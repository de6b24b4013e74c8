"""What comes in in one neighbourhood, against the whole partnership, by life domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from intake.questions.models import Question, QuestionLifeDomain
from organisations.partnerships.models import Neighbourhood, Partnership

SINCE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Share:
    """One life domain: how many came in here, and its share here and in the whole, in percent.

    Shares are None where the whole is too small to say anything about a group.
    """

    name: str
    here: int
    share_here: int | None
    share_whole: int | None


def shares(*, partnership: Partnership, place: Neighbourhood, now: datetime) -> Sequence[Share]:
    """The life domains of the last 90 days, those that came in here most first; two queries."""
    asked = Question.objects.filter(partnership=partnership, received_at__gt=now - SINCE)
    totals = asked.aggregate(whole=Count("pk"), here=Count("pk", filter=Q(neighbourhood=place)))
    rows = (
        QuestionLifeDomain.objects.filter(question__in=asked.values("pk"))
        .values("life_domain__name", "life_domain__staff_name")
        .annotate(whole=Count("pk"), here=Count("pk", filter=Q(question__neighbourhood=place)))
        .order_by("-here", "life_domain__name")
    )
    small = partnership.small_number
    return [
        Share(
            name=row["life_domain__staff_name"] or row["life_domain__name"],
            here=row["here"],
            share_here=_percent(row["here"], totals["here"], small),
            share_whole=_percent(row["whole"], totals["whole"], small),
        )
        for row in rows
        if row["here"]
    ]


def _percent(part: int, whole: int, small: int) -> int | None:
    return round(100 * part / whole) if whole >= small else None
