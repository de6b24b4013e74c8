"""Sessions that know when their user signed in, so that a time limit can hold."""

import time

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

BEGUN = "_begun"  # when the user signed in, seconds since 1970
SEEN = "_seen"  # when the user last asked for a page, at most a minute behind


class SessionStore(DatabaseSessionStore):
    """Django's session in the database, which notes the time at which somebody signs in.

    Done here, where every way of signing in passes (password, passkey, organisation's sign-on,
    invitation, demo), so that no way can forget it.
    """

    def __setitem__(self, key: str, value: object) -> None:
        """Store a value; when it is the user's id, note the time beside it."""
        super().__setitem__(key, value)
        if key == SESSION_KEY:
            now = int(time.time())
            super().__setitem__(BEGUN, now)
            super().__setitem__(SEEN, now)
