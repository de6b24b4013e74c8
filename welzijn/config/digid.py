"""The settings of the DigiD broker: all of them, or none."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from welzijn.single_sign_on.provider_settings import ProviderSettings, from_json

_NEEDED = ("DIGID_ISSUER", "DIGID_CLIENT_ID", "DIGID_PSEUDONYM_KEY")
_SHORTEST_KEY = 40


@dataclass(frozen=True)
class Digid:
    """The broker, and the key that this client signs with."""

    broker: ProviderSettings | None = None
    private_key: str = ""


def from_environment(
    environment: dict[str, str], *, acr: Sequence[str], scope: str, insecure: bool
) -> Digid:
    """Return the broker of DIGID_*, or none. Raises ValueError with one sentence."""
    if not environment.get("DIGID_PARTNERSHIPS"):
        return Digid()
    for name in _NEEDED:
        if not environment.get(name):
            raise ValueError(f"{name} is not set, and DIGID_PARTNERSHIPS is.")
    if len(environment["DIGID_PSEUDONYM_KEY"]) < _SHORTEST_KEY:
        raise ValueError("DIGID_PSEUDONYM_KEY is too short: 40 random characters or more.")
    file, secret = environment.get("DIGID_PRIVATE_KEY_FILE"), environment.get("DIGID_CLIENT_SECRET")
    if bool(file) == bool(secret):
        raise ValueError("Set DIGID_PRIVATE_KEY_FILE or DIGID_CLIENT_SECRET, one of both.")
    row = {
        "id": "digid",
        "label": "DigiD",
        "issuer": environment["DIGID_ISSUER"],
        "client_id": environment["DIGID_CLIENT_ID"],
        "client_secret": secret or "signs",
        "second_factor_acr": list(acr),
        "scope": scope.split(),
    }
    try:
        [broker] = from_json(json.dumps([row]), insecure=insecure)
    except ValueError as error:
        raise ValueError(f"DIGID_ISSUER: {error}") from None
    return Digid(broker, _private_key(file) if file else "")


def _private_key(file: str) -> str:
    try:
        text = Path(file).read_text(encoding="utf-8")
        load_pem_private_key(text.encode(), password=None)
    except (OSError, ValueError, TypeError):
        raise ValueError("DIGID_PRIVATE_KEY_FILE can't be read as a private key (PEM).") from None
    return text
