"""What a browser may open without an account, after a code was right: an id, for a short time."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol, TypeVar

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

SESSION_LASTS = timedelta(minutes=20)  # after each look
SESSION_LASTS_AT_MOST = timedelta(hours=2)  # after the code was given


class HasCodeDigest(Protocol):
    """A row that is opened with a code, of which it stores a digest."""

    @property
    def code_digest(self) -> bytes | memoryview: ...


Opened = TypeVar("Opened", bound=HasCodeDigest)


@dataclass(frozen=True, slots=True)
class BrowserAccess:
    """One kind of access in the browser's session, under keys that begin with `name`.

    It ends SESSION_LASTS after the last look, SESSION_LASTS_AT_MOST after the code was given, and
    as soon as the row has another code than the one that was given.
    """

    name: str

    @property
    def id_key(self) -> str:
        """The session key of the id that is open."""
        return f"{self.name}_id"

    @property
    def since_key(self) -> str:
        """The session key of the moment at which the code was given."""
        return f"{self.name}_since"

    @property
    def until_key(self) -> str:
        """The session key of the moment after which the code is asked again."""
        return f"{self.name}_until"

    @property
    def code_key(self) -> str:
        """The session key of which code was given."""
        return f"{self.name}_code"

    def grant(
        self, request: HttpRequest, opened: object, row: HasCodeDigest, now: datetime
    ) -> None:
        """Keep what has the id `opened` open, with the code that `row` has now.

        Under a fresh session key and CSRF token: those from before may be somebody else's.
        """
        request.session.cycle_key()
        rotate_token(request)
        request.session[self.id_key] = str(opened)
        request.session[self.code_key] = _mark(row)
        request.session[self.since_key] = now.isoformat()
        self.extend(request, now)

    def extend(self, request: HttpRequest, now: datetime) -> None:
        """Count SESSION_LASTS anew from now, up to SESSION_LASTS_AT_MOST."""
        since = datetime.fromisoformat(request.session[self.since_key])
        until = min(now + SESSION_LASTS, since + SESSION_LASTS_AT_MOST)
        request.session[self.until_key] = until.isoformat()

    def opened(
        self, request: HttpRequest, now: datetime, find: Callable[[str], Opened | None]
    ) -> Opened | None:
        """Return what this browser has open: the row that `find` gives for its id.

        None where there is none, where it has lapsed, and where the row has a new code.
        """
        opened: str | None = request.session.get(self.id_key)
        given: str | None = request.session.get(self.code_key)
        until, since = (request.session.get(key) for key in (self.until_key, self.since_key))
        if not (opened and given and until and since) or datetime.fromisoformat(until) < now:
            return None
        row = find(opened)
        if row is None or not hmac.compare_digest(given, _mark(row)):
            return None
        return row

    def has_lapsed(self, request: HttpRequest, now: datetime) -> bool:
        """Whether this browser had something open until a while ago."""
        until = request.session.get(self.until_key)
        return until is not None and datetime.fromisoformat(until) < now

    def revoke(self, request: HttpRequest) -> None:
        """Close it in this browser."""
        for key in (self.id_key, self.code_key, self.since_key, self.until_key):
            request.session.pop(key, None)


# The page of a partner outside, by its link and code (referrals/external_handovers).
PARTNER_ACCESS = BrowserAccess("overdracht")


def _mark(row: HasCodeDigest) -> str:
    """Return what tells one code of a row from another; the digest itself stays in the row."""
    return sha256(b"browser-access:" + bytes(row.code_digest)).hexdigest()
