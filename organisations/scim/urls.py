"""URLs of SCIM; without a slash at the end, as directories write them."""

from django.urls import path

from organisations.scim import views

urlpatterns = [
    path("scim/v2/Users", views.users, name="scim_users"),
    path("scim/v2/Users/<uuid:id_>", views.user, name="scim_user"),
    path("scim/v2/ServiceProviderConfig", views.service, name="scim_service"),
]
