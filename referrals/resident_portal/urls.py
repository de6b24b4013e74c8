"""Paths of the resident portal, and of a new code for a resident who phones."""

from django.urls import path

from referrals.resident_portal import (
    attachment_views,
    check_views,
    code_by_phone_views,
    conference_views,
    contact_views,
    danger_views,
    data_export_views,
    data_request_views,
    entry_views,
    erasure_views,
    external_handover_views,
    household_views,
    views,
    withdraw_views,
)

urlpatterns = [
    path("beheer/inzage/verzoeken/", data_request_views.index, name="data_requests"),
    path(
        "beheer/inzage/verzoeken/<uuid:data_request_id>/",
        data_request_views.one,
        name="data_request",
    ),
    path("volg/", entry_views.enter, name="follow"),
    path("volg/vraag/", views.show, name="follow_question"),
    path("volg/vraag/vul-aan/", views.add, name="follow_add"),
    path("volg/vraag/overdracht/", views.handover, name="follow_handover"),
    path("volg/vraag/gesproken/", views.spoken, name="follow_spoken"),
    path("volg/vraag/stop-delen/<uuid:basis_id>/", views.stop_sharing, name="follow_stop_sharing"),
    path("volg/vraag/trek-in/", withdraw_views.withdraw, name="follow_withdraw"),
    path("volg/vraag/wis/", erasure_views.erase, name="follow_erase"),
    path("volg/gewist/", erasure_views.erased, name="follow_erased"),
    path("volg/vraag/gegevens/", data_export_views.own_question, name="follow_download"),
    path("volg/vraag/bereiken/", contact_views.contact, name="follow_contact"),
    path("volg/vraag/brief/", attachment_views.letters, name="follow_letters"),
    path("volg/vraag/brief/<uuid:attachment_id>/", attachment_views.letter, name="follow_letter"),
    path(
        "volg/vraag/brief/<uuid:attachment_id>/weghalen/",
        attachment_views.remove,
        name="follow_letter_remove",
    ),
    path("volg/vraag/oordeel/", views.verdict, name="follow_verdict"),
    path("volg/hoe-gaat-het/<uuid:code>/", check_views.check, name="check"),
    path("volg/hoe-gaat-het/<uuid:code>/dank/", check_views.done, name="check_done"),
    path("volg/hoe-gaat-het/<uuid:code>/hulp/", danger_views.after_check, name="check_help"),
    path(
        "volg/hoe-gaat-het/<uuid:code>/hulp/bereiken/",
        danger_views.reach_after_check,
        name="check_help_reach",
    ),
    path("volg/vraag/hulp/", danger_views.for_resident, name="follow_help"),
    path("volg/vraag/hulp/bereiken/", danger_views.reach_of_resident, name="follow_help_reach"),
    path("volg/sluit/", views.leave, name="follow_leave"),
    path("volg/vraag/mdo/", conference_views.for_resident, name="follow_conference"),
    path("volg/vraag/buiten/", external_handover_views.for_resident, name="follow_outside"),
    path("volg/vraag/gezin/", household_views.for_resident, name="follow_family"),
    path("volg/vraag/gezin/vraag/", household_views.ask_another, name="follow_family_ask"),
    path(
        "vraagstuk/<uuid:question_id>/nieuwe-code/",
        code_by_phone_views.new_code,
        name="case_new_code",
    ),
]
