"""Paths on the resident's own page about their family."""

from django.urls import path

from referrals.views import conference_item, household, outside

urlpatterns = [
    path("vraag/mdo/", conference_item.for_resident, name="follow_conference"),
    path("vraag/buiten/", outside.for_resident, name="follow_outside"),
    path("vraag/gezin/", household.for_resident, name="follow_family"),
    path("vraag/gezin/vraag/", household.ask_another, name="follow_family_ask"),
]
