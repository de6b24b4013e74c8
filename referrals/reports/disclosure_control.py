"""Disclosure control: turn true counts and their keys into the figures that may be shown.

Nothing else reads the rollup for a screen or a file. `tabulate` is a function of cells and a
question (`Query`), so that an attack (`manage.py bench disclosure`) goes through the same code.

- Every cell of every table is protected on its own (`noise.py`): the same group, the same figure.
- A free period is a sum of whole years, quarters and months (`periods.py`).
- What people's questions are about, and two divisions at once, are broken down only for groups of
  at least `smallest` questions, and only if those left out of such a group are as many, or nobody.
  Smaller categories are taken together, so that no table has a hole in it. The decision is taken on
  protected counts, so that it says no more than they do.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from referrals.reports.noise import Figure, Noise, add
from referrals.reports.periods import Part, months_between, parts_of
from referrals.reports.tables import (
    ABOUT,
    KEYS,
    REST_TOO_FEW,
    TOGETHER,
    TOO_FEW,
    TOO_MANY_CHOICES,
    Cell,
    Dimension,
    Place,
    Query,
    Refused,
    Table,
)


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
    together: set[tuple[Dimension, str]] = set()
    if laid_out_as is not None:
        together = set(laid_out_as.together)
    elif query.tells_what_about or query.divides_twice:
        _check_filters(cells, query, noise, smallest)
        for axis in query.guarded_axes:
            small = _too_small(cells, query, axis, categories, noise, smallest)
            together |= {(axis, name) for name in small}

    def category(dimension: Dimension, cell: Cell) -> str:
        if dimension is Dimension.MONTH:
            return cell.month.isoformat()
        found = cell.where[dimension]
        return TOGETHER if (dimension, found) in together else found

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
            return [month for month in months if (dimension, month) not in together]
        names = [name for name in categories[dimension] if (dimension, name) not in together]
        return names if len(names) == len(categories[dimension]) else [*names, TOGETHER]

    rows = listed(query.rows)
    columns = listed(query.columns) if query.columns else []
    figures = {
        (row, column): _protected(sums, (row, column), query, noise)
        for row in [*rows, ""]
        for column in [*columns, ""]
    }

    def position(one: tuple[Dimension, str]) -> tuple[int, int, str]:
        axis, name = one
        names = categories.get(axis, ())
        return query.axes.index(axis), names.index(name) if name in names else 0, name

    return Table(query, rows, columns, figures, sorted(together, key=position))


def _matches(cell: Cell, filters: Mapping[Dimension, str]) -> bool:
    where = cell.where
    return not filters or all(where[dimension] == value for dimension, value in filters.items())


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
    axis: Dimension,
    categories: Mapping[Dimension, Sequence[str]],
    noise: Noise,
    smallest: int,
) -> list[str]:
    """Return the categories of an axis that are taken together, or left out (months)."""
    known = {d: value for d, value in query.filters.items() if d not in ABOUT}
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
