"""How the open work is spread over organisations and people: counted in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from referrals.caseload.selection import TEAM, late_before
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date, local_moment


@dataclass(frozen=True, slots=True)
class Load:
    """Open questions of an organisation or team, or of somebody in it."""

    organisation: str
    slug: str
    team: str
    open: int
    late: int
    new: int
    waiting: int
    worker: str = ""
    worker_id: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """The totals, by organisation and by worker."""

    open: int
    late: int
    new: int
    waiting: int
    by_organisation: Sequence[Load]
    by_worker: Sequence[Load]


def monday_of(day: date) -> date:
    """Return the Monday of that week."""
    return day - timedelta(days=day.weekday())


def of(*, user: User, partnership: Partnership, now: datetime) -> Balance:
    """Return the balance of what `user` may list; it names no resident. Takes two queries.

    new: came in since Monday (Europe/Amsterdam) and still open, whether picked up or not.
    waiting: not picked up yet.
    """
    on = local_date(now)
    calendar = front_door.of(partnership).calendar
    questions = (
        Question.objects.listed_for(user, on).filter(partnership=partnership).not_set_aside().open()
    )
    counts = {
        "n": Count("pk"),
        "late": Count("pk", filter=Q(due_on__lt=late_before(calendar, on))),
        "new": Count("pk", filter=Q(received_at__gte=local_moment(monday_of(on), time(0)))),
        "waiting": Count("pk", filter=Q(status=Question.Status.NEW)),
    }
    by_organisation = _loads(questions, counts, workers=False)
    by_worker = _loads(questions.filter(assigned_to__isnull=False), counts, workers=True)
    return Balance(
        open=sum(load.open for load in by_organisation),
        late=sum(load.late for load in by_organisation),
        new=sum(load.new for load in by_organisation),
        waiting=sum(load.waiting for load in by_organisation),
        by_organisation=by_organisation,
        by_worker=by_worker,
    )


def _loads(questions: QuerySet[Question], counts: dict[str, Count], *, workers: bool) -> list[Load]:
    columns = {
        "organisation_name": F("lead__name"),
        "slug": F("lead__slug"),
        "team_name": F("lead_team__name"),
        "team_slug": F("lead_team__slug"),
    }
    if workers:
        columns |= {"worker_name": F("assigned_to__name"), "worker": F("assigned_to")}
    rows: Any = questions.order_by().values(**columns).annotate(**counts)
    loads = [
        Load(
            organisation=row["organisation_name"],
            slug=f"{TEAM}{row['team_slug']}" if row["team_slug"] else row["slug"],
            team=row["team_name"] or "",
            open=row["n"],
            late=row["late"],
            new=row["new"],
            waiting=row["waiting"],
            worker=row.get("worker_name", ""),
            worker_id=str(row.get("worker", "")),
        )
        for row in rows
    ]
    return sorted(loads, key=lambda load: (load.organisation, load.team, -load.open, load.worker))
