"""URLs of signing in with DigiD; where it is off, none of them exists."""

from django.urls import path

from intake.resident_sign_in import views

urlpatterns = [
    path("mijn-vragen/", views.questions, name="own_questions"),
    path("mijn-vragen/inloggen/", views.start, name="resident_sign_in"),
    path("mijn-vragen/inloggen/digid/", views.begin, name="resident_sign_in_begin"),
    path("mijn-vragen/inloggen/terug/", views.come_back, name="resident_sign_in_return"),
    path("mijn-vragen/sluit/", views.leave, name="resident_sign_out"),
    path("mijn-vragen/<uuid:question_id>/", views.open_one, name="own_question"),
    path("mijn-vragen/<uuid:question_id>/weg/", views.take_off, name="own_question_off"),
]
