"""`manage.py report`: the protected figures exactly as the screens show them."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisations.partnerships.models import Partnership
from referrals.reports import choice, refusals
from referrals.reports.answers import Answer, Shown
from referrals.reports.names import Names
from referrals.reports.tables import Dimension, Refused


class Command(BaseCommand):
    """Prints a report; refuses what the screens refuse."""

    help = "Prints protected figures, with their uncertainty. Reads the rollup only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        dimensions = [dimension.value for dimension in Dimension]
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--municipality", metavar="GM", help="default: all together")
        parser.add_argument(
            "--period", required=True, help="2026, 2026-Q3, 2026-09 or 2026-02..2026-05"
        )
        parser.add_argument("--rows", required=True, choices=dimensions)
        parser.add_argument("--columns", choices=dimensions)
        parser.add_argument(
            "--filter", action="append", default=[], metavar="DIMENSION=SLUG", dest="filters"
        )
        parser.add_argument("--measure", default="received", choices=choice.MEASURES)
        parser.add_argument("--per-1000", action="store_true", help="per 1,000 inhabitants")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the table. Raises CommandError for what doesn't exist or is refused."""
        try:
            partnership = Partnership.objects.get(slug=options["partnership"])
        except Partnership.DoesNotExist:
            raise CommandError(f"{options['partnership']} is not a partnership") from None
        names = Names(partnership)
        code = options["municipality"]
        if code is not None and not choice.known_municipality(partnership, code):
            raise CommandError(f"{code} is not a municipality of {partnership.slug}")
        try:
            chosen = choice.Choice(
                measure=options["measure"],
                municipality=code,
                period=choice.period_of(options["period"]),
                rows=Dimension(options["rows"]),
                columns=Dimension(options["columns"]) if options["columns"] else None,
                per_thousand=options["per_1000"],
                filters=dict(self._filter(text, names) for text in options["filters"]),
            )
            answer = choice.read(partnership, chosen, timezone.now())
        except Refused as refusal:
            raise CommandError(f"{refusal.reason}: {refusals.in_words(refusal.reason)}") from None
        found = as_json(answer, names)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for cell in found["cells"]:
            label = " / ".join(filter(None, (cell["row_name"], cell["column_name"])))
            value = "-" if cell["value"] is None else cell["value"]
            self.stdout.write(f"{value:>7} ({cell['lower']}-{cell['upper']})  {label}")

    def _filter(self, text: str, names: Names) -> tuple[Dimension, str]:
        dimension, _sign, slug = text.partition("=")
        try:
            return Dimension(dimension), names.key(Dimension(dimension), slug)
        except ValueError:
            raise CommandError(f"{dimension} is not a dimension") from None


def as_json(table: Answer, names: Names) -> dict[str, Any]:
    """Return a table as it is printed. An empty slug is the total."""
    query = table.query
    last = query.until - timedelta(days=1)
    return {
        "measure": table.measure,
        "definition": str(table.offered.definition),
        "unit": table.unit.value,
        "since": f"{query.since:%Y-%m}",
        "through": f"{last:%Y-%m}",
        "rows": query.rows.value,
        "columns": query.columns.value if query.columns else None,
        "together": [names.slug(axis, key) for axis, key in table.together],
        "total": _figure(table.total),
        "cells": [
            {
                "row": names.slug(query.rows, row),
                "row_name": names.of(query.rows, row, table.together) if row else "",
                "column": names.slug(query.columns, column) if query.columns else "",
                "column_name": (
                    names.of(query.columns, column, table.together)
                    if query.columns and column
                    else ""
                ),
                **_figure(figure),
            }
            for (row, column), figure in table.figures.items()
        ],
    }


def _figure(figure: Shown) -> dict[str, float | None]:
    """Return a figure; None where its error would be larger than itself."""
    if figure is None:
        return {"value": None, "lower": None, "upper": None}
    ends = {"value": figure.value, "lower": figure.lower, "upper": figure.upper}
    return {name: round(number, 1) for name, number in ends.items()}
