"""Paths of the signals from practice."""

from django.urls import path

from referrals.views import practice

urlpatterns = [
    path("", practice.index, name="signals"),
    path("nieuw/", practice.write, name="signal_new"),
    path("bundel/nieuw/<str:municipality_code>/", practice.bundle_new, name="signal_bundle_new"),
    path("bundel/<uuid:bundle_id>/", practice.bundle, name="signal_bundle"),
    path("<uuid:signal_id>/niet-naar-overleg/", practice.aside, name="signal_aside"),
]
