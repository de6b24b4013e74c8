"""Every path of intake, composed from those of its subjects."""

from django.urls import include, path

urlpatterns = [
    path("", include("intake.ask.urls")),
    path("", include("intake.desk.urls")),
    path("", include("intake.partner_door.urls")),
    path("", include("intake.resident_sign_in.urls")),
]
