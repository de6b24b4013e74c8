"""Where a sentence for the next page waits: in a cookie, and in the session if it is too long."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NamedCookieStorage(CookieStorage):
    """Django's signed cookie, under a name of our own; it needs no database."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class MessageStorage(FallbackStorage):
    """Django's default storage with that cookie."""

    storage_classes = (NamedCookieStorage, SessionStorage)
