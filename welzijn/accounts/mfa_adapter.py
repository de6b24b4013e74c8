"""Encrypt the secrets of second factors in the database."""

import base64
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

_MARK = "fernet:"


def _cipher() -> MultiFernet:
    """Return the cipher: encrypts with SECRET_KEY, decrypts with SECRET_KEY_FALLBACKS as well."""
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(sha256(b"second-factor:" + key.encode()).digest()))
            for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )


class StaffMFAAdapter(DefaultMFAAdapter):
    """Encrypt allauth's secrets, so that a stolen database yields no valid codes.

    A secret without the prefix was stored unencrypted and is returned as it is. Raises InvalidToken
    for a secret whose key is gone: the user then needs a new second factor.
    """

    def encrypt(self, text: str) -> str:
        """Encrypt a TOTP secret or the seed of recovery codes for storage."""
        return _MARK + _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt what `encrypt` returned."""
        if not encrypted_text.startswith(_MARK):
            return encrypted_text
        return _cipher().decrypt(encrypted_text.removeprefix(_MARK).encode()).decode()
