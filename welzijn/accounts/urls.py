"""Account pages of our own, beside allauth's."""

from django.urls import path

from welzijn.accounts import views

urlpatterns = [
    path("uitnodiging/<str:uid>/<str:token>/", views.invitation, name="invitation"),
    path("ingelogd/<int:session>/uit/", views.end_session, name="end_session"),
]
