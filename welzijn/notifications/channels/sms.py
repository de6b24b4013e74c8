"""Text messages through the HTTP API of GOV.UK Notify and NotifyNL.

The service sends from a template with one placeholder, `bericht`, that holds the whole text. The
message's id is the `reference`. Before a second attempt the service is asked whether it already
has that reference, so that a crash between sending and recording costs no second text.

docs/decisions says why notifications-python-client is not used (libraries tried and not taken).
"""

from __future__ import annotations

import http.client
import json
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Protocol

import jwt
from django.conf import settings
from django.utils.module_loading import import_string

from welzijn.notifications.channels import bounded_http
from welzijn.notifications.channels.errors import (
    AddressRefusedError,
    BrokenOffError,
    ChannelDownError,
    PermanentRefusalError,
    TemporaryRefusalError,
)
from welzijn.notifications.reasons import Reason

_TIMEOUT = 10  # seconds without a byte
_SECONDS = 20  # a whole call
_UUID = 36  # characters: a key ends in service id, hyphen, secret, both UUIDs
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_TOO_MANY = 429
_TOO_EARLY = frozenset({408, 425})


def available() -> bool:
    """Return whether texts can be sent: a service is configured, or this is the demo."""
    return bool(settings.SMS_API_URL) or settings.WELZIJN_DEMO


class NotifyClient:
    """A client of the service's API, as far as sending texts needs it.

    url: the service's root, https unless local. key: as the service's site shows it
    (`name-serviceid-secret`). Raises ValueError for an invalid url or key.
    """

    def __init__(self, url: str, key: str, template_id: str) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ValueError("SMS_API_URL has to start with https://")
        if len(key) < 2 * _UUID + 1:
            raise ValueError("SMS_API_KEY has to end in a service id and a secret")
        self._url = url.rstrip("/")
        self._service, self._secret = key[-2 * _UUID - 1 : -_UUID - 1], key[-_UUID:]
        self._template_id = template_id

    def send(self, *, phone: str, text: str, reference: str, second_try: bool) -> None:
        """Send one text. Raises the SendingError that tells the sweep what to do."""
        if second_try and self.has(reference):
            return
        self._call(
            "POST",
            "/v2/notifications/sms",
            {
                "phone_number": phone,
                "template_id": self._template_id,
                "personalisation": {"bericht": text},
                "reference": reference,
            },
        )

    def has(self, reference: str) -> bool:
        """Return whether the service has accepted a text with this reference."""
        query = urllib.parse.urlencode({"reference": reference, "template_type": "sms"})
        answer = self._call("GET", f"/v2/notifications?{query}")
        return bool(answer.get("notifications"))

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked at construction
            self._url + path,
            data=json.dumps(body).encode() if body is not None else None,
            method=method,
            headers={
                "Authorization": f"Bearer {self._token()}",
                "Content-Type": "application/json",
                "User-Agent": "voordeur",
            },
        )
        try:
            answer = json.loads(bounded_http.read(request, timeout=_TIMEOUT, seconds=_SECONDS))
        except urllib.error.HTTPError as refused:
            raise _refusal(refused) from None
        except (OSError, ValueError, http.client.HTTPException) as away:
            # Not connected: not tried. Otherwise the service perhaps took it: a second attempt
            # asks first.
            reason = getattr(away, "reason", away)
            name = type(reason if isinstance(reason, Exception) else away).__name__
            never_reached = isinstance(reason, (ConnectionRefusedError, socket.gaierror))
            raise (ChannelDownError if never_reached else BrokenOffError)(name) from None
        return answer if isinstance(answer, dict) else {}

    def _token(self) -> str:
        """Sign a token for one request; the service accepts it for 30 seconds."""
        claims = {"iss": self._service, "iat": int(time.time())}
        return jwt.encode(claims, self._secret, algorithm="HS256")


class TextSender(Protocol):
    """The interface of a text service."""

    def send(self, *, phone: str, text: str, reference: str, second_try: bool) -> None:
        """Send one text. Raises a SendingError."""


def client() -> TextSender:
    """Return the configured service, or the demo's store of texts.

    Raises ChannelDownError for invalid settings: messages wait until they are corrected.
    """
    if settings.WELZIJN_DEMO and not settings.SMS_API_URL:
        sender: type[TextSender] = import_string(settings.DEMO_TEXT_SENDER)
        return sender()
    try:
        return NotifyClient(settings.SMS_API_URL, settings.SMS_API_KEY, settings.SMS_TEMPLATE_ID)
    except ValueError as wrong:
        raise ChannelDownError(str(wrong)) from None


def _refusal(refused: urllib.error.HTTPError) -> Exception:
    """Return the SendingError for an HTTP error.

    401, 403, 429 and a redirect concern our key, quota or address, not the message. After a 500 the
    service perhaps has it. A 400 names the invalid field, of which only the phone number is the
    recipient's.
    """
    code = refused.code
    text = refused.read(4000).decode(errors="replace")
    name = f"HTTP {code}"
    if code == 400:
        about_number = "phone_number" in text
        if about_number:
            return AddressRefusedError(name, Reason.NO_TEXTS)
        return PermanentRefusalError(name)
    if code in (401, 403, _TOO_MANY) or 300 <= code < 400:
        return ChannelDownError(name)
    if code >= 500:
        return BrokenOffError(name)
    if code in _TOO_EARLY:
        return TemporaryRefusalError(name)
    return PermanentRefusalError(name)
