"""Paths of the agenda."""

from django.urls import path

from referrals.agenda import views

urlpatterns = [
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/adres/", views.feed_address, name="agenda_feed_address"),
    path("agenda/<slug:token>.ics", views.feed, name="agenda_feed"),
]
