"""How allauth behaves here: accounts come by invitation, never by sign-up."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

log = logging.getLogger(__name__)


class StaffAccountAdapter(DefaultAccountAdapter):
    """Closes sign-up: an administrator invites."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it at once; a mail server that is down is logged and stops nobody.

        Somebody's new password or second factor counts without the mail about it, and an error
        only for addresses that have an account would tell which those are.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("A mail about an account was not sent: %s", template_prefix)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class StaffSocialAccountAdapter(DefaultSocialAccountAdapter):
    """An organisation's own sign-on lets in who has been invited, by address; nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: the account has to exist."""
        return False

    def authenticate_by_email(self, sociallogin: Any) -> Any:
        """The invited user with the address that the provider vouches for, or None.

        Only `email_verified: true` counts: some providers send the word "false", which is true
        to Python, and anybody may type a colleague's address into an unverified profile.
        """
        for address in sociallogin.email_addresses:
            address.verified = address.verified is True
        found = super().authenticate_by_email(sociallogin)
        if found:
            user, email = found
            # The provider's word stands in for the mail of the invitation.
            EmailAddress.objects.update_or_create(
                user=user, email=email.lower(), defaults={"verified": True, "primary": True}
            )
        return found
