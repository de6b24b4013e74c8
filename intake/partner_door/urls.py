"""Paths of a partner's door."""

from django.urls import path

from intake.partner_door import views

urlpatterns = [
    path("", views.bring_in, name="partner_door"),
    path("antwoord/", views.answer, name="partner_door_answer"),
]
