"""URLs of learning sessions."""

from django.urls import path

from organisations.learning_sessions import views

urlpatterns = [
    path("leersessies/", views.next_sessions, name="learning_sessions"),
    path("leersessies/aanmelden/", views.attend, name="learning_attend"),
    path("leersessies/agenda.ics", views.feed, name="learning_sessions_feed"),
]
