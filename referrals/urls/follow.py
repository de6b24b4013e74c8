"""Paths of the resident's own page."""

from django.urls import path

from referrals.views import check, download, follow

urlpatterns = [
    path("", follow.enter, name="follow"),
    path("vraag/", follow.show, name="follow_question"),
    path("vraag/vul-aan/", follow.add, name="follow_add"),
    path("vraag/overdracht/", follow.handover, name="follow_handover"),
    path("vraag/gesproken/", follow.spoken, name="follow_spoken"),
    path("vraag/stop-delen/<uuid:basis_id>/", follow.stop_sharing, name="follow_stop_sharing"),
    path("vraag/trek-in/", follow.withdraw, name="follow_withdraw"),
    path("vraag/gegevens/", download.own_question, name="follow_download"),
    path("vraag/oordeel/", follow.verdict, name="follow_verdict"),
    path("hoe-gaat-het/<uuid:code>/", check.check, name="check"),
    path("hoe-gaat-het/<uuid:code>/dank/", check.done, name="check_done"),
    path("sluit/", follow.leave, name="follow_leave"),
]
