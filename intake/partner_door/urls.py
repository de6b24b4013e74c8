"""Paths of a partner's door."""

from django.urls import path

from intake.partner_door import views

urlpatterns = [
    path("partner/", views.bring_in, name="partner_door"),
    path("partner/antwoord/", views.answer, name="partner_door_answer"),
    path("partner/<uuid:question_id>/aanduiding/", views.mark, name="partner_mark"),
]
