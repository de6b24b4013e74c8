"""Paths around one question: its household."""

from django.urls import path

from referrals.views import household

urlpatterns = [
    path("<uuid:question_id>/gezin/", household.for_worker, name="case_family"),
]
