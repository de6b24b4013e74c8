"""Paths of the case conference (MDO)."""

from django.urls import path

from referrals.conferences import agenda_request_views, arrange_views, item_views, views

urlpatterns = [
    path("vraagstuk/<uuid:question_id>/mdo/", views.propose, name="case_conference"),
    path(
        "vraagstuk/<uuid:question_id>/mdo/gevraagd/<uuid:agenda_request_id>/",
        agenda_request_views.answer,
        name="case_join",
    ),
    path("mdo/", views.index, name="conferences"),
    path("mdo/nieuw/", views.new, name="conference_new"),
    path("mdo/uitnodiging/<uuid:token>/", item_views.outside, name="conference_outside"),
    path("mdo/<uuid:conference_id>/", views.show, name="conference"),
    *(
        path(
            f"mdo/<uuid:conference_id>/{what}/",
            arrange_views.arrange,
            {"what": what},
            f"conference_{key}",
        )
        for key, what in (
            ("time", "tijd"),
            ("invite", "nodig-uit"),
            ("question", "vraag-erbij"),
            ("ask", "vraag-een-collega"),
            ("cancel", "zeg-af"),
            ("title", "titel"),
        )
    ),
    *(
        path(f"mdo/punt/<uuid:item_id>/{what}/", item_views.act, {"what": what}, f"agenda_{key}")
        for key, what in (
            ("write", "verslag"),
            ("action", "actie"),
            ("share", "delen"),
            ("resident", "inwoner"),
        )
    ),
]
