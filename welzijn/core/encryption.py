"""Encrypt short secrets for storage, with SECRET_KEY; SECRET_KEY_FALLBACKS still decrypt."""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def cipher(purpose: str) -> MultiFernet:
    """Return the cipher of one purpose: what is encrypted for another can't be put in its place."""
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(sha256(f"{purpose}:{key}".encode()).digest()))
            for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )


def encrypt(purpose: str, text: str) -> str:
    """Return `text` encrypted."""
    return cipher(purpose).encrypt(text.encode()).decode()


def decrypt(purpose: str, encrypted: str) -> str:
    """Return what `encrypt` was given. Raises InvalidToken where its key is gone."""
    return cipher(purpose).decrypt(encrypted.encode()).decode()


def renew(purpose: str, encrypted: str) -> str:
    """Return it encrypted with SECRET_KEY of today. Raises InvalidToken where its key is gone."""
    return cipher(purpose).rotate(encrypted.encode()).decode()
