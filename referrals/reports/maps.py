"""A map of neighbourhoods, drawn from the borders in the partnership's file; nothing from outside.

The darker an area, the higher its figure. Each area says its name and its figure as well, so that
no colour has to be told from another; the table of the same figures stands beside it.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from organisations.partnerships.models import Partnership
from referrals.reports.charts import WIDTH, Bar, Picture, shortened

Ring = Sequence[Sequence[float]]
Borders = Mapping[str, Sequence[Sequence[Ring]]]
"""For each neighbourhood its areas; an area is an outer ring, and the rings of its holes."""
_HIGHEST = 460
_DARKEST = 0.5
_LONGEST_NAME, _LETTER = 16, 6.5  # and the width of a letter
_FILL = "#1f5c99"


def borders_of(partnership: Partnership) -> Borders:
    """Return the borders that the partnership's file gives. One query."""
    known = partnership.neighbourhoods.filter(border__isnull=False).values_list("pk", "border")
    return {str(pk): _areas(border) for pk, border in known if border}


def _areas(border: Mapping[str, Any]) -> Sequence[Sequence[Ring]]:
    given = border["coordinates"]
    return [given] if border["type"] == "Polygon" else list(given)


def drawn(
    key: str,
    title: str,
    rows: Sequence[tuple[str, str, Bar]],
    borders: Borders,
) -> Picture | None:
    """Draw each row (its category, its name, its figure) that has a border; None without any."""
    shown = [row for row in rows if row[0] in borders]
    if not shown:
        return None
    flat = _Flat([borders[place] for place, _label, _bar in shown])
    top = max([bar.value for _place, _label, bar in shown if bar.value], default=1)
    shapes: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for place, name, bar in shown:
        areas = [[[flat.at(point) for point in ring] for ring in area] for area in borders[place]]
        path = "".join(
            "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + " Z"
            for area in areas
            for ring in area
        )
        shade = 0.0 if bar.value is None else _DARKEST * bar.value / top
        shapes.append({"kind": "area", "path": path, "fill": _FILL, "opacity": f"{shade:.2f}"})
        x, y = _middle(max((area[0] for area in areas), key=lambda ring: abs(_surface(ring))))
        label = shortened(name, _LONGEST_NAME)
        half = len(label) * _LETTER / 2
        x = min(max(x, half), WIDTH - half)
        for line, text in enumerate((label, "?" if bar.value is None else f"{bar.value:.0f}")):
            texts.append(
                {"x": f"{x:.1f}", "y": f"{y + 14 * line:.1f}", "anchor": "middle", "text": text}
            )
    description = _(
        "Kaart van de wijken en kernen, elk met naam en cijfer. De tabel heeft dezelfde cijfers."
    )
    return Picture(key, title, description, math.ceil(flat.height), shapes, texts)


class _Flat:
    """Degrees to the picture: as wide as the text, or as high as a screen allows."""

    def __init__(self, places: Sequence[Sequence[Sequence[Ring]]]) -> None:
        points = [p for areas in places for area in areas for ring in area for p in ring]
        self._west = min(p[0] for p in points)
        self._north = max(p[1] for p in points)
        south = min(p[1] for p in points)
        self._narrowing = math.cos(math.radians((self._north + south) / 2))
        width = (max(p[0] for p in points) - self._west) * self._narrowing
        height = self._north - south
        self._scale = min((WIDTH - 4) / (width or 1), (_HIGHEST - 4) / (height or 1))
        self._left = (WIDTH - width * self._scale) / 2
        self.height = height * self._scale + 4

    def at(self, point: Sequence[float]) -> tuple[float, float]:
        """Return where a point in degrees lies in the picture."""
        x = (point[0] - self._west) * self._narrowing * self._scale
        return self._left + x, 2 + (self._north - point[1]) * self._scale


def _surface(ring: Sequence[tuple[float, float]]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the centre of gravity of a ring; its middle point where it has no surface."""
    surface = _surface(ring)
    if not surface:
        return ring[len(ring) // 2]
    x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return x / (6 * surface), y / (6 * surface)
