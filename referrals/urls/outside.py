"""Paths of a partner outside, who has a link and a code and no account."""

from django.urls import path

from referrals.views import outside

urlpatterns = [
    path("<uuid:token>/", outside.for_partner, name="outside"),
]
