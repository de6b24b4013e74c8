"""URLs around signing in that depend on roles."""

from django.urls import path

from organisations.administration import home_views

urlpatterns = [
    path("accounts/start/", home_views.home_for_staff, name="home_for_staff"),
    path("accounts/mijn/", home_views.profile, name="account_profile"),
    path("accounts/demo/", home_views.demo_login, name="demo_login"),
]
