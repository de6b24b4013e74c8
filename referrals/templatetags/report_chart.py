"""A bar chart of two measures that is also a table, like the design system's `bar_chart`."""

from collections.abc import Sequence
from typing import Any

from django import template

from referrals.reports.figures import Line
from referrals.reports.noise import Figure

register = template.Library()


@register.inclusion_tag("referrals/reports/_chart.html")
def two_bars(
    lines: Sequence[Line], caption: str, heading: str, chart_id: str, explanation: str = ""
) -> dict[str, Any]:
    """Bars for received and helped, on one scale; `chart_id` must be unique on the page."""
    found = [f.value for line in lines for f in (line.received, line.helped) if f is not None]
    top = max(found, default=0) or 1

    def cell(figure: Figure | None) -> dict[str, Any]:
        # A string: the width in SVG needs a point, also on a Dutch page.
        share = f"{max(1, 100 * figure.value / top):.1f}" if figure and figure.value else ""
        return {"figure": figure, "share": share}

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
