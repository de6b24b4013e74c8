"""Paths of the work list."""

from django.urls import path

from referrals.work_list import views

urlpatterns = [
    path("werk/", views.index, name="work"),
    path("werk/overleg/", views.consultations, name="consultations"),
    path("werk/overleg/<uuid:consultation_id>/", views.answer, name="consultation"),
]
