"""The public front door: asking a question, and leaving."""

from django.urls import path

from intake.ask.views import check, danger, front, leave, letters, steps

urlpatterns = [
    path("", front.front_page, name="front_door"),
    path("vraag/", steps.start, name="ask"),
    path("vraag/controle/", check.check, name="ask_check"),
    path("vraag/gelukt/", check.done, name="ask_done"),
    # Not "gevaar": the address remains in the browser's history.
    path("vraag/hulp/", danger.danger, name="danger"),
    path("vraag/hulp/bereiken/", danger.reach, name="danger_reach"),
    path("vraag/brief/", letters.letters, name="ask_letters"),
    path("vraag/brief/<uuid:file_id>/", letters.letter, name="ask_letter"),
    path("vraag/<slug:step>/", steps.step, name="ask_step"),
    path("wissen/", leave.wipe, name="wipe"),
    path("gewist/", leave.wiped, name="wiped"),
    path("snel-weg/", leave.quick_exit, name="quick_exit"),
    path("privacy/", front.privacy, name="privacy"),
    path("toegankelijkheid/", front.accessibility, name="accessibility"),
]
