"""Every path of casework, composed from those of its subjects."""

from django.urls import include, path

urlpatterns = [
    path("", include("referrals.resident_portal.urls")),
    path("", include("referrals.search.urls")),
    path("", include("referrals.work_list.urls")),
    path("", include("referrals.agenda.urls")),
    path("", include("referrals.case_page.urls")),
    path("", include("referrals.person_details.urls")),
    path("", include("referrals.desk_messages.urls")),
    path("", include("referrals.attachments.urls")),
    path("", include("referrals.handovers.urls")),
    path("", include("referrals.households.urls")),
    path("", include("referrals.meldcode.urls")),
    path("", include("referrals.external_handovers.urls")),
    path("", include("referrals.conferences.urls")),
    path("", include("referrals.caseload.urls")),
    path("", include("referrals.reports.urls")),
    path("", include("referrals.signals.urls")),
    path("", include("referrals.routing_review.urls")),
    path("", include("referrals.privacy.urls")),
]
