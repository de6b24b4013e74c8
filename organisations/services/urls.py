"""Paths of the offer (aanbod)."""

from django.urls import path

from organisations.services import views

urlpatterns = [
    path("", views.services, name="services"),
    path("leefgebied/<slug:slug>/", views.domain, name="services_domain"),
    path("kijk/<slug:slug>/", views.service, name="service"),
    path("woorden/", views.words, name="glossary"),
    path("overzicht/", views.overview, name="services_overview"),
    path("hsds/", views.as_hsds, name="services_hsds"),
]
