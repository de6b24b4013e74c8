"""Paths of the search of staff."""

from django.urls import path

from referrals.search import views

urlpatterns = [
    path("zoeken/", views.search, name="search"),
    path("werk/bekeken/", views.recently_viewed, name="recently_viewed"),
]
