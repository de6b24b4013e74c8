"""The path of an offered handover, for its receiver."""

from django.urls import path

from referrals.handovers import views

urlpatterns = [
    path("vraagstuk/overdracht/<uuid:handover_id>/", views.offered, name="handover"),
]
