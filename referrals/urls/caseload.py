"""Paths of the coordinator's caseload."""

from django.urls import path

from referrals.views import caseload

urlpatterns = [
    path("", caseload.index, name="caseload"),
    path("verdeling/", caseload.balance_page, name="caseload_balance"),
    path("verdeling/<uuid:worker_id>/", caseload.divide, name="caseload_divide"),
    path("<uuid:question_id>/", caseload.one, name="caseload_one"),
    path("<uuid:question_id>/wijs-toe/", caseload.assign_to, name="caseload_assign"),
    path("<uuid:question_id>/verplaats/", caseload.move, name="caseload_move"),
]
