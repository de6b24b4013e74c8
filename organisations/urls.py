"""Every path of organisations, composed from those of its subjects."""

from django.urls import include, path

urlpatterns = [
    path("", include("organisations.services.urls")),
    path("", include("organisations.exchange.urls")),
    path("", include("organisations.learning_sessions.urls")),
    path("", include("organisations.administration.urls")),
    path("", include("organisations.administration.home_urls")),
    path("", include("organisations.colleagues.urls")),
    path("", include("organisations.sign_on.urls")),
    path("", include("organisations.scim.urls")),
    path("", include("organisations.partnership_editor.urls")),
    path("", include("organisations.working_together.urls")),
]
