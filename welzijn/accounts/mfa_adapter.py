"""How the second factor is kept: its secrets lie encrypted in the database."""

import base64
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

_MARK = "fernet:"


def _cipher() -> MultiFernet:
    """Encrypts with SECRET_KEY; reads what an earlier key (SECRET_KEY_FALLBACKS) wrote as well."""
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(sha256(b"second-factor:" + key.encode()).digest()))
            for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )


class StaffMFAAdapter(DefaultMFAAdapter):
    """allauth's second factor, so that a stolen copy of the database makes nobody's codes.

    A secret from before this existed has no mark and is read as it is. Raises InvalidToken for a
    secret whose key is gone: a user then needs a new second factor.
    """

    def encrypt(self, text: str) -> str:
        """The secret of an app, or the seed of recovery codes, as it is stored."""
        return _MARK + _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` was given."""
        if not encrypted_text.startswith(_MARK):
            return encrypted_text
        return _cipher().decrypt(encrypted_text.removeprefix(_MARK).encode()).decode()
