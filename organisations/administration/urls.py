"""Paths of administration."""

from django.urls import path

from organisations.administration import views

urlpatterns = [
    path("", views.people, name="administration_people"),
    path("nodig-uit/", views.invite, name="administration_invite"),
    path("mensen/<uuid:user_id>/rol/", views.grant, name="administration_grant"),
    path(
        "mensen/<uuid:user_id>/uitnodiging/",
        views.invite_again,
        name="administration_invite_again",
    ),
    path("rollen/<uuid:membership_id>/stop/", views.end, name="administration_end"),
    path("dienst/", views.duty, name="administration_duty"),
    path("dienst/<uuid:duty_id>/weg/", views.end_duty, name="administration_end_duty"),
    path("instellingen/", views.settings, name="administration_settings"),
]
