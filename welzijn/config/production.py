"""What production refuses to start with. Each refusal is one sentence, without a secret in it."""

import re
from email.utils import parseaddr
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from welzijn.config.environment import text

SHORTEST_KEY = 50
SHORTEST_TOKEN = 32
FEWEST_CHARACTERS = 10  # different ones in a key
_PLACEHOLDERS = re.compile(
    "change.?me|insecure|not-a-secret|example|password|geheim|verander", re.IGNORECASE
)
_OF_THIS_MACHINE = {"localhost", "127.0.0.1", "::1", "[::1]", "testserver"}


def is_local(host: str) -> bool:
    """Return whether a host name can only be this machine."""
    host = host.lower().strip(".")
    return host in _OF_THIS_MACHINE or host.endswith(".localhost")


def refuse_loose_mode(
    mode: str, *, hosts: list[str], database_url: str, own_database_url: str | None
) -> None:
    """Refuse the demo's or the tests' mode with a real host or a database that isn't their own.

    `own_database_url` is that of the local PostgreSQL, which runs on a port of its own.
    """
    if any(not is_local(host) for host in hosts):
        raise ImproperlyConfigured(
            f"{mode}=1 signs anybody in: it can't go with ALLOWED_HOSTS of a real front door."
        )
    if not database_url:
        return
    given = urlsplit(database_url)
    if given.hostname is None or not is_local(given.hostname):
        raise ImproperlyConfigured(
            f"{mode}=1 is not for a real database: leave DATABASE_URL out, and a local one starts."
        )
    if own_database_url is None or urlsplit(own_database_url).netloc != given.netloc:
        raise ImproperlyConfigured(
            f"{mode}=1 goes with the local PostgreSQL of a checkout only: leave DATABASE_URL out."
        )


def refuse_local_services(*, hosts: list[str], missing: list[str]) -> None:
    """Refuse real hosts that would be served from the local PostgreSQL or Redis of a checkout."""
    if missing and any(not is_local(host) for host in hosts):
        raise ImproperlyConfigured(
            f"{missing[0]} is not set, and ALLOWED_HOSTS names a real front door: the PostgreSQL "
            "and Redis of a checkout are for trying only."
        )


def refuse_insecure(settings: dict[str, Any]) -> None:
    """Refuse weak keys, links over http, a sender that can't be, a password sent in the clear."""
    keys = [("SECRET_KEY", settings["SECRET_KEY"])]
    keys += [("SECRET_KEY_FALLBACKS", key) for key in settings["SECRET_KEY_FALLBACKS"]]
    for name, key in keys:
        weakness = weakness_of(key, shortest=SHORTEST_KEY)
        if weakness:
            raise ImproperlyConfigured(
                f"{name} {weakness}: use {SHORTEST_KEY} random characters or more."
            )
    for name in ("SMS_CALLBACK_TOKEN", "METRICS_TOKEN"):
        weakness = weakness_of(settings[name], shortest=SHORTEST_TOKEN) if settings[name] else None
        if weakness:
            raise ImproperlyConfigured(f"{name} {weakness}: use a long random text.")
    for name in ("DEFAULT_FROM_EMAIL", "BOUNCE_ADDRESS"):
        _refuse_sender(name, settings[name])
    if not settings["PUBLIC_URL"].startswith("https://"):
        raise ImproperlyConfigured("PUBLIC_URL has to begin with https://: links carry secrets.")
    if settings["EMAIL_USE_TLS"] and settings["EMAIL_USE_SSL"]:
        raise ImproperlyConfigured(
            "EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other: 587 has the first, 465 the second."
        )
    if settings["EMAIL_HOST_PASSWORD"] and not (
        settings["EMAIL_USE_TLS"] or settings["EMAIL_USE_SSL"]
    ):
        raise ImproperlyConfigured(
            "EMAIL_HOST_PASSWORD would travel unencrypted: set EMAIL_USE_TLS or EMAIL_USE_SSL to 1."
        )
    for name in ("SMS_API_URL", "OIDC_ISSUER", "DIGID_ISSUER", "SENTRY_DSN"):
        if text(name).startswith("http://"):
            raise ImproperlyConfigured(f"{name} has to begin with https://.")


def weakness_of(key: str, *, shortest: int) -> str | None:
    """Say why a key can be guessed, or return None."""
    if len(key) < shortest:
        return "is too short"
    if _PLACEHOLDERS.search(key):
        return "is a placeholder"
    if len(set(key)) < FEWEST_CHARACTERS:
        return "has too few different characters"
    for length in range(1, len(key) // 2 + 1):
        if key == (key[:length] * len(key))[: len(key)]:
            return "repeats itself"
    steps = [ord(b) - ord(a) for a, b in pairwise(key)]
    if sum(step in {-1, 0, 1} for step in steps) > len(steps) // 2:
        return "is a sequence"
    return None


def _refuse_sender(name: str, value: str) -> None:
    if not value:
        return
    domain = parseaddr(value)[1].rpartition("@")[2].lower().strip(".")
    if is_local(domain) or "." not in domain or domain.endswith((".local", ".localdomain")):
        raise ImproperlyConfigured(
            f"{name} is at {domain or 'no domain'}, which no mail server accepts: "
            'use an address of your own, such as "Voordeur <noreply@your-domain>".'
        )
