"""Paths of the municipality's report."""

from django.urls import path

from referrals.reports import views

urlpatterns = [
    path("rapportage/", views.index, name="report"),
    path("rapportage/download/", views.download, name="report_download"),
]
