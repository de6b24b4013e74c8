"""Paths of the learning sessions."""

from django.urls import path

from organisations.learning_sessions import views

urlpatterns = [
    path("", views.next_sessions, name="learning_sessions"),
    path("aanmelden/", views.attend, name="learning_attend"),
    path("agenda.ics", views.feed, name="learning_sessions_feed"),
]
