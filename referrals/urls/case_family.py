"""Paths around one question: its household, its MDO, and what is kept off the resident's page."""

from django.urls import path

from referrals.views import conference, household, meldcode, outside, withhold

urlpatterns = [
    path("afscherming/<uuid:withholding_id>/", withhold.decide, name="withholding"),
    path("<uuid:question_id>/gezin/", household.for_worker, name="case_family"),
    path("<uuid:question_id>/mdo/", conference.propose, name="case_conference"),
    path("<uuid:question_id>/buiten/", outside.for_worker, name="case_outside"),
    path("<uuid:question_id>/meldcode/", meldcode.show, name="case_meldcode"),
    path("<uuid:question_id>/meldcode/<int:number>/", meldcode.step, name="case_meldcode_step"),
    path("<uuid:question_id>/afschermen/", withhold.index, name="case_withhold"),
]
