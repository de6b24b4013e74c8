"""Paths around signing in that need to know of roles."""

from django.urls import path

from organisations.views import home

urlpatterns = [
    path("start/", home.home_for_staff, name="home_for_staff"),
    path("mijn/", home.profile, name="account_profile"),
    path("demo/", home.demo_login, name="demo_login"),
]
