"""Paths of the front desk."""

from django.urls import path

from intake.desk import views

urlpatterns = [
    path("balie/", views.note, name="desk"),
    path("balie/antwoord/", views.answer, name="desk_answer"),
    path("balie/eerder/", views.earlier, name="desk_earlier"),
    path("balie/voorstel/", views.proposal, name="desk_proposal"),
    path("balie/bewaard/<uuid:submission_key>/", views.saved, name="desk_saved"),
    path("balie/nieuwe-code/", views.new_code, name="desk_new_code"),
    path("balie/<uuid:question_id>/", views.done, name="desk_done"),
    path("balie/<uuid:question_id>/kaartje/", views.card, name="desk_card"),
    path("balie/<uuid:question_id>/code/", views.code_slip, name="desk_code"),
]
