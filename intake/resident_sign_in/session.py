"""The browser of a resident who signed in with DigiD."""

from datetime import datetime

from django.http import HttpRequest

from intake.resident_access.browser_access import BrowserAccess
from intake.resident_sign_in.broker import provider_for
from intake.resident_sign_in.models import ResidentAccount
from organisations.partnerships.models import Partnership

SIGNED_IN = BrowserAccess("digid")


def is_signed_in(request: HttpRequest) -> bool:
    """Return whether this browser may be signed in; without a query."""
    return SIGNED_IN.id_key in request.session


def signed_in(
    request: HttpRequest, partnership: Partnership | None, now: datetime
) -> ResidentAccount | None:
    """Return the account this browser is signed in to at this partnership, or None."""
    if not is_signed_in(request) or provider_for(partnership) is None:
        return None

    def find(account_id: str) -> ResidentAccount | None:
        return ResidentAccount.objects.filter(partnership=partnership, pk=account_id).first()

    account = SIGNED_IN.opened(request, now, find)
    if account is not None:
        SIGNED_IN.extend(request, now)
    return account
