"""Addresses that the script on pages of staff calls."""

from django.urls import path

from welzijn.staff_forms import views

urlpatterns = [
    path("concept/", views.save, name="draft_save"),
    path("concept/wis/", views.discard, name="draft_discard"),
    path("concept/blijf/", views.stay, name="stay_signed_in"),
]
