"""Sign-out that the provider asks for, behind the browser (back channel) or in it (front)."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from welzijn.single_sign_on import discovery, opened_sessions, tokens
from welzijn.single_sign_on.models import UsedLogoutToken
from welzijn.single_sign_on.provider_settings import ProviderSettings
from welzijn.single_sign_on.refusals import Reason, Refused

_REMEMBER = timedelta(days=1)  # far longer than a token is accepted


def back_channel(*, provider: ProviderSettings, token: object, now: datetime) -> int:
    """End the sessions that a logout token names; return how many. Raises Refused."""
    claims = tokens.logout_claims(provider, token, now=now.timestamp())
    sid, subject = (claims.get(name) for name in ("sid", "sub"))
    with transaction.atomic():
        UsedLogoutToken.objects.filter(used_at__lt=now - _REMEMBER).delete()
        try:
            with transaction.atomic():
                UsedLogoutToken.objects.create(
                    provider_id=provider.id, jti=claims["jti"], used_at=now
                )
        except IntegrityError:
            raise Refused(Reason.NONCE) from None
        return opened_sessions.end(
            provider_id=provider.id,
            sid=sid if isinstance(sid, str) else "",
            subject=subject if isinstance(subject, str) else "",
        )


def front_channel(*, provider: ProviderSettings, issuer: str, sid: str) -> int:
    """End the sessions of a provider's session; return how many. Raises Refused.

    The browser sends no cookie from within the provider's page, so the provider's own session id,
    which nobody else knows, says which session it is.
    """
    if not sid or issuer != discovery.configuration(provider)["issuer"]:
        raise Refused(Reason.ISSUER)
    return opened_sessions.end(provider_id=provider.id, sid=sid)
