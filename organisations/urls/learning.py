"""Paths of the learning sessions."""

from django.urls import path

from organisations.views import learning

urlpatterns = [
    path("", learning.next_sessions, name="learning_sessions"),
    path("aanmelden/", learning.attend, name="learning_attend"),
    path("agenda.ics", learning.feed, name="learning_sessions_feed"),
]
