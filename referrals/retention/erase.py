"""Erase one batch of questions from every table, with its proof, in one transaction.

Rows with a foreign key to a question cascade. The rest is named here: messages, the history, ids in
the access log, people whom nothing refers to any more, a household without links, a conference
without questions. tests/referrals/retention/test_every_copy.py searches every column of every table
for traces, so that a new table can't be forgotten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.apps import apps
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from intake.households.models import Household, HouseholdLink
from intake.people.models import Person
from intake.questions.models import Question, SharingBasis
from referrals.conferences import notifications as conference_notifications
from referrals.conferences.models import AgendaItem, Conference, Participant
from referrals.reports.cubes import keep_erased
from referrals.reports.models import ReportedQuestion
from referrals.retention import erasure_list, history
from referrals.retention.due import RULE, Group, expired
from referrals.retention.models import DeletionProof
from welzijn.audit.models import AccessEvent, Withholding
from welzijn.audit.protection import erasure as door
from welzijn.notifications import erasure
from welzijn.staff_forms import drafts


def erase_batch(group: Group, ids: Collection[UUID], *, now: datetime) -> int:
    """Erase those of these questions of a group that have expired; return how many.

    A question that somebody has locked is in use: it is skipped, and found the next time. Expiry is
    checked again under the lock, so activity in between keeps a question. The proof is written in
    the same transaction. Raises what the database raises; then nothing has changed.
    """
    with transaction.atomic():
        free = (
            Question.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(pk__in=ids)
            .order_by("pk")
        )
        locked = list(free.values_list("pk", flat=True))
        going = list(expired(group, now=now).filter(pk__in=locked).order_by("pk"))
        if going:
            erase_with_proof(group, going, now=now, rule=RULE)
    return len(going)


def erase_with_proof(
    group: Group, going: Collection[Question], *, now: datetime, rule: str
) -> None:
    """Erase locked questions of a group from every table and write the proof, with this rule.

    For `erase_batch` and `retention.on_request`, in their transaction.
    """
    ids, proof = [question.pk for question in going], uuid4()
    keep_erased(group.partnership, ids, now)
    with door.of_questions(ids, proof=proof, rule=rule):
        rows = _erase(going)
        erasure_list.add(ids, now=now)
        DeletionProof.objects.create(
            id=proof,
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
    """Erase locked questions from every table; return the number of rows by table."""
    ids = [question.pk for question in going]
    people = {q.asker_id for q in going} | {q.subject_id for q in going}
    people.update(
        SharingBasis.objects.filter(question__in=ids, given_by__isnull=False).values_list(
            "given_by", flat=True
        )
    )
    people |= _former_subjects(ids)
    conferences = set(
        AgendaItem.objects.filter(question__in=ids).values_list("conference", flat=True)
    )
    rows: Counter[str] = Counter()
    rows.update(erasure.delete_about(ids, references=[question.reference for question in going]))
    rows.update(drafts.delete_about(ids))
    rows.update(_unlink_log(ids))
    # Before the links to life domains cascade, so that the rollup keeps counting it as it was.
    rows.update(_deleted(ReportedQuestion.objects.filter(question__in=ids)))
    rows.update(_deleted(Question.objects.filter(pk__in=ids)))
    conferences = _delete_empty_conferences(conferences, rows)
    people = _delete_unreferenced_people(people, rows)
    rows.update(
        history.erase(
            {history.QUESTION: ids, history.PERSON: people, history.CONFERENCE: conferences}
        )
    )
    return rows


def _former_subjects(ids: Collection[UUID]) -> set[UUID]:
    """Return the people whom these questions were about, before that was put right."""
    history = apps.get_model("intake", "QuestionEvent")
    before = history._default_manager.filter(pgh_obj__in=ids).values_list("subject_id", flat=True)
    return set(before.distinct())


def _deleted(rows: QuerySet) -> dict[str, int]:
    return rows.delete()[1]


def _unlink_log(ids: Collection[UUID]) -> dict[str, int]:
    """Clear from the log what was accessed and why; that a member of staff did so is kept.

    The entries themselves are deleted at the end of the log's own term. Withholdings explain an
    entry in words, so they are deleted now.
    """
    events = AccessEvent.objects.filter(question_id__in=ids)
    rows = _deleted(Withholding.objects.filter(event__question_id__in=ids))
    rows["audit.AccessEvent"] = events.update(
        question_id=None, person_id=None, reason="", on_behalf_of=""
    )
    return rows


def _delete_empty_conferences(conferences: Collection[UUID], rows: Counter[str]) -> set[UUID]:
    """Delete the conferences without a question left, with their guests; return their ids.

    Locked first: of two batches that each erase one of the last two questions, the second then sees
    that none is left.
    """
    locked = Conference.objects.select_for_update().filter(pk__in=conferences).order_by("pk")
    left = Exists(AgendaItem.objects.filter(conference=OuterRef("pk")))
    ids = [conference.pk for conference in locked]
    gone = set(Conference.objects.filter(~left, pk__in=ids).values_list("pk", flat=True))
    invited = Participant.objects.filter(conference__in=gone)
    rows.update(
        erasure.delete_for_subjects(
            [conference_notifications.PLANNED, conference_notifications.OVER],
            list(invited.values_list("pk", flat=True)),
        )
    )
    rows.update(_deleted(Conference.objects.filter(pk__in=gone)))
    return gone


def _delete_unreferenced_people(people: Collection[UUID], rows: Counter[str]) -> set[UUID]:
    """Delete the people to whom no question or basis refers any more; return their ids.

    Somebody with another question is kept until that question is erased.
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
    # A household of one is no household: delete it, with the link of the person who is left.
    linked = Count("links", filter=Q(links__ended_at__isnull=True))
    alone = Household.objects.annotate(linked=linked).filter(linked__lt=2, pk__in=homes_locked)
    rows.update(_deleted(Household.objects.filter(pk__in=alone.values("pk"))))
    return gone
