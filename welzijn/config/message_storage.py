"""Where a sentence for the next page waits: in a cookie, and in the session if it is too long."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NamedCookieStorage(CookieStorage):
    """Django's signed cookie, under a name of our own; it needs no database."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class MessageStorage(FallbackStorage):
    """Django's default storage with that cookie; the same sentence waits once."""

    storage_classes = (NamedCookieStorage, SessionStorage)

    def add(self, level: int, message: Any, extra_tags: str | None = "") -> None:
        """Queue a sentence for the next page, unless it waits already."""
        # Django's names; its stubs leave them out.
        waiting = [*self._loaded_messages, *self._queued_messages]  # type: ignore[attr-defined]
        if all((one.level, str(one.message)) != (level, str(message)) for one in waiting):
            super().add(level, message, extra_tags)
