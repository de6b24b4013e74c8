"""URLs of services in and out. The paths of the API are those of its OpenAPI profile."""

from django.urls import path

from organisations.exchange import api_views, import_views

urlpatterns = [
    # Its address before the API had the paths of the profile.
    path("aanbod/hsds/", api_views.services_whole, name="services_hsds"),
    path("aanbod/inladen/", import_views.upload, name="services_import"),
    path("aanbod/inladen/kijk/", import_views.preview, name="services_import_preview"),
    path("aanbod/inladen/laad/", import_views.load, name="services_import_load"),
    path("hsds/", api_views.information, name="hsds_information"),
    path("hsds/openapi.json", api_views.openapi, name="hsds_openapi"),
    path("services", api_views.services, name="hsds_services"),
    path("services/<str:id_>", api_views.service, name="hsds_service"),
    path("organizations", api_views.organisations, name="hsds_organisations"),
    path("organizations/<str:id_>", api_views.organisation, name="hsds_organisation"),
    path("taxonomies", api_views.taxonomies, name="hsds_taxonomies"),
    path("taxonomies/<str:id_>", api_views.taxonomy, name="hsds_taxonomy"),
    path("taxonomy_terms", api_views.taxonomy_terms, name="hsds_terms"),
    path("taxonomy_terms/<str:id_>", api_views.taxonomy_term, name="hsds_term"),
    path("service_at_locations", api_views.service_at_locations, name="hsds_locations"),
    path("service_at_locations/<str:id_>", api_views.service_at_location, name="hsds_location"),
]
