"""Paths of the coordinator's caseload and of the neighbourhood's page."""

from django.urls import path

from referrals.caseload import neighbourhood_views, set_aside_views, views

urlpatterns = [
    path("caseload/", views.index, name="caseload"),
    path("caseload/verdeling/", views.balance_page, name="caseload_balance"),
    path("caseload/verdeling/<uuid:worker_id>/", views.divide, name="caseload_divide"),
    path("caseload/opzij/", set_aside_views.lot, name="caseload_set_aside"),
    path("caseload/opzij/opruimen/", set_aside_views.clear, name="caseload_clear"),
    path(
        "caseload/opzij/<uuid:question_id>/terug/",
        set_aside_views.release,
        name="caseload_release",
    ),
    path("caseload/<uuid:question_id>/", views.detail, name="caseload_one"),
    path("caseload/<uuid:question_id>/wijs-toe/", views.assign_to, name="caseload_assign"),
    path("caseload/<uuid:question_id>/verplaats/", views.move, name="caseload_move"),
    path("wijk/", neighbourhood_views.neighbourhood, name="neighbourhood"),
]
