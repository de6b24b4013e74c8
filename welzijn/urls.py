"""The URLs of the product, the same in every partnership."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from welzijn.config import error_views, health, security_txt
from welzijn.monitoring.views import metrics

urlpatterns = [
    path("gezond/", health.ready, name="health"),
    path("gezond/leeft/", health.live, name="health_live"),
    path("gezond/cijfers/", metrics, name="metrics"),
    path(".well-known/security.txt", security_txt.security_txt, name="security_txt"),
    # Without a token: it is on every page, and a visitor who only reads gets no cookie.
    path("taal/", csrf_exempt(login_not_required(set_language)), name="set_language"),
    path("", include("intake.urls")),
    path("", include("referrals.urls")),
    path("", include("organisations.urls")),
    path("accounts/", include("welzijn.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("welzijn.notifications.urls")),
    path("", include("welzijn.staff_forms.urls")),
]
if settings.WELZIJN_DEMO or settings.WELZIJN_TEST:
    urlpatterns.append(path("_onderdelen/", include("welzijn.devtools.styleguide")))

handler400 = error_views.bad_request
handler403 = error_views.forbidden
handler404 = error_views.not_found
handler500 = error_views.server_error
