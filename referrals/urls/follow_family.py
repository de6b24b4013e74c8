"""Paths on the resident's own page about their family."""

from django.urls import path

from referrals.views import household

urlpatterns = [
    path("vraag/gezin/", household.for_resident, name="follow_family"),
    path("vraag/gezin/vraag/", household.ask_another, name="follow_family_ask"),
]
