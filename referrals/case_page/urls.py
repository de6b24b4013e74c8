"""Paths of one question: its page, the explanation of its routing, and its actions."""

from django.urls import path

from referrals.case_page import step_views, undo_views, views
from referrals.case_page.action_registry import ACTIONS

urlpatterns = [
    path("vraagstuk/<uuid:question_id>/", views.show, name="case"),
    path("vraagstuk/<uuid:question_id>/waarom/", views.why, name="case_why"),
    path(
        "vraagstuk/<uuid:question_id>/afspraak/<uuid:follow_up_id>/",
        step_views.due,
        name="case_due",
    ),
    path(
        "vraagstuk/<uuid:question_id>/stap/<uuid:entry_id>/doorhalen/",
        step_views.strike,
        name="case_strike",
    ),
    path("vraagstuk/<uuid:question_id>/ongedaan/", undo_views.undo_step, name="case_undo"),
    *(
        path(
            f"vraagstuk/<uuid:question_id>/{action.slug}/",
            views.act(action),
            name=f"case_{action.key}",
        )
        for action in ACTIONS.values()
    ),
]
