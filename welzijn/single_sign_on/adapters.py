"""allauth's adapters with single sign-on: who is signed in by a provider, and what is refused."""

import logging
import re
from typing import Any, cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from welzijn.accounts.adapter import StaffAccountAdapter
from welzijn.accounts.models import User
from welzijn.single_sign_on import opened_sessions, sources
from welzijn.single_sign_on.provider import SIGN_ON, app_of
from welzijn.single_sign_on.refusals import Reason, Refused, explain

log = logging.getLogger(__name__)
_CODE = re.compile(r"AADSTS\d{4,7}|\b[a-z]+(?:_[a-z]+)+\b")


class SignOnAccountAdapter(StaffAccountAdapter):
    """The account adapter: a second factor at the provider, and sessions it can end."""

    def get_login_stages(self) -> list[str]:
        """Return allauth's stages, with ours for the second factor."""
        ours = "welzijn.single_sign_on.adapters.SecondFactorStage"
        theirs = "allauth.mfa.stages.AuthenticateStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Refuse another way of signing in where the provider is the only one."""
        if "sociallogin" not in (kwargs.get("signal_kwargs") or {}):
            wanted = sources.required_for(user.email)
            if wanted is not None:
                return render(request, "single_sign_on/only.html", {"provider": wanted}, status=403)
        return cast("HttpResponse | None", super().pre_login(request, user, **kwargs))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Record which provider opened the session."""
        login = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        if login is not None and SIGN_ON in login.state:
            opened_sessions.record(request, user, **login.state[SIGN_ON])
        return super().post_login(request, user, **kwargs)


class SecondFactorStage(AuthenticateStage):
    """Ask for our own second factor, unless the provider's rule says it asked for one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        login = (self.login.signal_kwargs or {}).get("sociallogin")
        if login is not None and login.state.get(SIGN_ON, {}).get("second_factor") is True:
            return False
        return bool(super()._should_handle(request))


class StaffSocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on of invited users; who that is, is decided in `matching`."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the providers as allauth's apps; all, or those of this id."""
        if provider and provider != "openid_connect":
            one = sources.provider(provider)
            return [app_of(one)] if one else []
        partnership = getattr(request, "partnership", None)
        found = sources.for_partnership(partnership.pk if partnership else None)
        return [app_of(one) for one in found if client_id in (None, one.client_id)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse every sign-up: the account has to exist."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Carry to the end of the sign-in what the session has to know of the provider.

        Connecting a second account in the browser isn't possible: the address decides.
        """
        sociallogin.state["process"] = "login"
        sociallogin.state[SIGN_ON] = sociallogin.sign_on

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Answer with the page that says what is wrong; log the reason, which names nobody."""
        raise ImmediateHttpResponse(
            refusal_page(request, _reason(request, exception, extra_context or {}))
        )


def refusal_page(request: HttpRequest, reason: Reason) -> HttpResponse:
    """Return the page about a refused sign-in."""
    log.warning("Single sign-on refused: %s", reason.value)
    error_text = f"{request.GET.get('error', '')} {request.GET.get('error_description', '')}"
    codes = sorted(_CODE.findall(error_text[:300])) if reason == Reason.PROVIDER_ERROR else []
    return render(
        request,
        "single_sign_on/refused.html",
        {"code": " ".join([reason.value, *codes[:1]]), "explanation": explain(reason)},
        status=503 if reason == Reason.UNREACHABLE else 403,
    )


def _reason(request: HttpRequest, exception: Exception | None, context: dict[str, Any]) -> Reason:
    if isinstance(exception, Refused):
        return exception.reason
    if isinstance(exception, OAuth2Error):
        return Reason.CLIENT
    if isinstance(exception, RequestException):
        return Reason.UNREACHABLE
    # Some providers leave the state out of an error. Entra ID says access_denied too where somebody
    # may not use the application.
    error_text = request.GET.get("error")
    if error_text is not None:
        stopped = error_text == "access_denied" and "AADSTS" not in request.GET.get(
            "error_description", ""
        )
        return Reason.CANCELLED if stopped else Reason.PROVIDER_ERROR
    # allauth gives the state's id where the state was not found, and the state where it was.
    return Reason.LOST if "state" not in context else Reason.PROVIDER_ERROR
