"""Paths of the signals from practice."""

from django.urls import path

from referrals.signals import change_views, step_views, views

urlpatterns = [
    path("signalen/", views.index, name="signals"),
    path("signalen/nieuw/", views.write, name="signal_new"),
    path(
        "signalen/bundel/nieuw/<str:municipality_code>/",
        views.bundle_new,
        name="signal_bundle_new",
    ),
    path("signalen/bundel/<uuid:bundle_id>/", views.bundle, name="signal_bundle"),
    path("signalen/bundel/<uuid:bundle_id>/vervolg/", step_views.step, name="signal_step"),
    path(
        "signalen/bundel/<uuid:bundle_id>/wijzig/",
        change_views.bundle_change,
        name="signal_bundle_change",
    ),
    path("signalen/<uuid:signal_id>/wijzig/", change_views.edit, name="signal_edit"),
    path("signalen/<uuid:signal_id>/doe/", change_views.act, name="signal_act"),
    path("signalen/<uuid:signal_id>/niet-naar-overleg/", views.aside, name="signal_aside"),
]
