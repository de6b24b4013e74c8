"""Paths of a partner's door."""

from django.urls import path

from intake.views import partner_door

urlpatterns = [
    path("", partner_door.bring_in, name="partner_door"),
    path("antwoord/", partner_door.answer, name="partner_door_answer"),
]
