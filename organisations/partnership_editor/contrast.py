"""The colours of a theme, and whether they can be read on each other (WCAG 2.2)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from welzijn.design_system import stylesheet_build

READABLE = 4.5
_ACCENT = "--basis-color-accent-1-"
# (letters, what they stand on) as pages use them; the theme's own colours and white.
_PAIRS = (
    ("color-default", "bg-default"),
    ("color-default", ""),
    ("", "inverse-bg-default"),
    ("", "inverse-bg-hover"),
    ("color-document", "bg-active"),
)


def luminance(colour: str) -> float:
    """Return WCAG's relative luminance of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def of_theme(slug: str) -> dict[str, Any]:
    """Return the colours of a theme with the least contrast of letters on what they stand on."""
    file = Path(settings.BASE_DIR) / "static" / "themes" / f"{slug}.css"
    found = stylesheet_build.declarations(file.read_text(encoding="utf-8"))
    colours = {name: found[f"{_ACCENT}{name}"] for pair in _PAIRS for name in pair if name}
    colours[""] = "#ffffff"
    least = min(ratio(colours[letters], colours[ground]) for letters, ground in _PAIRS)
    return {
        "slug": slug,
        "dark": colours["inverse-bg-default"],
        "light": colours["bg-default"],
        "least": least,
        "readable": least >= READABLE,
    }
