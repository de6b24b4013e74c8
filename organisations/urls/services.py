"""Paths of the offer (aanbod)."""

from django.urls import path

from organisations.views import services

urlpatterns = [
    path("", services.services, name="services"),
    path("leefgebied/<slug:slug>/", services.domain, name="services_domain"),
    path("kijk/<slug:slug>/", services.service, name="service"),
    path("woorden/", services.words, name="glossary"),
    path("overzicht/", services.overview, name="services_overview"),
    path("hsds/", services.as_hsds, name="services_hsds"),
]
