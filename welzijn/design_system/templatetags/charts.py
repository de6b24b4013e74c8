"""Template tags that draw charts in SVG, inside the table of the same figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    rows: Iterable[Any], caption: str, heading: str, unit: str, chart_id: str = "figuur"
) -> dict[str, Any]:
    """Render horizontal SVG bars inside the table of the same figures.

    rows: pairs of (label, number); None as number is a figure too small to be shown.
    heading: what the labels are (Organisatie); unit: what is counted (Vragen).
    chart_id: unique on the page, without blanks.
    """
    pairs = [(str(label), number) for label, number in rows]
    top = max((number for _label, number in pairs if number is not None), default=0) or 1
    bars = [
        {
            "label": label,
            "number": number,
            # A string: an SVG width has a decimal point in every language.
            "share": f"{max(1, 100 * number / top):.1f}" if number else "",
        }
        for label, number in pairs
    ]
    return {"bars": bars, "caption": caption, "heading": heading, "unit": unit, "id": chart_id}
