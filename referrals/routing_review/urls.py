"""Paths of the routing rules."""

from django.urls import path

from referrals.routing_review.views import draft, edit, publish, trial, versions

urlpatterns = [
    path("verdeelregels/", versions.current, name="rules"),
    path("verdeelregels/versie/<uuid:rule_set_id>/", versions.version, name="rules_version"),
    path("verdeelregels/begin/", draft.start, name="rules_start"),
    path("verdeelregels/concept/", draft.show, name="rules_draft"),
    path("verdeelregels/concept/proef/", trial.trial, name="rules_tried"),
    path("verdeelregels/concept/publiceer/", publish.publish, name="rules_publish"),
    path("verdeelregels/concept/antwoord/", publish.answer, name="rules_answer"),
    path("verdeelregels/versie/<uuid:rule_set_id>/terug/", publish.put_back, name="rules_put_back"),
    path("verdeelregels/concept/weg/", draft.discard, name="rules_discard"),
    path("verdeelregels/concept/regel/", edit.edit, name="rules_new_rule"),
    path("verdeelregels/concept/regel/<slug:key>/", edit.edit, name="rules_edit_rule"),
    path("verdeelregels/concept/regel/<slug:key>/volgorde/", draft.order, name="rules_order"),
]
