"""Paths of the privacy officer, and of withholding an entry of the access log."""

from django.urls import path

from referrals.privacy import views, withholding_views

urlpatterns = [
    path(
        "vraagstuk/afscherming/<uuid:withholding_id>/",
        withholding_views.decide,
        name="withholding",
    ),
    path("vraagstuk/<uuid:question_id>/afschermen/", withholding_views.index, name="case_withhold"),
    path("beheer/inzage/", views.inspect, name="privacy_inspect"),
    path("beheer/inzage/logboek/", views.lines, name="privacy_log"),
    path("beheer/inzage/logboek.csv", views.download, name="privacy_log_download"),
    path("beheer/inzage/eerdere-gegevens/", views.earlier, name="privacy_earlier"),
    path("beheer/inzage/opvallend/", views.unusual_looks, name="privacy_unusual"),
    path("beheer/inzage/bevinding/", views.finding, name="privacy_finding"),
    path("beheer/inzage/gewist/", views.proofs, name="privacy_proofs"),
]
