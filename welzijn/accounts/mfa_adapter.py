"""Encrypt the secrets of second factors in the database."""

from allauth.mfa.adapter import DefaultMFAAdapter

from welzijn.core import encryption

_MARK = "fernet:"
_PURPOSE = "second-factor"


class StaffMFAAdapter(DefaultMFAAdapter):
    """Encrypt allauth's secrets, so that a stolen database yields no valid codes.

    A secret without the prefix was stored unencrypted and is returned as it is. Raises InvalidToken
    for a secret whose key is gone: the user then needs a new second factor.
    """

    def encrypt(self, text: str) -> str:
        """Encrypt a TOTP secret or the seed of recovery codes for storage."""
        return _MARK + encryption.encrypt(_PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt what `encrypt` returned."""
        if not encrypted_text.startswith(_MARK):
            return encrypted_text
        return encryption.decrypt(_PURPOSE, encrypted_text.removeprefix(_MARK))
