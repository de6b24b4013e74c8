"""The context processor of the page frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
from django.conf import settings
from django.http import HttpRequest

from welzijn.core.contact_details import display_phone
from welzijn.core.direction import apart


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """What the page frame shows of the request's partnership.

    title: part of every page title; neutral (invariant 9), because titles remain in a browser's
        history and show on shared screens.
    theme: the slug of a tokens file in static/themes, or "" for the default colours.
    digid: whether residents may sign in with DigiD.
    rehearsing: whether it is being tried before it opens; every page says so.
    reading_now: whether someone reads new questions at this moment; None where unknown.
    """

    name: str
    title: str
    theme: str
    phone: str
    phone_link: str
    desk_name: str
    reading_now: bool | None
    demo: bool
    digid: bool = False
    rehearsing: bool = False


def front_door(request: HttpRequest) -> dict[str, FrontDoor]:
    """Context processor: add `front_door` without a query.

    Works without a partnership (unknown host, an error before the middleware ran).
    """
    return {"front_door": describe(getattr(request, "partnership", None))}


def describe(partnership: Any) -> FrontDoor:
    """Return the frame's data for a partnership, or the defaults for None."""
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
        digid=settings.DIGID_BROKER is not None
        and getattr(partnership, "slug", "") in settings.DIGID_PARTNERSHIPS,
        rehearsing=getattr(partnership, "rehearsing_since", None) is not None,
    )


def known_theme(slug: str) -> str:
    """Return the slug if static/themes has its file, else "": a wrong one must not break a page."""
    return slug if slug in theme_slugs() else ""


@cache
def theme_slugs() -> frozenset[str]:
    """Return the names of static/themes/*.css, read once per process."""
    folder = Path(settings.BASE_DIR) / "static" / "themes"
    return frozenset(path.stem for path in folder.glob("*.css"))


def readable_phone(number: str) -> str:
    """Return a formatted phone number, or the input where it is no number."""
    try:
        return apart(display_phone(number)) if number else ""
    except phonenumbers.NumberParseException:
        return number
