"""Encrypt the secrets of second factors anew after a new SECRET_KEY."""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

from welzijn.accounts.mfa_adapter import StaffMFAAdapter


def renew() -> tuple[int, int]:
    """Return how many second factors are encrypted with the key of today, and how many can't be.

    Those were encrypted with a key that is in SECRET_KEY_FALLBACKS no more.
    """
    renewed, unreadable = 0, 0
    keys = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
    for pk in list(keys.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            found = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if found is None:
                continue
            try:
                found.data = _renewed(found.data)
            except InvalidToken:
                unreadable += 1
                continue
            found.save(update_fields=["data"])
            renewed += 1
    return renewed, unreadable


def _renewed(data: dict[str, Any]) -> dict[str, Any]:
    """Allauth's secrets of an app, or of recovery codes: a seed, or codes of before."""
    adapter = StaffMFAAdapter()
    changed = dict(data)
    for name in ("secret", "seed"):
        if name in data:
            changed[name] = adapter.renew(data[name])
    if "migrated_codes" in data:
        changed["migrated_codes"] = [adapter.renew(code) for code in data["migrated_codes"]]
    return changed
