"""Paths of the privacy officer."""

from django.urls import path

from referrals.views import privacy

urlpatterns = [
    path("", privacy.inspect, name="privacy_inspect"),
    path("gewist/", privacy.proofs, name="privacy_proofs"),
]
