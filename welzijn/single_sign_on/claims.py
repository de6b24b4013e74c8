"""Read who somebody is from the claims of a provider, whatever their shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from welzijn.single_sign_on.provider_settings import ProviderSettings
from welzijn.single_sign_on.refusals import Reason, Refused

# What the userinfo endpoint may add; how somebody signed in is said by the signed token alone.
_SIGNED_ONLY = {"iss", "aud", "azp", "exp", "iat", "nonce", "sub", "sid", "acr", "amr", "auth_time"}
_MOST_GROUPS = 1000


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in at the provider, as far as Voordeur needs it."""

    issuer: str
    subject: str
    email: str
    name: str
    second_factor: bool
    groups: frozenset[str]
    groups_known: bool  # False: the provider said nothing about groups, so nothing is taken away
    sid: str


def merge(id_token: Mapping[str, Any], userinfo: Mapping[str, Any]) -> dict[str, Any]:
    """Add the claims of the userinfo endpoint to those of the signed token.

    The endpoint's answer is another person's where its subject differs: then refuse.
    """
    if userinfo and userinfo.get("sub") != id_token.get("sub"):
        raise Refused(Reason.INCOMPLETE)
    extra = {key: value for key, value in userinfo.items() if key not in _SIGNED_ONLY}
    return {**extra, **id_token}


def address_claim(provider: ProviderSettings, claims: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the first claim that holds a mail address, with that address in lower case."""
    for claim in provider.email_claims:
        value = _at(claims, claim)
        if isinstance(value, str) and _is_mail(value.strip()):
            return claim, value.strip().lower()
    return None


def identity_of(provider: ProviderSettings, claims: Mapping[str, Any]) -> Identity:
    """Return who the claims are about. Raises Refused.

    `email_verified` is about `email` only and has to be true itself: some providers send the string
    "false". Where it is missing, or the address came from another claim (Entra ID, ADFS), the
    settings have to trust the provider for that domain.
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject or len(subject) > 190:
        raise Refused(Reason.INCOMPLETE)
    found = address_claim(provider, claims)
    if found is None:
        raise Refused(Reason.NO_ADDRESS)
    claim, email = found
    verified = claims.get("email_verified") if claim == "email" else None
    if verified is not True and (verified is not None or not provider.trusts(email)):
        raise Refused(Reason.UNVERIFIED)
    if not provider.serves(email):
        raise Refused(Reason.DOMAIN)
    name = _at(claims, provider.name_claim) if provider.name_claim else ""
    groups = _at(claims, provider.roles_claim) if provider.roles_claim else None
    sid = claims.get("sid")
    return Identity(
        issuer=str(claims["iss"]),
        subject=subject,
        email=email,
        name=" ".join(name.split())[:120] if isinstance(name, str) else "",
        second_factor=_second_factor(provider, claims),
        groups=_texts(groups),
        groups_known=bool(provider.roles_claim) and not _left_out(provider, claims),
        sid=sid if isinstance(sid, str) and len(sid) <= 255 else "",
    )


def _second_factor(provider: ProviderSettings, claims: Mapping[str, Any]) -> bool:
    methods, level = _texts(claims.get("amr")), claims.get("acr")
    return bool(methods & set(provider.second_factor_amr)) or (
        isinstance(level, str) and level in provider.second_factor_acr
    )


def _left_out(provider: ProviderSettings, claims: Mapping[str, Any]) -> bool:
    """Return whether Entra ID left the groups out because there are too many (overage)."""
    names = claims.get("_claim_names")
    return isinstance(names, Mapping) and provider.roles_claim in names


def _texts(value: object) -> frozenset[str]:
    """Return a claim's texts; a single text counts as a list of one (ADFS)."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple):
        return frozenset()
    return frozenset(one for one in values[:_MOST_GROUPS] if isinstance(one, str))


def _at(claims: Mapping[str, Any], path: str) -> object:
    """Return the claim of this name, or else the one at this path with dots."""
    if path in claims:
        return claims[path]
    value: object = claims
    for part in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254
