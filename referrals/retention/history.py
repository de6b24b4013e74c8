"""Erase the history of what was deleted: the events of database triggers, and their context.

An event keeps an old row, so it is a copy like any other. LINK_COLUMNS says which column of each
history holds the id of a question, a person or a conference; a test fails for a history that is not
in it. Deleting writes events too, so this runs last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from uuid import UUID

import pghistory.models
from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q

QUESTION, PERSON, CONFERENCE = "question", "person", "conference"

# history: (column, of what it holds the id)
LINK_COLUMNS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "intake.QuestionEvent": (("pgh_obj_id", QUESTION),),
    "intake.QuestionLifeDomainEvent": (("question_id", QUESTION),),
    "intake.PersonEvent": (("pgh_obj_id", PERSON),),
    "intake.ContactDetailEvent": (("person_id", PERSON),),
    "intake.ContactWishEvent": (("person_id", PERSON),),
    "intake.SharingBasisEvent": (("question_id", QUESTION),),
    "referrals.AgendaItemEvent": (("question_id", QUESTION),),
    "referrals.ConferenceEvent": (("pgh_obj_id", CONFERENCE),),
    "referrals.HandoverEvent": (("question_id", QUESTION),),
    "referrals.OutsideHandoverEvent": (("question_id", QUESTION),),
}
# Histories of staff, roles and services; they hold no resident.
OF_STAFF = frozenset(
    {"accounts.UserEvent", "organisations.MembershipEvent", "organisations.ServiceEvent"}
)


def histories() -> list[type[Model]]:
    """Return every history model of the product."""
    return [m for m in apps.get_models() if issubclass(m, pghistory.models.Event)]


def erase(gone: Mapping[str, Collection[UUID]]) -> Counter[str]:
    """Delete the history of these ids of QUESTION, PERSON and CONFERENCE; return rows by table.

    Also deletes the contexts (who changed it) to which no history refers any more.
    """
    rows: Counter[str] = Counter()
    contexts: set[UUID] = set()
    for label, leads in LINK_COLUMNS.items():
        events = apps.get_model(label)
        condition = Q(pk__in=[])
        for column, what in leads:
            condition |= Q(**{f"{column}__in": list(gone[what])})
        chosen = events._default_manager.filter(condition)
        contexts.update(
            chosen.exclude(pgh_context=None).values_list("pgh_context_id", flat=True).distinct()
        )
        rows[label] = chosen.delete()[0]
    if contexts:
        rows["pghistory.Context"] = _delete_unreferenced_contexts(contexts)
    return rows


def _delete_unreferenced_contexts(contexts: Collection[UUID]) -> int:
    chosen = pghistory.models.Context.objects.filter(pk__in=list(contexts))
    for events in histories():
        named = events._default_manager.filter(pgh_context_id=OuterRef("pk"))
        chosen = chosen.filter(~Exists(named))
    return chosen.delete()[0]
