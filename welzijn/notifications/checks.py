"""System checks of the settings for messages."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from welzijn.core.ids import uuid7
from welzijn.notifications import return_path
from welzijn.notifications.channels.sms import NotifyClient
from welzijn.notifications.rendering import absolute
from welzijn.notifications.return_path import LONGEST_LOCAL_PART

_SHORTEST_TOKEN = 32


@register()
def messages_can_be_sent(**_options: Any) -> list[CheckMessage]:
    """Report settings that would hold back all texts or produce dead links."""
    found: list[CheckMessage] = []
    if settings.SMS_API_URL:
        try:
            NotifyClient(settings.SMS_API_URL, settings.SMS_API_KEY, settings.SMS_TEMPLATE_ID)
        except ValueError as wrong:
            found.append(Error(str(wrong), id="notifications.E001"))
        if not settings.SMS_TEMPLATE_ID:
            found.append(
                Error(
                    "SMS_TEMPLATE_ID is not set: make a template with ((bericht)) at the service",
                    id="notifications.E002",
                )
            )
    if settings.SMS_CALLBACK_TOKEN and len(settings.SMS_CALLBACK_TOKEN) < _SHORTEST_TOKEN:
        found.append(
            Error(
                f"SMS_CALLBACK_TOKEN has to be {_SHORTEST_TOKEN} characters or more",
                id="notifications.E004",
            )
        )
    if len(parseaddr(return_path.of(uuid7()))[1].rpartition("@")[0]) > LONGEST_LOCAL_PART:
        found.append(
            Error(
                "BOUNCE_ADDRESS has to be shorter before the @ (20 characters), or set "
                "BOUNCE_DELIMITER to none",
                id="notifications.E005",
            )
        )
    try:
        address = absolute("host.example", "slug", "/volg/")
    except (KeyError, IndexError, ValueError):
        address = ""
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).netloc:
        found.append(
            Error(
                "PUBLIC_URL has to be an address, with {hostname} or {slug} for the partnership",
                id="notifications.E003",
            )
        )
    return found
