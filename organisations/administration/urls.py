"""URLs of administration."""

from django.urls import path

from organisations.administration import (
    bulk_invitation_views,
    duty_views,
    proposal_views,
    stuck_views,
    views,
)

urlpatterns = [
    path("beheer/", views.people, name="administration_people"),
    path("beheer/nodig-uit/velen/", bulk_invitation_views.upload, name="administration_many"),
    path(
        "beheer/nodig-uit/velen/doe/",
        bulk_invitation_views.carry_out,
        name="administration_many_carry_out",
    ),
    path("beheer/nodig-uit/", views.invite, name="administration_invite"),
    path("beheer/mensen/<uuid:user_id>/rol/", views.grant, name="administration_grant"),
    path(
        "beheer/mensen/<uuid:user_id>/uitnodiging/",
        views.invite_again,
        name="administration_invite_again",
    ),
    path("beheer/rollen/<uuid:membership_id>/stop/", views.end, name="administration_end"),
    path("beheer/voorstellen/", proposal_views.role_proposals, name="role_proposals"),
    path(
        "beheer/voorstellen/<uuid:proposal_id>/", proposal_views.decide, name="role_proposal_decide"
    ),
    path(
        "rol-goedkeuren/<str:token>/",
        proposal_views.contact_decision,
        name="role_proposal_contact",
    ),
    path("beheer/dienst/", duty_views.duty, name="administration_duty"),
    path("beheer/dienst/<uuid:duty_id>/weg/", duty_views.end_duty, name="administration_end_duty"),
    path("beheer/vastgelopen/", stuck_views.stuck, name="administration_stuck"),
]
