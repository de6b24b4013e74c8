"""Paths of the coordinator's caseload and of the neighbourhood's page."""

from django.urls import path

from referrals.caseload import (
    absence_views,
    leaving_views,
    list_views,
    neighbourhood_views,
    redistribution_views,
    saved_views,
    set_aside_views,
    views,
)

urlpatterns = [
    path("caseload/", list_views.index, name="caseload"),
    path("caseload/samen/", list_views.step, name="caseload_step"),
    path("caseload/bestand/", list_views.export_list, name="caseload_export"),
    path("caseload/gezien/", list_views.outside_seen, name="caseload_outside_seen"),
    path("caseload/spreiden/", redistribution_views.spread_chosen, name="caseload_spread"),
    path("caseload/weergave/", saved_views.save, name="caseload_view_save"),
    path("caseload/weergave/<uuid:view_id>/", saved_views.show, name="caseload_view"),
    path("caseload/weergave/<uuid:view_id>/weg/", saved_views.forget, name="caseload_view_forget"),
    path("caseload/overzicht/", views.dashboard_page, name="caseload_dashboard"),
    path("caseload/verdeling/", views.balance_page, name="caseload_balance"),
    path(
        "caseload/verdeling/<uuid:worker_id>/", redistribution_views.divide, name="caseload_divide"
    ),
    path(
        "caseload/verdeling/<uuid:spread_id>/terug/",
        redistribution_views.undo,
        name="caseload_undo",
    ),
    path(
        "beheer/mensen/<uuid:user_id>/vertrekt/",
        leaving_views.leaves,
        name="colleague_leaves",
    ),
    path("caseload/afwezig/", absence_views.away, name="caseload_away"),
    path("caseload/afwezig/<uuid:absence_id>/stop/", absence_views.end, name="caseload_away_end"),
    path("caseload/uren/", absence_views.hours, name="caseload_hours"),
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
    path("caseload/<uuid:question_id>/herinner/", views.remind_of, name="caseload_remind"),
    path("werk/afwezig/", absence_views.own, name="own_absence"),
    path("werk/afwezig/<uuid:absence_id>/stop/", absence_views.end_own, name="own_absence_end"),
    path("wijk/", neighbourhood_views.neighbourhood, name="neighbourhood"),
]
