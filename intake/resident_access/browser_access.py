"""What a browser may open without an account, after a code was right: an id, for a short time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

SESSION_LASTS = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class BrowserAccess:
    """One kind of access in the browser's session, under two keys of its own."""

    id_key: str
    until_key: str

    def grant(self, request: HttpRequest, opened: object, now: datetime) -> None:
        """Keep what has this id open for SESSION_LASTS; under a fresh session key."""
        request.session.cycle_key()
        request.session[self.id_key] = str(opened)
        self.extend(request, now)

    def extend(self, request: HttpRequest, now: datetime) -> None:
        """Count SESSION_LASTS anew from now."""
        request.session[self.until_key] = (now + SESSION_LASTS).isoformat()

    def opened_id(self, request: HttpRequest, now: datetime) -> str | None:
        """Return the id that this browser has open; None where there is none or it has lapsed."""
        opened: str | None = request.session.get(self.id_key)
        until = request.session.get(self.until_key)
        if not opened or not until or datetime.fromisoformat(until) < now:
            return None
        return opened

    def has_lapsed(self, request: HttpRequest, now: datetime) -> bool:
        """Whether this browser had something open until a while ago."""
        until = request.session.get(self.until_key)
        return until is not None and datetime.fromisoformat(until) < now

    def revoke(self, request: HttpRequest) -> None:
        """Close it in this browser."""
        request.session.pop(self.id_key, None)
        request.session.pop(self.until_key, None)
