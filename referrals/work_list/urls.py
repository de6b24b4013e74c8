"""Paths of the work list."""

from django.urls import path

from referrals.work_list import asked_views, views

urlpatterns = [
    path("werk/", views.index, name="work"),
    path("werk/gevraagd/", asked_views.asked, name="asked"),
    path("werk/gevraagd/aantal/", asked_views.count, name="asked_count"),
    path("werk/gevraagd/gezien/", asked_views.seen, name="asked_seen"),
    path("werk/gevraagd/keuze/", asked_views.choose, name="asked_choice"),
    path("werk/overleg/", views.consultations, name="consultations"),
    path("werk/overleg/<uuid:consultation_id>/", views.answer, name="consultation"),
]
