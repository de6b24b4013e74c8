"""A report of somebody's own choice as a document: its table, its picture, its comparison."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from referrals.reports import long_format, maps
from referrals.reports.answers import Answer, Shown
from referrals.reports.charts import Bar, Picture, bars, line
from referrals.reports.choice import Reader
from referrals.reports.document import Document, Section, TableOf, Value, about, spoken_period
from referrals.reports.names import Names, headings
from referrals.reports.noise import Figure
from referrals.reports.offered import Unit
from referrals.reports.shares import Estimate
from referrals.reports.tables import Dimension

_MOST_SERIES = 3
_MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer that a report is compared with, and what it is called."""

    name: str
    answer: Answer


def of(
    answer: Answer, names: Names, place: str, reader: Reader, compared: Compared | None = None
) -> Document:
    """Return the document of an answer."""
    query = answer.query
    measure = str(answer.offered.name)
    if answer.unit is Unit.PER_THOUSAND:
        measure = _("{measure} per 1.000 inwoners").format(measure=measure)
    period = spoken_period(query.since, query.until)
    filters = [
        f"{headings()[d].lower()}: {names.of(d, key)}"
        for d, key in query.filters.items()
        if d is not Dimension.MUNICIPALITY
    ]
    table = _table(answer, names, measure, compared)
    total = Value(answer.total, answer.unit)
    sentence = _("{measure}, {place}: {number}.").format(
        measure=measure, place=place, number=about(total)
    )
    definitions = [(measure, str(answer.offered.definition))]
    if answer.unit is Unit.PER_THOUSAND:
        known = reader.inhabitants
        source = _("Aantal inwoners: {source}, {year}.")
        definitions.append(
            (_("Inwoners"), source.format(source=known.source, year=known.year or ""))
        )
    return Document(
        title=measure,
        place=", ".join([place, *filters]),
        period=period,
        sentences=[sentence],
        sections=[
            Section(
                headings()[query.rows],
                table,
                _picture(answer, names, measure, compared),
                map=_map(answer, names, measure, reader),
            )
        ],
        definitions=definitions,
        bound=answer.bound,
        lines=list(long_format.of_table(answer, names, place))[1:],
        name=f"{reader.partnership.slug}-{query.since:%Y-%m}",
    )


def _label(answer: Answer, names: Names, dimension: Dimension | None, key: str) -> str:
    return names.of(dimension, key, answer.together) if dimension and key else _("Totaal")


def _table(answer: Answer, names: Names, measure: str, compared: Compared | None) -> TableOf:
    query = answer.query
    columns = [*answer.columns, ""]
    head = [_label(answer, names, query.columns, key) for key in columns] if query.columns else []
    head = [headings()[query.rows], *(head or [measure])]
    rows: list[Sequence[object]] = []
    with_it = compared if compared and not query.columns else None
    if with_it:
        head += [with_it.name, _("Verschil")]
    for number, key in enumerate([*answer.rows, ""]):
        cells: list[object] = [_label(answer, names, query.rows, key)]
        cells += [Value(answer.figures[key, column], answer.unit) for column in columns]
        if with_it:
            other = _other(answer, with_it.answer, key, number)
            cells += [Value(other, answer.unit), change(answer.figures[key, ""], other)]
        rows.append(cells)
    return TableOf(measure, head, rows)


def _other(answer: Answer, other: Answer, key: str, number: int) -> Shown:
    """Return the figure to compare with; months are compared by their place in the period."""
    if answer.query.rows is Dimension.MONTH and key:
        key = other.rows[number] if number < len(other.rows) else "-"
    if answer.together != other.together:
        return other.figures.get((key, "")) if not key else None
    return other.figures.get((key, ""))


def change(one: Shown, other: Shown) -> str:
    """Say whether a figure is higher than another, as far as their errors let it be said."""
    if one is None or other is None:
        return _("niet te zeggen")
    error = math.hypot(_deviation(one), _deviation(other))
    by = float(one.value) - float(other.value)
    if abs(by) <= 2 * error:
        return _("ongeveer gelijk")
    return _("hoger") if by > 0 else _("lager")


def _deviation(figure: Figure | Estimate) -> float:
    if isinstance(figure, Figure):
        return figure.deviation
    return (float(figure.upper) - float(figure.lower)) / 4


def _map(answer: Answer, names: Names, measure: str, reader: Reader) -> Picture | None:
    """Draw the totals of the rows where these are neighbourhoods with borders."""
    if answer.query.rows is not Dimension.NEIGHBOURHOOD:
        return None
    rows = [
        (key, names.of(answer.query.rows, key), _bar(answer.figures[key, ""]))
        for key in answer.rows
    ]
    return maps.drawn("kaart", measure, rows, maps.borders_of(reader.partnership))


def _bar(shown: Shown) -> Bar:
    return Bar(shown.value, shown.lower, shown.upper) if shown else Bar(None)


def _picture(
    answer: Answer, names: Names, measure: str, compared: Compared | None
) -> Picture | None:
    """Draw the rows as bars, or months as a line; nothing where it would be a tangle."""
    query = answer.query
    if query.rows is Dimension.MONTH and not query.columns and len(answer.rows) > 1:
        points = [(key[:7], _bar(answer.figures[key, ""])) for key in answer.rows]
        text = _("Een punt per maand, met een streep voor de onzekerheid.")
        return line("keuze", measure, text, points)
    if len(answer.rows) > _MOST_ROWS or len(answer.columns) > _MOST_SERIES:
        columns, series = [""], []
    else:
        columns = list(answer.columns) or [""]
        series = [_label(answer, names, query.columns, c) for c in columns if c]
    if len(answer.rows) > _MOST_ROWS:
        return None
    rows = [
        (
            _label(answer, names, query.rows, key),
            [_bar(answer.figures[key, column]) for column in columns],
        )
        for key in answer.rows
    ]
    if compared and not query.columns:
        series = [spoken_period(query.since, query.until), compared.name]
        rows = [
            (label, [*found, _bar(_other(answer, compared.answer, key, number))])
            for number, (key, (label, found)) in enumerate(zip(answer.rows, rows, strict=True))
        ]
    text = _("Staven per {rows}, met een streep voor de onzekerheid.").format(
        rows=headings()[query.rows].lower()
    )
    return bars("keuze", measure, text, rows, series)
