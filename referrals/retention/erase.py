"""One batch of questions out of every table, with its proof, in one transaction.

What hangs from a question by a foreign key goes with it. The rest is named here: messages, the
history, the log's pointers, people whom nothing names any more, a household without links, a
conference without questions. tests/referrals/retention/test_every_copy.py looks for every trace in
every column of every table, so that a new table can't be forgotten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import pgtrigger
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from intake.households.models import Household, HouseholdLink
from intake.people.models import Person
from intake.questions.models import Question, SharingBasis
from referrals.conferences import notifications as conference_notifications
from referrals.conferences.models import AgendaItem, Conference, Participant
from referrals.reports.models import ReportedQuestion
from referrals.retention import history
from referrals.retention.due import RULE, Group, over
from referrals.retention.models import DeletionProof
from welzijn.audit.models import AccessEvent, Withholding
from welzijn.notifications import erasure

LOG_DOOR = "audit.AccessEvent:append_only"
DECISION_DOOR = "intake.Decision:append_only"


def questions(group: Group, ids: Collection[UUID], *, now: datetime) -> int:
    """Erase those of these questions of a group whose time is over; gives how many went.

    One that somebody has locked is skipped: it is in use, and found the next time. Once the others
    are locked it is asked anew whether their time is over, so activity in between keeps a question.
    The proof is written with it. Raises what the database raises; then nothing has changed.
    """
    with transaction.atomic():
        free = (
            Question.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(pk__in=ids)
            .order_by("pk")
        )
        locked = list(free.values_list("pk", flat=True))
        going = list(over(group, now=now).filter(pk__in=locked).order_by("pk"))
        if going:
            with_proof(group, going, now=now, rule=RULE)
    return len(going)


def with_proof(group: Group, going: Collection[Question], *, now: datetime, rule: str) -> None:
    """Take locked questions of a group out of every table and write the proof, by this rule.

    For `questions` and `retention.on_request`, in their transaction.
    """
    rows = _erase(going)
    DeletionProof.objects.create(
        partnership=group.partnership,
        organisation=group.organisation,
        kind=group.kind,
        years=group.years,
        before=group.before,
        at=now,
        rule=rule,
        questions=len(going),
        rows={table: n for table, n in sorted(rows.items()) if n},
    )


def _erase(going: Collection[Question]) -> Counter[str]:
    """Take locked questions out of every table; gives the number of rows by table."""
    ids = [question.pk for question in going]
    people = {q.asker_id for q in going} | {q.subject_id for q in going}
    people.update(
        SharingBasis.objects.filter(question__in=ids, given_by__isnull=False).values_list(
            "given_by", flat=True
        )
    )
    conferences = set(
        AgendaItem.objects.filter(question__in=ids).values_list("conference", flat=True)
    )
    rows: Counter[str] = Counter()
    rows.update(erasure.about(ids, references=[question.reference for question in going]))
    rows.update(_out_of_the_log(ids))
    # Before the links to life domains go, so that it counts on as what it was.
    rows.update(_deleted(ReportedQuestion.objects.filter(question__in=ids)))
    with pgtrigger.ignore(DECISION_DOOR):
        rows.update(_deleted(Question.objects.filter(pk__in=ids)))
    conferences = _empty(conferences, rows)
    people = _unnamed(people, rows)
    rows.update(
        history.erase(
            {history.QUESTION: ids, history.PERSON: people, history.CONFERENCE: conferences}
        )
    )
    return rows


def _deleted(rows: QuerySet) -> dict[str, int]:
    return rows.delete()[1]


def _out_of_the_log(ids: Collection[UUID]) -> dict[str, int]:
    """The log keeps that a member of staff looked at something; no longer at what, or why.

    The lines themselves go at the end of the log's own term. Withholdings explain a line in words,
    so they go now.
    """
    events = AccessEvent.objects.filter(question_id__in=ids)
    rows = _deleted(Withholding.objects.filter(event__question_id__in=ids))
    with pgtrigger.ignore(LOG_DOOR):
        rows["audit.AccessEvent"] = events.update(
            question_id=None, person_id=None, reason="", on_behalf_of=""
        )
    return rows


def _empty(conferences: Collection[UUID], rows: Counter[str]) -> set[UUID]:
    """Delete the conferences without a question left, with their guests; gives which went.

    Locked first: of two batches that each take one of the last two questions, one sees none left.
    """
    locked = Conference.objects.select_for_update().filter(pk__in=conferences).order_by("pk")
    left = Exists(AgendaItem.objects.filter(conference=OuterRef("pk")))
    ids = [conference.pk for conference in locked]
    gone = set(Conference.objects.filter(~left, pk__in=ids).values_list("pk", flat=True))
    invited = Participant.objects.filter(conference__in=gone)
    rows.update(
        erasure.of_subjects(
            [conference_notifications.PLANNED, conference_notifications.OVER],
            list(invited.values_list("pk", flat=True)),
        )
    )
    rows.update(_deleted(Conference.objects.filter(pk__in=gone)))
    return gone


def _unnamed(people: Collection[UUID], rows: Counter[str]) -> set[UUID]:
    """Delete the people whom no question or basis names any more; gives who went.

    Somebody with another question stays as they are, until the last of them goes.
    """
    locked = Person.objects.select_for_update().filter(pk__in=people).order_by("pk")
    ids = [person.pk for person in locked]
    gone = set(
        Person.objects.filter(
            ~Exists(Question.objects.filter(asker=OuterRef("pk"))),
            ~Exists(Question.objects.filter(subject=OuterRef("pk"))),
            ~Exists(SharingBasis.objects.filter(given_by=OuterRef("pk"))),
            pk__in=ids,
        ).values_list("pk", flat=True)
    )
    households = set(
        HouseholdLink.objects.filter(person__in=gone).values_list("household", flat=True)
    )
    rows.update(_deleted(Person.objects.filter(pk__in=gone)))
    homes = Household.objects.select_for_update().filter(pk__in=households).order_by("pk")
    homes_locked = [home.pk for home in homes]
    # A household of one is no household: it goes, with the link of who is left.
    linked = Count("links", filter=Q(links__ended_at__isnull=True))
    alone = Household.objects.annotate(linked=linked).filter(linked__lt=2, pk__in=homes_locked)
    rows.update(_deleted(Household.objects.filter(pk__in=alone.values("pk"))))
    return gone
