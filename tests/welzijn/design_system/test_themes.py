"""Every theme is readable: WCAG 2.2 AA contrast for the pairs that the pages really use."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from welzijn.design_system import stylesheet_build
from welzijn.design_system.context_processors import known_theme, theme_slugs

ROOT = Path(settings.BASE_DIR)
THE_FIVE = {"putten", "landerd", "beekdaelen", "asten-someren", "oss"}
TEXT, PART = 4.5, 3.0  # for text, and for the edge of something one has to see

# (colour, what it stands on, the least contrast)
PAIRS = [
    ("default-color-document", "default-bg-document", TEXT),
    ("default-color-document", "default-bg-subtle", TEXT),
    ("default-color-document", "default-bg-active", TEXT),
    ("default-color-document", "accent-1-bg-default", TEXT),
    ("default-color-document", "accent-1-bg-active", TEXT),
    ("default-color-subtle", "default-bg-document", TEXT),
    ("default-color-subtle", "default-bg-default", TEXT),
    ("default-color-subtle", "accent-1-bg-subtle", TEXT),
    ("default-color-default", "default-bg-hover", TEXT),
    ("default-border-default", "default-bg-subtle", PART),
    ("default-border-default", "default-bg-default", PART),
    ("default-inverse-color-default", "default-inverse-bg-default", TEXT),
    ("accent-1-color-default", "default-bg-document", TEXT),
    ("accent-1-color-default", "default-bg-subtle", TEXT),
    ("accent-1-color-default", "default-bg-default", TEXT),
    ("accent-1-color-default", "accent-1-bg-default", TEXT),
    ("accent-1-color-default", "accent-1-bg-active", TEXT),
    ("accent-1-color-hover", "accent-1-bg-hover", TEXT),
    ("accent-1-border-default", "default-bg-document", PART),
    ("accent-1-border-default", "default-bg-subtle", PART),
    ("accent-1-border-default", "default-bg-default", PART),
    ("accent-1-border-default", "default-bg-active", PART),
    ("accent-1-inverse-color-default", "accent-1-inverse-bg-default", TEXT),
    ("accent-1-inverse-color-default", "accent-1-inverse-bg-hover", TEXT),
    ("positive-color-document", "positive-bg-default", TEXT),
    ("positive-color-hover", "positive-bg-hover", TEXT),
    ("warning-color-document", "warning-bg-default", TEXT),
    ("warning-color-document", "warning-bg-active", TEXT),
    ("warning-color-hover", "warning-bg-hover", TEXT),
    ("negative-color-document", "negative-bg-default", TEXT),
    ("negative-color-hover", "negative-bg-hover", TEXT),
    ("negative-color-hover", "negative-bg-active", TEXT),
    ("negative-color-default", "default-bg-document", TEXT),
    ("negative-color-default", "default-bg-subtle", TEXT),
    ("negative-border-default", "default-bg-subtle", PART),
    ("negative-inverse-color-default", "negative-inverse-bg-default", TEXT),
]


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tokens(theme: str) -> dict[str, str]:
    """All tokens as a page with this theme has them; "" is the product's own look."""
    files = [ROOT / "node_modules" / stylesheet_build.THEME, ROOT / "static/look/tokens.css"]
    if theme:
        files.append(ROOT / "static/themes" / f"{theme}.css")
    found: dict[str, str] = {}
    for file in files:
        found.update(stylesheet_build.declarations(file.read_text(encoding="utf-8")))
    return found


def resolve(name: str, found: dict[str, str]) -> str:
    """The colour at the end of a chain of var()."""
    value = found[name]
    while match := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = found[match[1]]
    return value.lower()


def test_the_scale_of_contrast_is_wcags() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_each_of_the_five_partnerships_has_its_theme() -> None:
    assert theme_slugs() >= THE_FIVE


@pytest.mark.parametrize("theme", ["", *sorted(theme_slugs())])
def test_every_pair_of_a_theme_can_be_read(theme: str) -> None:
    found = tokens(theme)
    too_weak = []
    for colour, ground, least in PAIRS:
        front, back = (resolve(f"--basis-color-{n}", found) for n in (colour, ground))
        ratio = contrast(front, back)
        if ratio < least:
            too_weak.append(f"{colour} {front} on {ground} {back}: {ratio:.2f} < {least}")
    assert too_weak == []


@pytest.mark.parametrize("theme", sorted(theme_slugs()))
def test_a_theme_changes_colours_only(theme: str) -> None:
    text = (ROOT / "static/themes" / f"{theme}.css").read_text(encoding="utf-8")
    others = [n for n in stylesheet_build.declarations(text) if not n.startswith("--basis-color-")]
    assert others == []


@pytest.mark.parametrize("slug", ["", "default", "../look/tokens", "nergens"])
def test_a_theme_that_is_not_there_falls_back_to_the_products_own(slug: str) -> None:
    assert known_theme(slug) == ""
