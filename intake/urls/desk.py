"""Paths of the front desk."""

from django.urls import path

from intake.views import desk

urlpatterns = [
    path("", desk.note, name="desk"),
    path("antwoord/", desk.answer, name="desk_answer"),
    path("eerder/", desk.earlier, name="desk_earlier"),
    path("voorstel/", desk.proposal, name="desk_proposal"),
    path("nieuwe-code/", desk.new_code, name="desk_new_code"),
    path("<uuid:question_id>/", desk.done, name="desk_done"),
    path("<uuid:question_id>/kaartje/", desk.card, name="desk_card"),
    path("<uuid:question_id>/code/", desk.code_slip, name="desk_code"),
]
