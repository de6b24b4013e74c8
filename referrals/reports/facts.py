"""One row a question and moment, in every dimension: what the cubes of final months are made of.

Read from the questions themselves, by who publishes or erases; never for a screen. `Fact` holds the
sets (`measures`, `durations`) that a question belongs to in its month.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from organisations.front_door.opening_times import calendar
from organisations.partnerships.models import Partnership
from referrals.reports.durations import DURATIONS, STEPS, set_of
from referrals.reports.measures import MEASURES, RUNNING
from referrals.reports.periods import months_between
from referrals.reports.tables import Dimension
from welzijn.core.working_days import local_moment

NONE, SEVERAL, UNKNOWN = "none", "several", "unknown"
COLUMNS = {
    Dimension.NEIGHBOURHOOD: f"COALESCE(k.neighbourhood::text, '{UNKNOWN}')",
    Dimension.ORGANISATION: "k.organisation::text",
    Dimension.TEAM: f"COALESCE(q.lead_team_id::text, '{NONE}')",
    Dimension.LIFE_DOMAIN: (
        f"CASE WHEN k.several THEN '{SEVERAL}' ELSE COALESCE(k.life_domain::text, '{NONE}') END"
    ),
    Dimension.CHANNEL: "k.channel",
    Dimension.AGE: f"COALESCE(NULLIF(p.age_band, ''), '{UNKNOWN}')",
    Dimension.LAYER: f"COALESCE(s.layer::text, '{NONE}')",
    Dimension.KIND: "q.kind",
    Dimension.LANGUAGE: "COALESCE(w.language, 'nl')",
    Dimension.SENDER: "COALESCE(h.sender_id::text, '')",
    Dimension.RECEIVER: "COALESCE(h.receiver_id::text, '')",
}
"""Every dimension beside municipality and month, with its expression."""
_MOMENTS = tuple(dict.fromkeys(measure.moment for measure in MEASURES.values()))
_EVER = date(2000, 1, 1)


class Fact(NamedTuple):
    """A question in the month in which it counts: where, its key, and its sets."""

    month: date
    municipality: str
    where: tuple[str, ...]
    key: int
    sets: tuple[str, ...]


def of_period(partnership: Partnership, since: date, until: date) -> Iterator[Fact]:
    """Yield the facts of existing questions that count in these months. Four queries."""
    for moment in _MOMENTS:
        yield from _of_moment(partnership, moment, since, until, None)


def of_questions(
    partnership: Partnership, ids: Collection[UUID], since: date, until: date
) -> Iterator[Fact]:
    """Yield the facts of these questions in these months: for what is about to be erased."""
    for moment in _MOMENTS:
        yield from _of_moment(partnership, moment, since, until, ids)


def _of_moment(
    partnership: Partnership, moment: str, since: date, until: date, ids: Collection[UUID] | None
) -> Iterator[Fact]:
    names = [name for name, measure in MEASURES.items() if measure.moment == moment]
    timed = [d for d in DURATIONS if DURATIONS[d].base in names]
    working = WorkingDays(partnership, until) if timed else None
    for row in _rows(partnership, moment, names, timed, since, until, ids):
        municipality, month, key, *rest = row
        where = tuple(rest[: len(COLUMNS)])
        holds = rest[len(COLUMNS) : len(COLUMNS) + len(names)]
        days = rest[len(COLUMNS) + len(names) :]
        sets = [name for name, true in zip(names, holds, strict=True) if true]
        for duration, start, end in zip(timed, days[::2], days[1::2], strict=True):
            if working and DURATIONS[duration].base in sets and start and end:
                taken = working.between(start, end)
                sets += [set_of(duration, step) for step in STEPS if taken <= step]
        if sets:
            yield Fact(month, municipality, where, key, tuple(sets))


def _rows(
    partnership: Partnership,
    moment: str,
    names: Sequence[str],
    timed: Sequence[str],
    since: date,
    until: date,
    ids: Collection[UUID] | None,
) -> Iterator[tuple[Any, ...]]:
    tests = [f"COALESCE({MEASURES[name].condition}, false)" for name in names]
    ends = [day for name in timed for day in (DURATIONS[name].since, DURATIONS[name].until)]
    handover = (
        "JOIN LATERAL (SELECT * FROM referrals_handover x WHERE x.question_id = q.id"
        " ORDER BY x.proposed_at DESC, x.id DESC LIMIT 1) h ON true"
    )
    columns = dict(COLUMNS)
    if not moment.startswith("h."):
        handover = ""
        columns |= {Dimension.SENDER: "''", Dimension.RECEIVER: "''"}
    values: list[Any] = [partnership.id]
    if moment == RUNNING:
        months = list(months_between(since, until))
        month = "m.month"
        months_sql = "CROSS JOIN unnest(%s::date[], %s::timestamptz[]) AS m (month, month_end)"
        values = [[m.since for m in months], [local_moment(m.until) for m in months], *values]
        within = (
            "q.received_at < m.month_end AND (q.closed_at IS NULL OR q.closed_at >= m.month_end)"
        )
    else:
        month, months_sql = f"referrals_month({moment})", ""
        within = f"{moment} >= %s AND {moment} < %s"
        values += [local_moment(since), local_moment(until)]
    if ids is not None:
        within += " AND q.id = ANY(%s)"
        values.append(list(ids))
    asked = ", ".join(["k.municipality", month, "k.key", *columns.values(), *tests, *ends])
    with connection.cursor() as cursor:
        # Only expressions of measures.py, durations.py and this module go into the query's text.
        cursor.execute(
            f"SELECT {asked} FROM intake_question q"  # noqa: S608
            " JOIN referrals_reportedquestion k ON k.question_id = q.id"
            " JOIN organisations_organisation o ON o.id = q.lead_id"
            " JOIN intake_person p ON p.id = q.subject_id"
            " LEFT JOIN intake_contactwish w ON w.person_id = q.asker_id"
            f" LEFT JOIN organisations_service s ON s.id = q.service_id {handover} {months_sql}"
            f" WHERE q.partnership_id = %s AND {within}",
            values,
        )
        yield from cursor


class WorkingDays:
    """Working days between two days, counted once for all rows."""

    def __init__(self, partnership: Partnership, until: date) -> None:
        self._calendar = calendar(partnership)
        self._counted: dict[date, int] = {}
        self._until = until

    def between(self, start: date, end: date) -> int:
        """Return the number of working days after `start` up to and including `end`."""
        if end <= start:
            return 0
        return self._at(end) - self._at(start)

    def _at(self, day: date) -> int:
        if not self._counted:
            first = max(_EVER, date(self._until.year - 15, 1, 1))
            number, known = 0, first
            last = self._until + timedelta(days=800)
            while known <= last:
                number += self._calendar.is_working_day(known)
                self._counted[known] = number
                known += timedelta(days=1)
        return self._counted.get(day, 0)
