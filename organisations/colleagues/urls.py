"""URLs of colleagues' accounts."""

from django.urls import path

from organisations.colleagues import review_views, views

urlpatterns = [
    path("beheer/mensen/", review_views.overview, name="people_review"),
    path("beheer/mensen/bestand/", review_views.download, name="people_review_download"),
    path("beheer/mensen/<uuid:user_id>/", views.person, name="colleague"),
    path("beheer/mensen/<uuid:user_id>/gegevens/", views.details, name="colleague_details"),
    path(
        "beheer/mensen/<uuid:user_id>/tweede-stap/",
        views.reset_second_factor,
        name="colleague_reset",
    ),
    path("beheer/mensen/<uuid:user_id>/koppeling/", views.unlink, name="colleague_unlink"),
    path("beheer/mensen/<uuid:user_id>/stop/", views.end, name="colleague_end"),
    path("beheer/mensen/<uuid:user_id>/open/", views.reopen, name="colleague_reopen"),
    path("beheer/verzoeken/", views.waiting, name="account_requests"),
    path("beheer/verzoeken/<uuid:request_id>/", views.decide, name="account_request_decide"),
]
