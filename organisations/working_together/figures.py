"""Figures of group work and of tasks that move. They count gatherings and tasks, never people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.utils.text import capfirst

from organisations.partnerships.models import Partnership
from organisations.working_together.models import MovableTask

ROUGH = 10


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """Group work of one life domain in a period."""

    domain: str
    times: int
    people: int
    volunteers: int


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first day of a quarter, and of the next."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return first, date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)


def group_work(
    partnership: Partnership, first: date, after: date, *, rough: bool
) -> list[GroupTotal]:
    """Return the totals by life domain. `rough`: to tens, for who sees figures only."""
    rows = (
        partnership.collectiveworks.filter(day__gte=first, day__lt=after)
        .values("life_domain__name", "life_domain__staff_name", "life_domain__position")
        .annotate(times=Count("id"), people=Sum("people"), volunteers=Sum("volunteers"))
        .order_by("life_domain__position", "life_domain__name")
    )
    return [
        GroupTotal(
            domain=row["life_domain__staff_name"] or row["life_domain__name"],
            times=row["times"],
            people=_rough(row["people"]) if rough else row["people"],
            volunteers=_rough(row["volunteers"]) if rough else row["volunteers"],
        )
        for row in rows
    ]


def _rough(number: int) -> int:
    return (number + ROUGH // 2) // ROUGH * ROUGH


def tasks(partnership: Partnership) -> list[tuple[str, int]]:
    """Return how many tasks stand where, in the order of a task's way."""
    found = Counter(partnership.movabletasks.values_list("state", flat=True))
    return [(capfirst(str(state.label)), found[state.value]) for state in MovableTask.State]
