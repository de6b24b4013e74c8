"""Paths of the reporting code (Meldcode) of one question."""

from django.urls import path

from referrals.meldcode import views

urlpatterns = [
    path("vraagstuk/<uuid:question_id>/meldcode/", views.show, name="case_meldcode"),
    path(
        "vraagstuk/<uuid:question_id>/meldcode/<int:number>/",
        views.step,
        name="case_meldcode_step",
    ),
]
