"""Paths of the front desk."""

from django.urls import path

from intake.desk import views

urlpatterns = [
    path("", views.note, name="desk"),
    path("antwoord/", views.answer, name="desk_answer"),
    path("eerder/", views.earlier, name="desk_earlier"),
    path("voorstel/", views.proposal, name="desk_proposal"),
    path("nieuwe-code/", views.new_code, name="desk_new_code"),
    path("<uuid:question_id>/", views.done, name="desk_done"),
    path("<uuid:question_id>/kaartje/", views.card, name="desk_card"),
    path("<uuid:question_id>/code/", views.code_slip, name="desk_code"),
]
