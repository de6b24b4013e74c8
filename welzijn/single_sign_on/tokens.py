"""Verify the tokens of a provider: the ID token at sign-in and the logout token."""

import hmac
from typing import Any

import jwt

from welzijn.single_sign_on import discovery
from welzijn.single_sign_on.provider_settings import ProviderSettings
from welzijn.single_sign_on.refusals import Reason, Refused

# Asymmetric only: with HS256 a client secret could sign, with "none" anybody.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
LEEWAY = 60  # seconds that two clocks may differ
OLDEST = 600  # seconds since a token was issued
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


def id_token_claims(
    provider: ProviderSettings, token: object, *, nonce: str, now: float
) -> dict[str, Any]:
    """Return the claims of an ID token. Raises Refused.

    Its signature is checked although it came straight from the provider over TLS: that way a
    provider behind an intercepting proxy is no exception.
    """
    claims = _decoded(provider, token, require=["iss", "aud", "exp", "iat", "sub"])
    _check_age(claims, now)
    audience = claims["aud"]
    party = claims.get("azp")
    if isinstance(audience, list) and len(audience) > 1 and party is None:
        raise Refused(Reason.AUDIENCE)
    if party is not None and party != provider.client_id:
        raise Refused(Reason.AUDIENCE)
    received = claims.get("nonce")
    if not isinstance(received, str) or not hmac.compare_digest(received.encode(), nonce.encode()):
        raise Refused(Reason.NONCE)
    return claims


def logout_claims(provider: ProviderSettings, token: object, *, now: float) -> dict[str, Any]:
    """Return the claims of a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6).

    Raises Refused. That its `jti` is used once is for the caller.
    """
    claims = _decoded(provider, token, require=["iss", "aud", "iat", "jti", "events"])
    _check_age(claims, now)
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise Refused(Reason.INCOMPLETE)
    if "nonce" in claims:  # an ID token must not pass for a logout token
        raise Refused(Reason.NONCE)
    named = [claims.get("sid"), claims.get("sub")]
    if not any(isinstance(one, str) and one for one in named):
        raise Refused(Reason.INCOMPLETE)
    if not isinstance(claims["jti"], str) or not 0 < len(claims["jti"]) <= 255:
        raise Refused(Reason.INCOMPLETE)
    return claims


def _decoded(provider: ProviderSettings, token: object, *, require: list[str]) -> dict[str, Any]:
    if not isinstance(token, str) or len(token) > 100_000:
        raise Refused(Reason.INCOMPLETE)
    try:
        header = jwt.get_unverified_header(token)
        unsigned = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        raise Refused(Reason.INCOMPLETE) from None
    if header.get("alg") not in ALGORITHMS:
        raise Refused(Reason.SIGNATURE)
    issuer = discovery.configuration(provider)["issuer"]
    if unsigned.get("iss") != issuer:  # before its key is looked for, so that the page is true
        raise Refused(Reason.ISSUER)
    found = discovery.key(provider, header)
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            found,
            algorithms=[header["alg"]],
            audience=provider.client_id,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": require},
        )
    except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError):
        raise Refused(Reason.TIME) from None
    except jwt.InvalidAudienceError:
        raise Refused(Reason.AUDIENCE) from None
    except jwt.InvalidIssuerError:
        raise Refused(Reason.ISSUER) from None
    except jwt.MissingRequiredClaimError:
        raise Refused(Reason.INCOMPLETE) from None
    except (jwt.PyJWTError, ValueError, TypeError):
        raise Refused(Reason.SIGNATURE) from None
    return claims


def _check_age(claims: dict[str, Any], now: float) -> None:
    issued = claims["iat"]
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        raise Refused(Reason.INCOMPLETE)
    if not now - OLDEST <= issued <= now + LEEWAY:
        raise Refused(Reason.TIME)
