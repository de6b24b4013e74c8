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
    path("beheer/inzage/gewist/", views.proofs, name="privacy_proofs"),
]
