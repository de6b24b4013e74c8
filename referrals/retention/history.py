"""The history of what went: the events that database triggers wrote, and their context.

An event keeps an old row, so it is a copy like any other. Which column of each history leads to a
question, a person or a conference stands in LEADS; a test fails for a history that isn't in it.
Deleting itself writes events too, so this comes last.
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
LEADS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "intake.QuestionEvent": (("pgh_obj_id", QUESTION),),
    "intake.PersonEvent": (("pgh_obj_id", PERSON),),
    "intake.ContactDetailEvent": (("person_id", PERSON),),
    "intake.ContactWishEvent": (("person_id", PERSON),),
    "intake.SharingBasisEvent": (("question_id", QUESTION),),
    "referrals.AgendaItemEvent": (("question_id", QUESTION),),
    "referrals.ConferenceEvent": (("pgh_obj_id", CONFERENCE),),
    "referrals.HandoverEvent": (("question_id", QUESTION),),
    "referrals.OutsideHandoverEvent": (("question_id", QUESTION),),
}
# Histories of staff and roles: no resident in them.
OF_STAFF = frozenset({"accounts.UserEvent", "organisations.MembershipEvent"})


def histories() -> list[type[Model]]:
    """Every history of the product."""
    return [m for m in apps.get_models() if issubclass(m, pghistory.models.Event)]


def erase(gone: Mapping[str, Collection[UUID]]) -> Counter[str]:
    """Delete the history of what has gone: ids of QUESTION, PERSON and CONFERENCE.

    Gives the number of rows by table. Contexts (who changed it) that no history names any more
    go as well.
    """
    rows: Counter[str] = Counter()
    contexts: set[UUID] = set()
    for label, leads in LEADS.items():
        events = apps.get_model(label)
        found = Q(pk__in=[])
        for column, what in leads:
            found |= Q(**{f"{column}__in": list(gone[what])})
        chosen = events._default_manager.filter(found)
        contexts.update(
            chosen.exclude(pgh_context=None).values_list("pgh_context_id", flat=True).distinct()
        )
        rows[label] = chosen.delete()[0]
    if contexts:
        rows["pghistory.Context"] = _unnamed(contexts)
    return rows


def _unnamed(contexts: Collection[UUID]) -> int:
    chosen = pghistory.models.Context.objects.filter(pk__in=list(contexts))
    for events in histories():
        named = events._default_manager.filter(pgh_context_id=OuterRef("pk"))
        chosen = chosen.filter(~Exists(named))
    return chosen.delete()[0]
