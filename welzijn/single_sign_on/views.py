"""Views: sign-in at a provider, its return, and the two ways in which it signs out."""

import logging
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from welzijn.single_sign_on import logout, sources
from welzijn.single_sign_on.adapters import refusal_page
from welzijn.single_sign_on.provider import NONCE_SEED, StaffOAuth2Adapter, nonce_of
from welzijn.single_sign_on.provider_settings import ProviderSettings
from welzijn.single_sign_on.refusals import Reason, Refused

log = logging.getLogger(__name__)


class CallbackView(OAuth2CallbackView):
    """allauth's callback, which hands the nonce of this browser to the check of the token."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        if state:
            cast(StaffOAuth2Adapter, self.adapter).nonce = nonce_of(state.get(NONCE_SEED, ""))
        return state, response


def _run(request: HttpRequest, provider_id: str, view: type[Any]) -> HttpResponse:
    try:
        shown = view.adapter_view(StaffOAuth2Adapter(request, provider_id))
        return cast(HttpResponse, shown(request))
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except Refused as refused:
        return refusal_page(request, refused.reason)
    except RequestException:
        return refusal_page(request, Reason.UNREACHABLE)


@login_not_required
@never_cache
@require_GET
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the provider."""
    return _run(request, provider_id, OAuth2LoginView)


@login_not_required
@never_cache
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the provider sends back, and sign in."""
    return _run(request, provider_id, CallbackView)


def _provider(provider_id: str) -> ProviderSettings:
    found = sources.provider(provider_id)
    if found is None:
        raise Http404
    return found


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def back_channel_logout(request: HttpRequest, provider_id: str) -> HttpResponse:
    """End the sessions that the provider's logout token names."""
    try:
        logout.back_channel(
            provider=_provider(provider_id),
            token=request.POST.get("logout_token"),
            now=timezone.now(),
        )
    except Refused as refused:
        log.warning("Logout token refused: %s", refused.reason.value)
        return JsonResponse({"error": "invalid_request"}, status=400)
    except RequestException:
        return JsonResponse({"error": "temporarily_unavailable"}, status=503)
    return HttpResponse(status=200)


@xframe_options_exempt
@login_not_required
@never_cache
@require_GET
def front_channel_logout(request: HttpRequest, provider_id: str) -> HttpResponse:
    """End the session that the provider's page names; only that page may hold this one."""
    provider = _provider(provider_id)
    try:
        logout.front_channel(
            provider=provider, issuer=request.GET.get("iss", ""), sid=request.GET.get("sid", "")
        )
    except Refused as refused:
        log.warning("Front-channel logout refused: %s", refused.reason.value)
        return HttpResponse(status=400)
    except RequestException:
        return HttpResponse(status=503)
    parts = urlsplit(provider.issuer)
    framed = csp_replace({"frame-ancestors": [f"{parts.scheme}://{parts.netloc}"]})
    answer = framed(lambda _request: HttpResponse("", content_type="text/html"))(request)
    return cast(HttpResponse, answer)
