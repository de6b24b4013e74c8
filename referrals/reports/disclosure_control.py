"""Disclosure control: turn true counts and their keys into the figures that may be shown.

Nothing else reads the rollup for a screen or a file. `tabulate` is a function of cells and a
question (`Query`), so that an attack (`manage.py bench disclosure`) goes through the same code.

- Every cell of every table is protected on its own (`noise.py`): the same group, the same figure.
- A free period is a sum of whole years, quarters and months (`periods.py`).
- What people's questions are about is broken down only for groups of at least `smallest` questions,
  and only if those who are left out of such a group are as many, or nobody. Smaller categories are
  taken together, so that no table has a hole in it. The decision is taken on protected counts, so
  that it says no more than they do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from referrals.reports.noise import Figure, Noise, add
from referrals.reports.periods import Part, months_between, parts_of

KEYS = 2**32
"""Sums of keys are taken modulo this number."""
TOGETHER = "together"
"""The category of those that are too small to stand alone."""


class Dimension(StrEnum):
    """What figures can be divided by. A question is in exactly one category of each."""

    MUNICIPALITY = "municipality"
    NEIGHBOURHOOD = "neighbourhood"
    ORGANISATION = "organisation"
    LIFE_DOMAIN = "life_domain"
    CHANNEL = "channel"
    TEAM = "team"
    AGE = "age"
    LAYER = "layer"
    KIND = "kind"
    LANGUAGE = "language"
    SENDER = "sender"
    RECEIVER = "receiver"
    MONTH = "month"


ABOUT = frozenset({Dimension.LIFE_DOMAIN, Dimension.KIND, Dimension.LAYER})
"""Dimensions that say what somebody asked for, which others don't know of them."""


