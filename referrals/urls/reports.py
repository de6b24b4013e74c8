"""Paths of the municipality's report."""

from django.urls import path

from referrals.views import reports

urlpatterns = [
    path("", reports.index, name="report"),
    path("download/", reports.download, name="report_download"),
]
