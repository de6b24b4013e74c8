"""The rows that two orders of the same actions are compared by."""

from collections import Counter
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from intake.households.models import HouseholdLink
from intake.questions.models import Question, SharingBasis, TimelineEntry
from referrals.conferences.models import AgendaItem, Conference, Participant
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover, HandoverTalk
from welzijn.notifications.models import Message


def picture() -> dict[str, Any]:
    """All that people can tell apart afterwards; no ids of rows that were made meanwhile."""
    homes: dict[Any, set[Any]] = {}
    for home, person in HouseholdLink.objects.filter(ended_at=None).values_list(
        "household", "person"
    ):
        homes.setdefault(home, set()).add(person)

    # Who is invited from outside is a new row in each order; their address is what stays.
    outside = {
        f"participant:{pk}": email for pk, email in Participant.objects.values_list("pk", "email")
    }

    def rows(queryset: Any, *names: str) -> Counter[Any]:
        return Counter(queryset.values_list(*names))

    return {
        "questions": rows(
            Question.objects, "id", "status", "lead", "lead_team", "assigned_to", "due_on", "result"
        ),
        "handovers": rows(
            Handover.objects,
            "question",
            "receiver",
            "status",
            "due_for",
            "due_on",
            "answered_by",
            "meeting_at",
            "step",
        ),
        "talk": rows(HandoverTalk.objects, "text", "resident_yes_how", "refused_at"),
        "bases": rows(
            SharingBasis.objects.filter(ended_at=None), "question", "organisation", "team", "kind"
        ),
        "due": rows(
            FollowUp.objects.filter(status="open"),
            "question",
            "kind",
            "due_on",
            "organisation",
            "team",
            "worker",
            "waits_for",
        ),
        "messages": Counter(
            (template, outside.get(key, key), kind)
            for template, key, kind in Message.objects.values_list(
                "template", "recipient_key", "subject_kind"
            )
        ),
        "timeline": rows(
            TimelineEntry.objects.annotate(given=Cast("parameters", TextField())),
            "question",
            "kind",
            "sentence",
            "given",
        ),
        "mdo": rows(Conference.objects, "status", "starts_at", "sequence"),
        "participants": rows(
            Participant.objects, "user", "email", "removed_at", "comes", "invitations_sent"
        ),
        "agenda": rows(
            AgendaItem.objects, "question", "resident_invited", "invitations_sent", "version"
        ),
        "households": sorted(map(sorted, homes.values())),
    }
