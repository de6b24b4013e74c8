"""The path of a question's household, for its worker."""

from django.urls import path

from referrals.households import views

urlpatterns = [
    path("vraagstuk/<uuid:question_id>/gezin/", views.for_worker, name="case_family"),
]
