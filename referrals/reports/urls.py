"""Paths of the municipality's report."""

from django.urls import path

from referrals.reports import choice_views, views

urlpatterns = [
    path("rapportage/", views.index, name="report"),
    path("rapportage/kiezen/", choice_views.choose, name="report_choice"),
    path("rapportage/download/", views.download, name="report_download"),
]
