"""Paths of the work list."""

from django.urls import path

from referrals.work_list import inbox_views, views

urlpatterns = [
    path("werk/", views.index, name="work"),
    path("werk/gevraagd/", inbox_views.inbox, name="asked"),
    path("werk/gevraagd/aantal/", inbox_views.count, name="asked_count"),
    path("werk/gevraagd/gezien/", inbox_views.seen, name="asked_seen"),
    path("werk/gevraagd/keuze/", inbox_views.choose, name="asked_choice"),
    path("werk/overleg/", views.consultations, name="consultations"),
    path("werk/overleg/<uuid:consultation_id>/", views.answer, name="consultation"),
]
