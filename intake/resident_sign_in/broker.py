"""The exchange with the DigiD broker, after the OpenID NLGov profile.

Code flow with PKCE, state and nonce, a client that signs (private_key_jwt) or has a secret, and a
level of assurance that is asked for and checked.
"""

import base64
import hashlib
import hmac
import re
import secrets
import time
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from django.conf import settings

from intake.resident_sign_in.models import ResidentAccount
from organisations.partnerships.models import Partnership
from welzijn.single_sign_on import discovery, tokens
from welzijn.single_sign_on.provider_settings import ProviderSettings
from welzijn.single_sign_on.refusals import Reason, Refused

_TIMEOUT = 5  # seconds
_BSN = re.compile(r"\d{8,9}")


def provider_for(partnership: Partnership | None) -> ProviderSettings | None:
    """Return the broker, if it is configured and this partnership uses it."""
    broker: ProviderSettings | None = settings.DIGID_BROKER
    if broker is None or partnership is None or partnership.slug not in settings.DIGID_PARTNERSHIPS:
        return None
    return broker


def begin(broker: ProviderSettings, return_to: str) -> tuple[str, dict[str, str]]:
    """Return the broker's address to go to, and what the browser's session has to remember.

    Raises Refused, or RequestException where the broker doesn't answer.
    """
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = hashlib.sha256(kept["verifier"].encode()).digest()
    query = {
        "response_type": "code",
        "client_id": broker.client_id,
        "redirect_uri": return_to,
        "scope": " ".join(broker.scope),
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
        "code_challenge_method": "S256",
        "acr_values": " ".join(broker.second_factor_acr),
        # On a shared computer the person before may still be signed in at the broker.
        "prompt": "login",
    }
    address = discovery.configuration(broker)["authorization_endpoint"]
    return f"{address}?{urlencode(query)}", kept


def person(
    broker: ProviderSettings, *, code: str, state: str, kept: dict[str, str], return_to: str
) -> str:
    """Return what the broker calls the person that comes back. Raises Refused or RequestException.

    The level of assurance has to be one of those asked for. Somebody who acts for another (DigiD
    Machtigen) is refused: whose list that would be is not for this product to decide.
    """
    if not hmac.compare_digest(state.encode(), kept.get("state", "").encode()):
        raise Refused(Reason.LOST)
    token = _exchange(broker, code, kept["verifier"], return_to)
    claims = tokens.id_token_claims(broker, token, nonce=kept["nonce"], now=time.time())
    if claims.get("acr") not in broker.second_factor_acr:
        raise Refused(Reason.INCOMPLETE)
    if any(name in claims for name in ("act", "represents", "urn:nl-eid-gdi:1.0:ActingSubjectID")):
        raise Refused(Reason.OTHER_ORGANISATION)
    subject = claims.get(settings.DIGID_SUBJECT_CLAIM)
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise Refused(Reason.INCOMPLETE)
    return subject


def _exchange(broker: ProviderSettings, code: str, verifier: str, return_to: str) -> object:
    """Return the ID token for a code."""
    found = discovery.configuration(broker)
    address = found["token_endpoint"]
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": return_to,
        "code_verifier": verifier,
        "client_id": broker.client_id,
        **_proof_of_client(broker, address, found),
    }
    answer = requests.post(address, data=form, timeout=_TIMEOUT, allow_redirects=False)
    if answer.status_code >= 500:
        raise requests.HTTPError(f"status {answer.status_code}")
    if answer.status_code != 200 or len(answer.content) > 500_000:
        raise Refused(Reason.CLIENT)
    try:
        body = answer.json()
    except ValueError:
        raise Refused(Reason.INCOMPLETE) from None
    return body.get("id_token") if isinstance(body, dict) else None


def _proof_of_client(
    broker: ProviderSettings, audience: str, found: dict[str, Any]
) -> dict[str, str]:
    """Return the client's signed assertion, or its secret where no key is configured."""
    key: str = settings.DIGID_PRIVATE_KEY
    if not key:
        return {"client_secret": broker.client_secret}
    known = found.get("token_endpoint_auth_signing_alg_values_supported") or []
    now = int(time.time())
    assertion = jwt.encode(
        {
            "iss": broker.client_id,
            "sub": broker.client_id,
            "aud": audience,
            "jti": secrets.token_urlsafe(16),
            "iat": now,
            "exp": now + 60,
        },
        key,
        "PS256" if "PS256" in known else "RS256",
        headers={"kid": settings.DIGID_KEY_ID} if settings.DIGID_KEY_ID else None,
    )
    return {
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
    }


def pseudonym(partnership: Partnership, subject: str) -> bytes:
    """Return the pseudonym of a person in one partnership; another one has another."""
    # A BSN of eight digits is the same one with a zero before it.
    normal = subject.zfill(9) if _BSN.fullmatch(subject) else subject
    text = f"{partnership.pk}:{normal}"
    return hmac.new(settings.DIGID_PSEUDONYM_KEY.encode(), text.encode(), hashlib.sha256).digest()


def account_of(*, partnership: Partnership, subject: str, now: Any) -> ResidentAccount:
    """Return the account of a person, made at the first sign-in."""
    account, made = ResidentAccount.objects.get_or_create(
        partnership=partnership,
        pseudonym=pseudonym(partnership, subject),
        defaults={"created_at": now, "last_seen_at": now},
    )
    if not made:
        account.last_seen_at = now
        account.save(update_fields=["last_seen_at"])
    return account
