"""URLs of services (aanbod)."""

from django.urls import path

from organisations.services import views

urlpatterns = [
    path("aanbod/", views.services, name="services"),
    path("aanbod/leefgebied/<slug:slug>/", views.domain, name="services_domain"),
    path("aanbod/kijk/<slug:slug>/", views.service, name="service"),
    path("aanbod/woorden/", views.words, name="glossary"),
    path("aanbod/overzicht/", views.overview, name="services_overview"),
    path("aanbod/hsds/", views.as_hsds, name="services_hsds"),
]
