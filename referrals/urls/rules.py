"""Paths of the routing rules."""

from django.urls import path

from referrals.views.rules import draft, read, tried

urlpatterns = [
    path("", read.current, name="rules"),
    path("versie/<uuid:rule_set_id>/", read.version, name="rules_version"),
    path("begin/", draft.start, name="rules_start"),
    path("concept/", draft.show, name="rules_draft"),
    path("concept/proef/", tried.tried, name="rules_tried"),
    path("concept/publiceer/", draft.publish, name="rules_publish"),
    path("concept/weg/", draft.discard, name="rules_discard"),
    path("concept/regel/", draft.edit, name="rules_new_rule"),
    path("concept/regel/<slug:key>/", draft.edit, name="rules_edit_rule"),
    path("concept/regel/<slug:key>/volgorde/", draft.order, name="rules_order"),
]
