"""Encrypt the secrets of second factors in the database."""

from typing import ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import InvalidToken
from django.utils.translation import gettext_lazy

from welzijn.core import encryption

_MARK = "fernet:"
_PURPOSE = "second-factor"


class StaffMFAAdapter(DefaultMFAAdapter):
    """Encrypt allauth's secrets, so that a stolen database yields no valid codes.

    A secret without the prefix was stored unencrypted and is returned as it is.
    """

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "unreadable": gettext_lazy(
            "Uw tweede stap werkt niet meer, omdat de sleutel van deze website is vervangen. "
            "Het ligt niet aan u of uw code. Vraag uw functioneel beheerder om een nieuwe."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a TOTP secret or the seed of recovery codes for storage."""
        return _MARK + encryption.encrypt(_PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt what `encrypt` returned.

        Raises ValidationError where its key is gone: the form says so, and that a new second factor
        is needed.
        """
        if not encrypted_text.startswith(_MARK):
            return encrypted_text
        try:
            return encryption.decrypt(_PURPOSE, encrypted_text.removeprefix(_MARK))
        except InvalidToken:
            raise self.validation_error("unreadable") from None

    def renew(self, encrypted_text: str) -> str:
        """Encrypt it with SECRET_KEY of today. Raises InvalidToken where its key is gone."""
        if not encrypted_text.startswith(_MARK):
            return self.encrypt(encrypted_text)
        return _MARK + encryption.renew(_PURPOSE, encrypted_text.removeprefix(_MARK))
