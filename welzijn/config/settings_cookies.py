"""Settings of cookies: names, and who may read them. All but one end with the browser.

Part of `welzijn.settings`, which imports every name of this module.
"""

from welzijn.config.environment import flag, names

# Whether this is production, behind https: hosts are named there. The demo and the tests run over
# http on *.localhost.
SECURE = bool(names("ALLOWED_HOSTS")) and not (flag("WELZIJN_DEMO") or flag("WELZIJN_TEST"))
# A browser accepts a cookie of this name over https only, from this host only: neither another
# host of the same domain nor somebody on the line can put one into the browser. It asks for
# Secure, Path=/ and no Domain.
_PREFIX = "__Host-" if SECURE else ""

SESSION_ENGINE = "welzijn.accounts.sessions"
SESSION_COOKIE_NAME = f"{_PREFIX}voordeur"
SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds that the row is kept
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
# A cookie of its own rather than the session: a visitor who only reads gets no session, and the
# page that gives back what was typed has a valid token while the database is down. The name keeps
# others from planting it; signing in and giving a code replace it.
CSRF_COOKIE_NAME = f"{_PREFIX}formulier"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_NAME = f"{_PREFIX}taal"
LANGUAGE_COOKIE_AGE = None
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE
# The key of what somebody typed and did not send (intake/ask/draft.py).
DRAFT_COOKIE_NAME = f"{_PREFIX}concept"
# Marks of what this browser opened before (welzijn/core/known_browser.py): the one that lasts.
KNOWN_BROWSER_COOKIE_NAME = f"{_PREFIX}bekend"
# A sentence for the next page.
MESSAGES_COOKIE_NAME = f"{_PREFIX}bericht"
MESSAGE_STORAGE = "welzijn.config.message_storage.MessageStorage"
# What was typed on a page whose language is being switched (language_switch.py).
TYPED_COOKIE_NAME = f"{_PREFIX}getypt"
