"""The dashboard of the coordinator: what came in and closed, what waits, and who has how much.

    of(user=, partnership=, now=)   the pictures, each with the numbers of its table

Each number links to the list with exactly those questions: both use the conditions of `numbers.py`.
A fixed number of queries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext as _

from intake.questions.models import Question
from intake.questions.models.question_status import IS_OPEN
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.availability_models import WorkingHours
from referrals.caseload import balance, numbers
from referrals.caseload.selection import EVERYTHING
from welzijn.accounts.models import User
from welzijn.core.working_days import Calendar, local_date, local_moment

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Value:
    """A number with the list that it opens; `width` is the length of its bar, 0 to 100."""

    number: int
    link: str
    width: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, with a bar beside each number."""

    label: str
    values: Sequence[Value]
    more: str = ""
    """What else the table says, as the load by hour."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A table whose numbers have bars: the picture and the table in one."""

    key: str
    title: str
    heading: str
    series: Sequence[str]
    lines: Sequence[Line]
    more: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The pictures, and possible danger that nobody judged."""

    danger: Value
    pictures: Sequence[Picture] = field(default_factory=tuple)


def link(**query: str) -> str:
    """Return the address of the list that these parameters narrow."""
    return f"{reverse('caseload')}?{urlencode(query)}"


def of(*, user: User, partnership: Partnership, now: datetime) -> Dashboard:
    """Return the dashboard of what `user` may list. Takes eleven queries."""
    on = local_date(now)
    calendar = front_door.of(partnership).calendar
    listed = Question.objects.listed_for(user, on).filter(partnership=partnership).not_set_aside()
    spread = balance.of(user=user, partnership=partnership, now=now)
    hours = dict(
        WorkingHours.objects.filter(partnership=partnership).values_list("user_id", "hours")
    )
    return Dashboard(
        danger=Value(
            listed.filter(numbers.unjudged()).count(), link(status=EVERYTHING, gevaar="open")
        ),
        pictures=(
            _weeks(listed, on),
            *_open(listed, on),
            _contact(listed, on, calendar),
            _organisations(spread, hours),
            _people(spread, hours),
        ),
    )


def _weeks(listed: QuerySet[Question], on: date) -> Picture:
    """What came in against what was closed, by week."""
    mondays = [numbers.monday_of(on) - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    since = local_moment(mondays[0])

    def counted(moment: str) -> Mapping[date, int]:
        found: Any = (
            listed.filter(**{f"{moment}__gte": since})
            .order_by()
            .annotate(week=TruncWeek(moment))
            .values("week")
            .annotate(n=Count("pk"))
        )
        return {local_date(row["week"]): row["n"] for row in found}

    received, closed = counted("received_at"), counted("closed_at")
    rows = []
    for monday in mondays:
        key = numbers.week_key(monday)
        rows.append(
            (
                numbers.week_in_words(monday),
                [
                    Value(received.get(monday, 0), link(status=EVERYTHING, binnen=key)),
                    Value(closed.get(monday, 0), link(status=EVERYTHING, afgerond=key)),
                ],
                "",
            )
        )
    return _drawn(
        "weken",
        _("Binnengekomen en afgerond per week"),
        _("Week"),
        (_("Binnengekomen"), _("Afgerond")),
        rows,
        note=_("Afgerond telt ook vragen die zijn ingetrokken."),
    )


def _open(listed: QuerySet[Question], on: date) -> tuple[Picture, Picture]:
    """How old what is open is, and for whom it waits: in one pass over what is open."""
    turns = [key for key in numbers.WAITING_NAMES if key != numbers.PICK_UP]
    picked_up = Q(status=Question.Status.PICKED_UP)
    counts = {f"age_{key}": Count("pk", filter=numbers.of_age(key, on)) for key in numbers.AGES}
    counts |= {
        f"turn_{key}": Count("pk", filter=picked_up & Q(Exact(numbers.waits_for(), key)))
        for key in turns
    }
    counts[f"turn_{numbers.PICK_UP}"] = Count("pk", filter=Q(status=Question.Status.NEW))
    found = listed.filter(IS_OPEN).aggregate(**counts)
    ages = _drawn(
        "leeftijd",
        _("Hoe lang open vragen er al zijn"),
        _("Sinds"),
        (_("Open"),),
        [
            (str(name), [Value(found[f"age_{key}"], link(leeftijd=key))], "")
            for key, name in numbers.AGE_NAMES.items()
        ],
    )
    waiting = _drawn(
        "wachten",
        _("Waar open vragen op wachten"),
        _("Wacht"),
        (_("Open"),),
        [
            (str(name), [Value(found[f"turn_{key}"], link(wacht=key))], "")
            for key, name in numbers.WAITING_NAMES.items()
        ],
    )
    return ages, waiting


def _contact(listed: QuerySet[Question], on: date, calendar: Calendar) -> Picture:
    found = listed.filter(numbers.recent(on)).aggregate(
        **{
            key: Count("pk", filter=numbers.contact(key, on, calendar))
            for key in numbers.CONTACT_NAMES
        }
    )
    return _drawn(
        "contact",
        _("Eerste contact binnen de belofte"),
        _("Eerste contact"),
        (_("Vragen"),),
        [
            (str(name), [Value(found[key], link(status=EVERYTHING, contact=key))], "")
            for key, name in numbers.CONTACT_NAMES.items()
        ],
        note=_("Van de vragen die in de laatste vier weken binnenkwamen."),
    )


def _organisations(spread: balance.Balance, hours: Mapping[UUID, int]) -> Picture:
    """The hours of somebody with two hats count for each hat in equal parts."""
    by_hat: dict[str, float] = {}
    for person in spread.by_worker:
        mine = hours.get(UUID(person.worker_id))
        for hat in person.hats if mine else ():
            by_hat[hat.slug] = by_hat.get(hat.slug, 0) + (mine or 0) / len(person.hats)
    return _drawn(
        "organisaties",
        _("Werk per organisatie en team"),
        _("Organisatie of team"),
        (_("Open"),),
        [
            (load.name, [Value(load.open, load.link)], _per_ten(load.open, by_hat.get(load.slug)))
            for load in spread.by_organisation
        ],
        more=_("Per 10 uur"),
    )


def _people(spread: balance.Balance, hours: Mapping[UUID, int]) -> Picture:
    return _drawn(
        "medewerkers",
        _("Werk per medewerker"),
        _("Medewerker"),
        (_("Open"),),
        [
            (
                person.name,
                [Value(person.total.open, person.total.link)],
                _per_ten(person.total.open, hours.get(UUID(person.worker_id))),
            )
            for person in spread.by_worker
        ],
        more=_("Per 10 uur"),
    )


def _per_ten(number: int, hours: float | None) -> str:
    """Return how many questions there are for ten hours of work a week."""
    if not hours:
        return _("uren niet bekend")
    return f"{10 * number / hours:.1f}".replace(".", ",")


def _drawn(
    key: str,
    title: str,
    heading: str,
    series: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Value], str]],
    *,
    more: str = "",
    note: str = "",
) -> Picture:
    """Give each number its bar: all of one table on one scale."""
    top = max((value.number for _label, values, _more in rows for value in values), default=0) or 1
    lines = [
        Line(
            label,
            [replace(value, width=f"{100 * value.number / top:.1f}") for value in values],
            beside,
        )
        for label, values, beside in rows
    ]
    return Picture(key, title, heading, series, lines, more, note)
