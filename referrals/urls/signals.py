"""Paths of the signals from practice."""

from django.urls import path

from referrals.views import signals

urlpatterns = [
    path("", signals.index, name="signals"),
    path("nieuw/", signals.write, name="signal_new"),
    path("bundel/nieuw/<str:municipality_code>/", signals.bundle_new, name="signal_bundle_new"),
    path("bundel/<uuid:bundle_id>/", signals.bundle, name="signal_bundle"),
    path("<uuid:signal_id>/niet-naar-overleg/", signals.aside, name="signal_aside"),
]
