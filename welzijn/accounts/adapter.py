"""The account adapter of allauth: accounts are created by invitation, never by sign-up."""

import logging
from ipaddress import ip_address
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import clean_client_ip, get_client_ip_from_xff
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

log = logging.getLogger(__name__)


def normal_address(seen: str) -> str:
    """Return one spelling of an address: a mapped IPv4 as IPv4, no zone; "" for what is none."""
    seen = seen.partition("%")[0].strip()
    bare = seen[1:-1] if seen.startswith("[") and seen.endswith("]") else seen
    try:
        address = ip_address(clean_client_ip(bare) or "")
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


class StaffAccountAdapter(DefaultAccountAdapter):
    """Account adapter for staff: no sign-up, resilient mail, trusted client addresses."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the mail; log a mail server that is down instead of failing.

        A new password or second factor is valid without the mail about it, and an error only for
        addresses with an account would reveal which those are.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("A mail about an account was not sent: %s", template_prefix)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that rate limits are counted by, for staff and residents.

        allauth reads it from the right of X-Forwarded-For, ALLAUTH_TRUSTED_PROXY_COUNT proxies
        away. Where the header is shorter than that, or no address, fall back on the connection's
        own address: a request that bypassed a proxy gets a page, not an error.
        """
        try:
            seen = normal_address(get_client_ip_from_xff(request) or "")
            seen = seen or normal_address(str(super().get_client_ip(request)))
        except (ImproperlyConfigured, PermissionDenied):
            seen = ""
        return seen or normal_address(str(request.META.get("REMOTE_ADDR", "")))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse every sign-up."""
        return False
