"""Paths of one question: its page, why it is there, and an action each."""

from django.urls import path

from referrals.actions import ACTIONS
from referrals.views import case, code_by_phone, receive

urlpatterns = [
    path("overdracht/<uuid:handover_id>/", receive.offered, name="handover"),
    path("<uuid:question_id>/", case.show, name="case"),
    path("<uuid:question_id>/waarom/", case.why, name="case_why"),
    path("<uuid:question_id>/nieuwe-code/", code_by_phone.new_code, name="case_new_code"),
    path("<uuid:question_id>/afspraak/<uuid:follow_up_id>/", case.due, name="case_due"),
    *(
        path(
            f"<uuid:question_id>/{action.slug}/",
            case.act(action),
            name=f"case_{action.key}",
        )
        for action in ACTIONS.values()
    ),
]
