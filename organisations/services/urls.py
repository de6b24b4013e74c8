"""URLs of services (aanbod)."""

from django.urls import path

from organisations.services import maintenance_views, views

urlpatterns = [
    path("aanbod/", views.services, name="services"),
    path("aanbod/leefgebied/<slug:slug>/", views.domain, name="services_domain"),
    path("aanbod/kijk/<slug:slug>/", views.service, name="service"),
    path("aanbod/woorden/", views.words, name="glossary"),
    path("aanbod/overzicht/", views.overview, name="services_overview"),
    path("aanbod/bijhouden/", maintenance_views.maintained_services, name="services_kept"),
    path("aanbod/bijhouden/<slug:slug>/", maintenance_views.change, name="service_change"),
    path("aanbod/bijhouden/<slug:slug>/antwoord/", maintenance_views.answer, name="service_answer"),
    path("aanbod/bijhouden/<slug:slug>/plek/", maintenance_views.room, name="service_room"),
]
