"""Paths on which staff put right what is known of a question's people."""

from django.urls import path

from referrals.person_details import views

urlpatterns = [
    path("vraagstuk/<uuid:question_id>/gegevens/", views.person, name="case_person"),
    path("vraagstuk/<uuid:question_id>/over/", views.subject, name="case_subject_details"),
    path("balie/<uuid:question_id>/gegevens/", views.person_at_desk, name="desk_person"),
    path("balie/<uuid:question_id>/over/", views.subject_at_desk, name="desk_subject_details"),
]
