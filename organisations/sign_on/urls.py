"""URLs of signing in through organisations."""

from django.urls import path

from organisations.sign_on import views

urlpatterns = [
    path("beheer/inloggen/", views.overview, name="sign_on"),
    path("beheer/inloggen/aanbieder/", views.provider, name="sign_on_provider"),
    path("beheer/inloggen/rollen/", views.roles, name="sign_on_roles"),
    path("beheer/inloggen/scim/", views.scim, name="sign_on_scim"),
    path("beheer/inloggen/<uuid:setting_id>/", views.decide, name="sign_on_decide"),
    path("beheer/inloggen/<uuid:setting_id>/stop/", views.end, name="sign_on_end"),
]
