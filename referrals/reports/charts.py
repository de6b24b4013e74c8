"""Charts that the server draws as SVG: bars with their uncertainty, lines, flows and a map.

A picture holds numbers of a coordinate system only; `templates/referrals/reports/_picture.svg`
draws it, with a title, a description and patterns that tell series apart without colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

WIDTH = 640
_LABELS = 230
_ROW = 15
_GAP = 9
_LONGEST_LABEL = 34


def _at(number: float) -> str:
    """Return a coordinate: with a decimal point in every language."""
    return f"{number:.1f}"


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart. `shapes` and `texts` are what the template draws, in this order."""

    key: str
    title: str
    description: str
    height: int
    shapes: Sequence[dict[str, Any]]
    texts: Sequence[dict[str, Any]]
    series: Sequence[str] = field(default_factory=tuple)
    width: int = WIDTH

    @property
    def view_box(self) -> str:
        """The size of the drawing."""
        return f"0 0 {self.width} {self.height}"

    @property
    def numbered_series(self) -> list[tuple[int, str]]:
        """The series with the number of their pattern."""
        return list(enumerate(self.series))

    @property
    def svg(self) -> SafeString:
        """The drawing."""
        return render_to_string("referrals/reports/_picture.svg", {"picture": self})

    @property
    def alone(self) -> str:
        """The drawing as a file of its own, with the colours that a page takes from its theme."""
        return render_to_string(
            "referrals/reports/_picture.svg", {"picture": self, "alone": True}
        ).replace("currentColor", "#1a1a1a")


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its bounds; None draws nothing."""

    value: float | None
    lower: float | None = None
    upper: float | None = None


def bars(
    key: str,
    title: str,
    description: str,
    rows: Sequence[tuple[str, Sequence[Bar]]],
    series: Sequence[str],
    *,
    target: float | None = None,
) -> Picture:
    """Draw horizontal bars; a line through the end of each says between which numbers it lies."""
    ends = [e for _l, found in rows for b in found for e in (b.value, b.upper) if e is not None]
    top = max([*ends, target or 0, 1])
    scale = (WIDTH - _LABELS - 60) / top
    shapes: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    y = 4.0
    for label, found in rows:
        middle = y + len(found) * _ROW / 2 + 4
        texts.append({"x": "0", "y": _at(middle), "text": shortened(label)})
        for number, bar in enumerate(found):
            if bar.value is not None:
                length = max(0.5, bar.value * scale)
                shapes.append(
                    {
                        "kind": "bar",
                        "series": number,
                        "x": _at(_LABELS),
                        "y": _at(y + 1),
                        "width": _at(length),
                        "height": _at(_ROW - 3),
                    }
                )
                end = bar.value
                if bar.lower is not None and bar.upper is not None:
                    shapes.append(
                        {
                            "kind": "range",
                            "x1": _at(_LABELS + bar.lower * scale),
                            "x2": _at(_LABELS + bar.upper * scale),
                            "y": _at(y + _ROW / 2 - 0.5),
                        }
                    )
                    end = max(end, bar.upper)
                texts.append(
                    {
                        "x": _at(_LABELS + end * scale + 6),
                        "y": _at(y + _ROW - 4),
                        "text": f"{bar.value:.0f}",
                    }
                )
            y += _ROW
        y += _GAP
    if target is not None:
        x = _at(_LABELS + target * scale)
        shapes.append({"kind": "target", "x1": x, "x2": x, "y1": "0", "y2": _at(y)})
    return Picture(key, title, description, int(y) + 4, shapes, texts, series)


def line(
    key: str,
    title: str,
    description: str,
    points: Sequence[tuple[str, Bar]],
    *,
    target: float | None = None,
    most: float | None = None,
) -> Picture:
    """Draw a trend: a point a period, a band of its uncertainty, and the target as a line."""
    height, left, bottom = 220, 40, 190
    ends = [e for _l, b in points for e in (b.value, b.upper) if e is not None]
    top = most or max([*ends, target or 0, 1]) * 1.1
    step = (WIDTH - left - 70) / max(1, len(points) - 1)

    def height_of(value: float) -> float:
        return bottom - value / top * (bottom - 15)

    shapes: list[dict[str, Any]] = [
        {
            "kind": "axis",
            "x1": _at(left),
            "x2": _at(WIDTH - 10),
            "y1": _at(bottom),
            "y2": _at(bottom),
        }
    ]
    texts = [
        {"x": "0", "y": _at(bottom), "text": "0"},
        {"x": "0", "y": _at(height_of(top) + 8), "text": f"{top:.0f}"},
    ]
    path = []
    for number, (label, bar) in enumerate(points):
        x = left + number * step + (10 if len(points) > 1 else 100)
        if len(points) <= 8 or number % 2 == 0:
            texts.append({"x": _at(max(0, x - 18)), "y": _at(bottom + 18), "text": label})
        if bar.value is None:
            continue
        y = height_of(bar.value)
        path.append(f"{_at(x)},{_at(y)}")
        if bar.lower is not None and bar.upper is not None:
            shapes.append(
                {
                    "kind": "axis",
                    "x1": _at(x),
                    "x2": _at(x),
                    "y1": _at(height_of(bar.lower)),
                    "y2": _at(height_of(bar.upper)),
                }
            )
        shapes.append({"kind": "point", "x": _at(x), "y": _at(y)})
        texts.append({"x": _at(x + 6), "y": _at(y - 6), "text": f"{bar.value:.0f}"})
    shapes.append({"kind": "path", "points": " ".join(path)})
    if target is not None:
        end = _at(height_of(target))
        shapes.append(
            {"kind": "target", "x1": _at(left), "x2": _at(WIDTH - 10), "y1": end, "y2": end}
        )
    return Picture(key, title, description, height, shapes, texts)


def flows(
    key: str,
    title: str,
    description: str,
    left: Sequence[str],
    right: Sequence[str],
    numbers: dict[tuple[int, int], float],
) -> Picture:
    """Draw who hands to whom: the wider a band, the more of them."""
    row = 46
    height = row * max(len(left), len(right), 1) + 10
    top = max([*numbers.values(), 1])
    shapes: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for side, names in (("start", left), ("end", right)):
        texts += [
            {
                "x": "0" if side == "start" else _at(WIDTH),
                "y": _at(index * row + 24),
                "anchor": side,
                "text": shortened(name, 28),
            }
            for index, name in enumerate(names)
        ]
    for (start, end), number in sorted(numbers.items(), key=lambda item: -item[1]):
        if number <= 0:
            continue
        y1, y2 = start * row + 20, end * row + 20
        shapes.append(
            {
                "kind": "band",
                "path": f"M200,{_at(y1)} C320,{_at(y1)} 320,{_at(y2)} 440,{_at(y2)}",
                "width": _at(max(1.0, 16 * number / top)),
            }
        )
    return Picture(key, title, description, height, shapes, texts)


def shortened(text: str, most: int = _LONGEST_LABEL) -> str:
    """Return a label that fits; the table beside the picture has the whole name."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
