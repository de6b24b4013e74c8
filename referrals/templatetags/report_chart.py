"""A bar chart of two measures that is also a table, like the design system's `bar_chart`."""

from collections.abc import Sequence
from typing import Any

from django import template

from referrals.reports.figures import Line

register = template.Library()


@register.inclusion_tag("referrals/reports/_chart.html")
def two_bars(
    lines: Sequence[Line], caption: str, heading: str, chart_id: str, explanation: str = ""
) -> dict[str, Any]:
    """Bars for received and helped, on one scale; `chart_id` must be unique on the page."""
    numbers = [n for line in lines for n in (line.received, line.helped) if n is not None]
    top = max(numbers, default=0) or 1

    def cell(number: int | None) -> dict[str, Any]:
        # A string: the width in SVG needs a point, also on a Dutch page.
        share = f"{max(1, 100 * number / top):.1f}" if number else ""
        return {"number": number, "share": share}

    return {
        "bars": [
            {"label": line.label, "cells": [cell(line.received), cell(line.helped)]}
            for line in lines
        ],
        "caption": caption,
        "heading": heading,
        "id": chart_id,
        "explanation": explanation,
    }
