"""The sheets of a spreadsheet with a document: its tables, and what everything means."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from referrals.reports.document import Document, Value

Cell = str | float | None
Sheet = tuple[str, list[Sequence[Cell]]]


def of(document: Document) -> list[Sheet]:
    """Return each sheet with its rows; the first row of a sheet is its head."""
    found = []
    for number, section in enumerate(document.sections, start=1):
        name = f"{number} {section.heading}"[:31]
        found.append((_named(name), list(_table(section.table.head, section.table.rows))))
    return [*found, (_("Uitleg"), list(_explanation(document)))]


def _named(name: str) -> str:
    return "".join(" " if sign in r"[]:*?/\'" else sign for sign in name)


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[Sequence[Cell]]:
    """Each figure takes three cells: the figure, and between which numbers the truth lies."""
    figures = [
        any(isinstance(row[index], Value) for row in rows if index < len(row))
        for index in range(len(head))
    ]
    titles: list[Cell] = []
    for name, is_figure in zip(head, figures, strict=True):
        titles += [name, f"{name}: {_('onder')}", f"{name}: {_('boven')}"] if is_figure else [name]
    yield titles
    for row in rows:
        cells: list[Cell] = []
        for cell, is_figure in zip(row, figures, strict=True):
            if isinstance(cell, Value):
                shown = cell.shown
                ends = (shown.lower, shown.upper) if shown else (None, None)
                cells += [cell.number, *(None if e is None else round(float(e), 1) for e in ends)]
            else:
                cells += [str(cell), None, None] if is_figure else [str(cell)]
        yield cells


def _explanation(document: Document) -> Iterator[Sequence[Cell]]:
    yield _("Wat"), _("Uitleg")
    yield _("Titel"), document.title
    yield _("Gemeente"), document.place
    yield _("Periode"), document.period
    for sentence in document.sentences:
        yield _("Wat dit laat zien"), sentence
    yield from document.definitions
    yield _("Bescherming"), document.protection
