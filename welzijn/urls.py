"""Every path of the product, the same in every partnership (DESIGN section 7)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from welzijn import errors, health

urlpatterns = [
    path("gezond/", health.ready, name="health"),
    path("gezond/leeft/", health.live, name="health_live"),
    path("taal/", login_not_required(set_language), name="set_language"),
    path("", include("intake.urls.ask")),
    path("volg/", include("referrals.urls.follow")),
    path("volg/", include("referrals.urls.follow_family")),
    path("balie/", include("intake.urls.desk")),
    path("partner/", include("intake.urls.partner_door")),
    path("werk/", include("referrals.urls.work")),
    path("vraagstuk/", include("referrals.urls.case")),
    path("vraagstuk/", include("referrals.urls.case_family")),
    path("overdracht/", include("referrals.urls.outside")),
    path("mdo/", include("referrals.urls.conference")),
    path("caseload/", include("referrals.urls.caseload")),
    path("wijk/", include("referrals.urls.neighbourhood")),
    path("rapportage/", include("referrals.urls.reports")),
    path("signalen/", include("referrals.urls.practice")),
    path("verdeelregels/", include("referrals.urls.rules")),
    path("aanbod/", include("organisations.urls.services")),
    path("leersessies/", include("organisations.urls.learning")),
    path("beheer/inzage/", include("referrals.urls.privacy")),
    path("beheer/", include("organisations.urls.administration")),
    path("accounts/", include("organisations.urls.home")),
    path("accounts/", include("welzijn.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("welzijn.notifications.urls")),
]
if settings.WELZIJN_DEMO or settings.WELZIJN_TEST:
    urlpatterns.append(path("_onderdelen/", include("welzijn.gallery")))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
