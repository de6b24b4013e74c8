"""What a user may undo for a while: the offer in their session, shown on their next pages.

offer(request, url=, data=, now=)   after a step that can be undone; replaces an earlier offer
current(request, now)               the offer, while it lasts
drop(request)                       it was used, or can't be any more

The session holds ids and the form posts nothing but its key. Whether nothing else happened since is
decided by the verb that undoes, under its lock.
"""

from datetime import datetime, timedelta
from typing import Any, TypedDict

from django.http import HttpRequest

LASTS = timedelta(minutes=10)
_KEY = "undo_offer"


class Offer(TypedDict):
    """Where the undo is sent to, until when (ISO), and what the verb has to know."""

    url: str
    until: str
    data: dict[str, Any]


def offer(request: HttpRequest, *, url: str, data: dict[str, Any], now: datetime) -> None:
    """Offer to undo what was done just now."""
    request.session[_KEY] = Offer(url=url, until=(now + LASTS).isoformat(), data=data)


def current(request: HttpRequest, now: datetime) -> Offer | None:
    """Return the offer of this session, or None after its time."""
    found: Offer | None = request.session.get(_KEY)
    if found is None or datetime.fromisoformat(found["until"]) <= now:
        return None
    return found


def drop(request: HttpRequest) -> None:
    """Forget the offer."""
    request.session.pop(_KEY, None)