class Refused(Exception):  # noqa: N818 - an answer to who asks, not a fault
    """The group is too small for this question; `reason` is one of the constants below."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


TOO_FEW = "too_few"
REST_TOO_FEW = "rest_too_few"
TOO_MANY_CHOICES = "too_many_choices"


@dataclass(frozen=True, slots=True)
class Cell:
    """Questions in one combination of categories and one month: how many, and their keys' sum."""

    where: Mapping[Dimension, str]
    month: date
    count: int
    keys: int


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asks. `until` is not included; both are first days of months."""

    measure: str
    since: date
    until: date
    rows: Dimension
    columns: Dimension | None = None
    filters: Mapping[Dimension, str] = field(default_factory=dict)

    @property
    def axes(self) -> tuple[Dimension, ...]:
        """Rows, and columns if there are any."""
        return (self.rows,) if self.columns is None else (self.rows, self.columns)

    @property
    def dimensions(self) -> frozenset[Dimension]:
        """Every dimension that the counts have to be divided by."""
        return frozenset((*self.axes, *self.filters)) - {Dimension.MONTH}

    @property
    def tells_what_about(self) -> bool:
        """Whether a figure of it says what questions are about."""
        return bool(ABOUT & {*self.axes, *self.filters})


Place = tuple[str, str]
"""Row and column; '' is the total."""


@dataclass(frozen=True, slots=True)
class Table:
    """The protected answer. Totals stand under ''. `together`: the categories taken together."""

    query: Query
    rows: Sequence[str]
    columns: Sequence[str]
    figures: Mapping[Place, Figure]
    together: Sequence[str] = ()

    @property
    def total(self) -> Figure:
        """The figure of everything in the table."""
        return self.figures["", ""]


class _Sums:
    """True counts and keys by place and month; never leaves this module."""

    def __init__(self) -> None:
        self._known: dict[Place, dict[date, tuple[int, int]]] = {}

    def add(self, place: Place, month: date, count: int, keys: int) -> None:
        months = self._known.setdefault(place, {})
        known = months.get(month, (0, 0))
        months[month] = (known[0] + count, (known[1] + keys) % KEYS)

    def of(self, place: Place, part: Part) -> tuple[int, int]:
        found = [
            known
            for month, known in self._known.get(place, {}).items()
            if part.since <= month < part.until
        ]
        return sum(count for count, _keys in found), sum(keys for _count, keys in found) % KEYS


def tabulate(
    cells: Iterable[Cell],
    query: Query,
    *,
    categories: Mapping[Dimension, Sequence[str]],
    noise: Noise,
    smallest: int,
    laid_out_as: Table | None = None,
) -> Table:
    """Answer a question with protected figures.

    `categories` lists what can occur on each axis, with or without questions. Raises Refused where
    the group is too small to say what its questions are about. `laid_out_as`: the table of a whole
    of which this is a part, for a figure that is made of both and shown instead of them.
    """
    about = ABOUT & {*query.filters}
    if (len(query.axes) > 1 and about) or len(ABOUT & {*query.axes, *query.filters}) > 1:
        raise Refused(TOO_MANY_CHOICES)
    cells = list(cells)
    together: list[str] = []
    if laid_out_as is not None:
        together = list(laid_out_as.together)
    elif query.tells_what_about:
        _check_filters(cells, query, noise, smallest)
        together = _too_small(cells, query, categories, noise, smallest)
    axis = next((axis for axis in query.axes if axis not in ABOUT), None)

    def category(dimension: Dimension, cell: Cell) -> str:
        if dimension is Dimension.MONTH:
            return cell.month.isoformat()
        found = cell.where[dimension]
        return TOGETHER if dimension is axis and found in together else found

    sums = _Sums()
    for cell in cells:
        if not _matches(cell, query.filters) or not query.since <= cell.month < query.until:
            continue
        row = category(query.rows, cell)
        column = category(query.columns, cell) if query.columns else ""
        for place in {(row, column), (row, ""), ("", column), ("", "")}:
            sums.add(place, cell.month, cell.count, cell.keys)

    def listed(dimension: Dimension) -> list[str]:
        if dimension is Dimension.MONTH:
            months = [part.since.isoformat() for part in months_between(query.since, query.until)]
            return [month for month in months if month not in together]
        names = [
            name for name in categories[dimension] if dimension is not axis or name not in together
        ]
        return [*names, TOGETHER] if dimension is axis and together else names

    rows = listed(query.rows)
    columns = listed(query.columns) if query.columns else []
    figures = {
        (row, column): _protected(sums, (row, column), query, noise)
        for row in [*rows, ""]
        for column in [*columns, ""]
    }
    return Table(query, rows, columns, figures, tuple(together))


def _matches(cell: Cell, filters: Mapping[Dimension, str]) -> bool:
    return all(cell.where[dimension] == value for dimension, value in filters.items())


def _protected(sums: _Sums, place: Place, query: Query, noise: Noise) -> Figure:
    chosen = {**query.filters}
    since, until = query.since, query.until
    for dimension, name in zip(query.axes, place, strict=False):
        if name and dimension is Dimension.MONTH:
            since = date.fromisoformat(name)
            until = Part(*next(months_between(since, query.until))).until
        elif name:
            chosen[dimension] = name
    what = [f"{dimension}={name}" for dimension, name in sorted(chosen.items())]
    return add(
        noise.protect(*sums.of(place, part), (query.measure, *what, *part))
        for part in parts_of(since, until)
    )


def _count(
    cells: Sequence[Cell], query: Query, filters: Mapping[Dimension, str], noise: Noise
) -> Figure:
    sums = _Sums()
    for cell in cells:
        if _matches(cell, filters) and query.since <= cell.month < query.until:
            sums.add(("", ""), cell.month, cell.count, cell.keys)
    asked_for = Query(query.measure, query.since, query.until, query.rows, None, filters)
    return _protected(sums, ("", ""), asked_for, noise)


def _check_filters(cells: Sequence[Cell], query: Query, noise: Noise, smallest: int) -> None:
    """Refuse a group that is too small, or that leaves too small a rest of a larger one."""
    known = {d: value for d, value in query.filters.items() if d not in ABOUT}
    group = _count(cells, query, known, noise)
    if group.noisy < smallest:
        raise Refused(TOO_FEW)
    for dimension in known:
        whole = _count(
            cells, query, {d: value for d, value in known.items() if d is not dimension}, noise
        )
        # The same group has the same figure: then nobody is left out.
        if whole != group and whole.noisy - group.noisy < smallest:
            raise Refused(REST_TOO_FEW)


def _too_small(
    cells: Sequence[Cell],
    query: Query,
    categories: Mapping[Dimension, Sequence[str]],
    noise: Noise,
    smallest: int,
) -> list[str]:
    """Return the categories of the other axis that are taken together, or left out (months)."""
    known = {d: value for d, value in query.filters.items() if d not in ABOUT}
    axis = next((axis for axis in query.axes if axis not in ABOUT), None)
    if axis is None:
        return []
    if axis is Dimension.MONTH:
        return [
            part.since.isoformat()
            for part in months_between(query.since, query.until)
            if _count(cells, Query(query.measure, *part, rows=query.rows), known, noise).noisy
            < smallest
        ]
    sizes = _sizes(cells, query, axis, known, categories[axis], noise)
    small = [name for name in categories[axis] if sizes[name] < smallest]
    if not small:
        return []
    rest = sorted((name for name in sizes if name not in small), key=lambda name: sizes[name])
    while rest and sum(sizes[name] for name in small) < smallest:
        small.append(rest.pop(0))
    return [name for name in categories[axis] if name in small]


def _sizes(
    cells: Sequence[Cell],
    query: Query,
    axis: Dimension,
    known: Mapping[Dimension, str],
    names: Sequence[str],
    noise: Noise,
) -> dict[str, int]:
    """Return the protected number of each category, whatever it is about."""
    sums = _Sums()
    for cell in cells:
        if _matches(cell, known) and query.since <= cell.month < query.until:
            sums.add((cell.where[axis], ""), cell.month, cell.count, cell.keys)
    asked_for = Query(query.measure, query.since, query.until, axis, None, known)
    return {name: _protected(sums, (name, ""), asked_for, noise).noisy for name in names}
