"""Paths of administration."""

from django.urls import path

from organisations.views import administration

urlpatterns = [
    path("", administration.people, name="administration_people"),
    path("nodig-uit/", administration.invite, name="administration_invite"),
    path("mensen/<uuid:user_id>/rol/", administration.grant, name="administration_grant"),
    path(
        "mensen/<uuid:user_id>/uitnodiging/",
        administration.invite_again,
        name="administration_invite_again",
    ),
    path("rollen/<uuid:membership_id>/stop/", administration.end, name="administration_end"),
    path("dienst/", administration.duty, name="administration_duty"),
    path("dienst/<uuid:duty_id>/weg/", administration.end_duty, name="administration_end_duty"),
    path("instellingen/", administration.settings, name="administration_settings"),
]
