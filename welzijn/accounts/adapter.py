"""The account adapter of allauth: accounts are created by invitation, never by sign-up."""

import logging
from hashlib import sha256
from ipaddress import ip_address
from smtplib import SMTPException
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import clean_client_ip, get_client_ip_from_xff
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse

from welzijn.accounts.models import User
from welzijn.core import known_browser
from welzijn.core.client_network import network_of
from welzijn.monitoring.counters import SIGN_INS_REFUSED

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


def account_subject(account: str) -> bytes:
    """Return the digest of an account by which a browser is known for it."""
    return sha256(f"staff-account\x00{account}".encode()).digest()


class StaffAccountAdapter(DefaultAccountAdapter):
    """Account adapter for staff: no sign-up, resilient mail, trusted client addresses."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail in the outbox; the page doesn't wait for a mail server.

        Without a partnership there is no outbox: then it is sent, and a server that is down is
        logged. A new password or second factor is valid without the mail about it.
        """
        from welzijn.accounts import account_mail

        user, url = context.get("user"), context.get("password_reset_url", "")
        request = self.request
        if (
            isinstance(user, User)
            and email == user.email
            and request
            and account_mail.queue(request, user, template_prefix, url=url)
        ):
            return
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("A mail about an account was not sent: %s", template_prefix)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell an account's owner that its password or second factor changed."""
        super().send_notification_mail(
            template_prefix, user, {"user": user, **(context or {})}, email
        )

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

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords per account and network: a guesser locks only themselves."""
        account = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account}|{network_of(self.get_client_ip(request))}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a try after too many wrong ones from here.

        A browser that signed in to this account before has a limit of its own: somebody who tries
        a colleague's address elsewhere, or from the same office, doesn't keep that colleague out.
        """
        account = super()._get_login_attempts_cache_key(request, **credentials)
        browser = known_browser.of(request)
        limits = settings.STAFF_LOGIN_LIMITS
        if browser.holds(account_subject(account)):
            self._consume(request, f"{account}|known|{browser.id}", limits["known"])
            return
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            SIGN_INS_REFUSED.labels("staff", "waiting").inc()
            raise
        before = self._login_failed_rl_usage.usage
        network = network_of(self.get_client_ip(request))
        for key, rate in ((account, limits["account"]), (network, limits["network"])):
            self._consume(request, key, rate)
            before = [*before, *self._login_failed_rl_usage.usage]
        self._login_failed_rl_usage.usage = before

    def _consume(self, request: HttpRequest, key: str, rate: str) -> None:
        if not app_settings.RATE_LIMITS.get("login_failed"):
            return
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed",
            key=key,
            config={"login_failed": rate},
        )
        if not self._login_failed_rl_usage:
            SIGN_INS_REFUSED.labels("staff", "waiting").inc()
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password."""
        SIGN_INS_REFUSED.labels("staff", "wrong").inc()
        super().authentication_failed(request, **credentials)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Let this browser be known for the account, once its second factor was given."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        account = super()._get_login_attempts_cache_key(request, email=user.email)
        known_browser.remember(request, response, account_subject(account))
        return response

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse every sign-up."""
        return False
