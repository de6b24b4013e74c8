"""Text messages through an HTTP API that speaks as GOV.UK Notify and NotifyNL do.

The service sends from a template of its own; ours has one placeholder, `bericht`, for the whole
text. Our row's id goes along as `reference`. Before a second try the service is asked whether it
already has that reference, so that a crash between sending and recording costs no second text.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Protocol

from django.conf import settings

from welzijn.notifications.channels.errors import (
    AddressRefusedError,
    ChannelDownError,
    PermanentRefusalError,
    TemporaryRefusalError,
)

_TIMEOUT = 10  # seconds
_UUID = 36  # characters: a key ends in service id, hyphen, secret, both UUIDs
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_TOO_MANY = 429
_TOO_EARLY = frozenset({408, 425})


def available() -> bool:
    """True if texts can be sent: a service is configured, or this is the demo."""
    return bool(settings.SMS_API_URL) or settings.WELZIJN_DEMO


class NotifyClient:
    """The three calls that sending a text needs.

    url: the service's root, https unless on this machine. key: as the service's site gives it
    (`name-serviceid-secret`). Raises ValueError where one of them can't be right.
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
        """Send one text. Raises a SendingError that says what to do with it."""
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
        """True if the service already took a text with this reference."""
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
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310
                answer = json.load(response)
        except urllib.error.HTTPError as refused:
            raise _refusal(refused) from None
        except (OSError, ValueError) as away:
            raise ChannelDownError(type(away).__name__) from None
        return answer if isinstance(answer, dict) else {}

    def _token(self) -> str:
        """A JSON Web Token (HS256) that is valid for half a minute."""
        head = _base64({"typ": "JWT", "alg": "HS256"})
        claims = _base64({"iss": self._service, "iat": int(time.time())})
        signed = f"{head}.{claims}"
        digest = hmac.new(self._secret.encode(), signed.encode(), hashlib.sha256).digest()
        return f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


class TextSender(Protocol):
    """What the sweep needs of a way to send texts."""

    def send(self, *, phone: str, text: str, reference: str, second_try: bool) -> None:
        """Send one text. Raises a SendingError."""


def client() -> TextSender:
    """The configured service; in the demo a page of the browser.

    Raises ChannelDownError where the settings can't be right: the messages wait until they are.
    """
    if settings.WELZIJN_DEMO and not settings.SMS_API_URL:
        from welzijn.devtools.demo_mail_backend import DemoTexts

        return DemoTexts()
    try:
        return NotifyClient(settings.SMS_API_URL, settings.SMS_API_KEY, settings.SMS_TEMPLATE_ID)
    except ValueError as wrong:
        raise ChannelDownError(str(wrong)) from None


def _base64(value: dict[str, Any]) -> str:
    raw = json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _refusal(refused: urllib.error.HTTPError) -> Exception:
    """What an HTTP status means for this message.

    401, 403 and 429 are about us, not about the message: a wrong key, a limit for today. A 400
    names the field; only the phone number is the recipient's own.
    """
    code = refused.code
    text = refused.read(4000).decode(errors="replace")
    name = f"HTTP {code}"
    if code == 400:
        about_number = "phone_number" in text
        return AddressRefusedError(name) if about_number else PermanentRefusalError(name)
    if code in (401, 403, _TOO_MANY) or code >= 500:
        return ChannelDownError(name)
    if code in _TOO_EARLY:
        return TemporaryRefusalError(name)
    return PermanentRefusalError(name)
