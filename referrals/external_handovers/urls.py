"""Paths of help asked outside the partnership: the worker's page, and the partner's own."""

from django.urls import path

from referrals.external_handovers import views

urlpatterns = [
    path("vraagstuk/<uuid:question_id>/buiten/", views.for_worker, name="case_outside"),
    path("overdracht/<uuid:token>/", views.for_partner, name="outside"),
]
