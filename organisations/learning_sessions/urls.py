"""URLs of learning sessions."""

from django.urls import path

from organisations.learning_sessions import arrange_views, outcome_views, views

urlpatterns = [
    path("leersessies/", views.next_sessions, name="learning_sessions"),
    path("leersessies/aanmelden/", views.attend, name="learning_attend"),
    path("leersessies/agenda.ics", views.feed, name="learning_sessions_feed"),
    path("leersessies/geweest/", outcome_views.outcomes, name="learning_outcomes"),
    path("leersessies/geweest/<uuid:session_uid>/", outcome_views.outcome, name="learning_outcome"),
    path("leersessies/nieuw/", arrange_views.plan, name="learning_plan"),
    path("leersessies/<uuid:session_uid>/", views.session_page, name="learning_session"),
    path("leersessies/<uuid:session_uid>/wijzigen/", arrange_views.change, name="learning_change"),
    path("leersessies/<uuid:session_uid>/afzeggen/", arrange_views.cancel, name="learning_cancel"),
    path("leersessies/<uuid:session_uid>/toch/", arrange_views.hold, name="learning_hold"),
    path("leersessies/<uuid:session_uid>/mailen/", arrange_views.mail, name="learning_mail"),
]
