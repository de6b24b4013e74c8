"""Sessions that record when their user signed in, for the time limits."""

import time

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

STARTED_AT = "_begun"  # when the user signed in, seconds since 1970
LAST_SEEN_AT = "_seen"  # when the user last asked for a page, at most a minute behind
# Whether the identity provider asked for a second factor that its rule accepts.
PROVIDER_SECOND_FACTOR = "_provider_second_factor"


class SessionStore(DatabaseSessionStore):
    """Django's database session, extended with the time of sign-in.

    Every way of signing in sets the user's id here (password, passkey, single sign-on, invitation,
    demo), so none can omit it.
    """

    def __setitem__(self, key: str, value: object) -> None:
        """Store a value, and the time with the user's id."""
        super().__setitem__(key, value)
        if key == SESSION_KEY:
            now = int(time.time())
            super().__setitem__(STARTED_AT, now)
            super().__setitem__(LAST_SEEN_AT, now)
