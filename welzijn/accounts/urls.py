"""Account pages of our own, beside allauth's."""

from django.urls import path

from welzijn.accounts import views

urlpatterns = [
    path("uitnodiging/<str:uid>/<str:token>/", views.invitation, name="invitation"),
]
