"""Paths of the MDO."""

from django.urls import path

from referrals.views import conference, conference_item

urlpatterns = [
    path("", conference.index, name="conferences"),
    path("nieuw/", conference.new, name="conference_new"),
    path("uitnodiging/<uuid:token>/", conference_item.outside, name="conference_outside"),
    path("<uuid:conference_id>/", conference.show, name="conference"),
    *(
        path(
            f"<uuid:conference_id>/{what}/", conference.arrange, {"what": what}, f"conference_{key}"
        )
        for key, what in (("time", "tijd"), ("invite", "nodig-uit"), ("cancel", "zeg-af"))
    ),
    *(
        path(f"punt/<uuid:item_id>/{what}/", conference_item.act, {"what": what}, f"agenda_{key}")
        for key, what in (
            ("write", "verslag"),
            ("action", "actie"),
            ("share", "delen"),
            ("resident", "inwoner"),
        )
    ),
]
