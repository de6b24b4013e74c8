"""Paths of the municipality's report."""

from django.urls import path

from referrals.reports import choice_views, goal_views, open_data_views, saved_reports, views
from referrals.reports.ready_made import views as questions

urlpatterns = [
    path("rapportage/", views.index, name="report"),
    path("rapportage/vragen/", questions.index, name="report_questions"),
    path("rapportage/vragen/<slug:asked>/", questions.show, name="report_question"),
    path("rapportage/doelen/", goal_views.goals, name="report_goals"),
    path("rapportage/doelen/<slug:goal>/<str:quarter>/", goal_views.add_story, name="story_new"),
    path("rapportage/verhaal/<uuid:story_id>/", goal_views.answer, name="story_answer"),
    path("rapportage/jaar/<int:year>/", goal_views.yearly, name="report_year"),
    path("rapportage/kiezen/", choice_views.choose, name="report_choice"),
    path("rapportage/kiezen/bewaren/", saved_reports.save, name="report_save"),
    path("rapportage/bewaard/<uuid:report_id>/", saved_reports.show, name="saved_report"),
    path(
        "rapportage/bewaard/<uuid:report_id>/verwijderen/",
        saved_reports.delete,
        name="saved_report_delete",
    ),
    path("open-data/", open_data_views.catalogue, name="open_data"),
    path("open-data/<str:municipality_code>.csv", open_data_views.dataset, name="open_data_file"),
    path("rapportage/download/", views.download, name="report_download"),
]
