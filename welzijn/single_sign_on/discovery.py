"""The provider's own documents: its configuration and its public keys."""

import json
import time
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests

from welzijn.single_sign_on.provider_settings import ProviderSettings
from welzijn.single_sign_on.refusals import Reason, Refused

_KEEP = 300  # seconds
_LEAST = 30  # seconds between two requests for keys because one was unknown
_TIMEOUT = 5  # seconds
_MOST = 500_000  # bytes of a document
# Every process keeps its own copy; a key it doesn't know makes it ask again.
_documents: dict[str, tuple[float, dict[str, Any]]] = {}


def forget() -> None:
    """Forget what is kept, for tests."""
    _documents.clear()


def configuration(provider: ProviderSettings) -> dict[str, Any]:
    """Return the provider's discovery document. Raises Refused, or RequestException."""
    address = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
    found = _document(address, _KEEP)
    if str(found.get("issuer", "")).rstrip("/") != provider.issuer.rstrip("/"):
        raise Refused(Reason.MISCONFIGURED)
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not isinstance(found.get(name), str) or not _allowed(provider, found[name]):
            raise Refused(Reason.MISCONFIGURED)
    return found


def key(provider: ProviderSettings, token_header: dict[str, Any]) -> jwt.PyJWK:
    """Return the public key that a token says it is signed with. Raises Refused."""
    address = configuration(provider)["jwks_uri"]
    for age in (_KEEP, _LEAST):
        found = _matching(_document(address, age), token_header)
        if found is not None:
            return found
    raise Refused(Reason.SIGNATURE)


def _matching(document: dict[str, Any], token_header: dict[str, Any]) -> jwt.PyJWK | None:
    rows = document.get("keys")
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict) or row.get("use", "sig") != "sig":
            continue
        # A symmetric "key" in a public document is no key.
        if row.get("kty") not in {"RSA", "EC", "OKP"}:
            continue
        if "kid" in token_header and row.get("kid") != token_header["kid"]:
            continue
        if "alg" in row and row["alg"] != token_header.get("alg"):
            continue
        try:
            return jwt.PyJWK(row, algorithm=token_header.get("alg"))
        except (jwt.PyJWTError, ValueError):
            continue
    return None


def userinfo(provider: ProviderSettings, access_token: str) -> dict[str, Any]:
    """Return the claims of the userinfo endpoint; empty where there is none."""
    address = configuration(provider).get("userinfo_endpoint")
    if not isinstance(address, str) or not _allowed(provider, address):
        return {}
    return _get(address, headers={"Authorization": f"Bearer {access_token}"})


def _allowed(provider: ProviderSettings, address: str) -> bool:
    return provider.insecure or urlsplit(address).scheme == "https"


def _document(address: str, age: float) -> dict[str, Any]:
    kept = _documents.get(address)
    if kept is not None and time.monotonic() - kept[0] < age:
        return kept[1]
    found = _get(address, headers={})
    _documents[address] = (time.monotonic(), found)
    return found


def _get(address: str, *, headers: dict[str, str]) -> dict[str, Any]:
    """Return a JSON object; without following a redirect, which could lead inside."""
    with requests.Session() as session:
        answer = session.get(
            address, headers=headers, timeout=_TIMEOUT, allow_redirects=False, stream=True
        )
        if answer.status_code != 200:
            raise requests.HTTPError(f"status {answer.status_code}")
        body = answer.raw.read(_MOST + 1, decode_content=True)
    if len(body) > _MOST:
        raise requests.RequestException("a document that is too long")
    try:
        found = json.loads(body)
    except ValueError:
        raise requests.RequestException("no JSON") from None
    if not isinstance(found, dict):
        raise requests.RequestException("no JSON object")
    return found
