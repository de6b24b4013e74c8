"""What every page's frame needs to know about the front door it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
from django.conf import settings
from django.http import HttpRequest

from welzijn.core.contact_details import display_phone

DEFAULT_THEME = "default"


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """The frame's facts, taken from the partnership of the request and from nothing else.

    title: stands in every page title. Neutral: it never says what a page is about (invariant 9),
        because a title stays behind in a browser's history and on a shared screen.
    theme: the slug of a tokens file in static/themes, or "" for the product's own colours.
    reading_now: whether somebody reads along at this moment; None where that isn't known.
    """

    name: str
    title: str
    theme: str
    phone: str
    phone_link: str
    desk_name: str
    reading_now: bool | None
    demo: bool


def front_door(request: HttpRequest) -> dict[str, FrontDoor]:
    """Context processor: `front_door` for the frames. Asks the database nothing.

    Works without a partnership (the bare host, an error before the middleware ran).
    """
    return {"front_door": describe(getattr(request, "partnership", None))}


def describe(partnership: Any) -> FrontDoor:
    """The frame's facts for a partnership, or for none."""
    if partnership is None:
        return FrontDoor("Voordeur", "Voordeur", "", "", "", "", None, settings.WELZIJN_DEMO)
    phone = getattr(partnership, "desk_phone", "") or ""
    return FrontDoor(
        name=partnership.name,
        title="Voordeur",
        theme=known_theme(getattr(partnership, "theme", "")),
        phone=readable_phone(phone),
        phone_link="".join(c for c in phone if c.isdigit() or c == "+"),
        desk_name=getattr(partnership, "desk_name", "") or "",
        reading_now=getattr(partnership, "reading_now", None),
        demo=settings.WELZIJN_DEMO,
    )


def known_theme(slug: str) -> str:
    """The slug if static/themes has such a file, else "": a typing error must not break a page."""
    return slug if slug in theme_slugs() else ""


@cache
def theme_slugs() -> frozenset[str]:
    """The themes that are there, read once a process: the names of static/themes/*.css."""
    folder = Path(settings.BASE_DIR) / "static" / "themes"
    return frozenset(path.stem for path in folder.glob("*.css"))


def readable_phone(number: str) -> str:
    """A number as people write it; as it was given where it can't be read as one."""
    try:
        return display_phone(number) if number else ""
    except phonenumbers.NumberParseException:
        return number
