"""Paths of the neighbourhood's page."""

from django.urls import path

from referrals.views import caseload

urlpatterns = [
    path("", caseload.neighbourhood, name="neighbourhood"),
]
