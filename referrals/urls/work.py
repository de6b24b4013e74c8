"""Paths of the work list."""

from django.urls import path

from referrals.views import work

urlpatterns = [
    path("", work.index, name="work"),
    path("overleg/", work.consultations, name="consultations"),
    path("overleg/<uuid:consultation_id>/", work.answer, name="consultation"),
]
