"""Verbs of a coordinator about a flood at the public form.

lot(partnership)                            what waits for a decision
clear(partnership=, by=, now=)              all of it at once: ended, and kept recoverable
release(question=, by=, now=)               one of it is real: back to work, also after clearing
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from intake.questions import responsible, status
from intake.questions.models import Question, SetAside, TimelineEntry
from organisations.partnerships.models import Partnership
from organisations.roles.permissions import Permission
from referrals.casework import reopen, sentences
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.notifications import outbox


def lot(partnership: Partnership) -> QuerySet[SetAside]:
    """Return what was set aside and waits for a decision, oldest first."""
    waiting = SetAside.objects.waiting().filter(question__partnership=partnership)
    return waiting.order_by("at", "pk")


def cleared(partnership: Partnership) -> QuerySet[SetAside]:
    """Return what was cleared and can still be taken back, newest first."""
    return SetAside.objects.filter(
        question__partnership=partnership, cleared_at__isnull=False, released_at__isnull=True
    ).order_by("-cleared_at", "-at", "pk")


def clear(*, partnership: Partnership, by: User, before: datetime, now: datetime) -> int:
    """End all that was set aside up to `before`, in one step; return how many.

    `before` is the moment of the page that was looked at: what came in since waits for another
    look. Each question stays with its reference and code: whoever asked it can open it again on
    their own page, and a coordinator can release it. Nobody gets a message. Raises NotAllowedError.
    """
    _must_coordinate(by, partnership)
    with transaction.atomic():
        waiting = SetAside.objects.select_for_update().filter(
            pk__in=lot(partnership).filter(at__lte=before).values("pk")
        )
        ids = list(waiting.values_list("pk", flat=True))
        SetAside.objects.filter(pk__in=ids).update(cleared_at=now, decided_by=by)
        still_new = Question.objects.filter(pk__in=ids, status=Question.Status.NEW)
        ended = list(still_new.select_for_update(no_key=True).values_list("pk", flat=True))
        Question.objects.filter(pk__in=ended).update(
            status=Question.Status.WITHDRAWN, closed_at=now, last_activity_at=now
        )
        FollowUp.objects.filter(question__in=ended, status=FollowUp.Status.OPEN).update(
            status=FollowUp.Status.CANCELLED, done_at=now, remind_at=None
        )
        sentence = sentences.SET_ASIDE()
        TimelineEntry.objects.bulk_create(
            [
                TimelineEntry(
                    question_id=pk,
                    at=now,
                    kind=TimelineEntry.Kind.WITHDRAWN,
                    actor_kind=TimelineEntry.Actor.SYSTEM,
                    sentence=sentence.key,
                    parameters=sentence.parameters,
                )
                for pk in ended
            ],
            batch_size=1_000,
        )
    return len(ids)


def release(*, question: Question, by: User, now: datetime) -> None:
    """Take a real question out of the flood: it is in the lists again, and its lead is told.

    Doing it twice changes nothing. Raises NotAllowedError.
    """
    _must_coordinate(by, question.partnership)
    with transaction.atomic():
        question = status.lock(question)
        kept = SetAside.objects.select_for_update().filter(
            question=question, released_at__isnull=True
        )
        if not kept.update(released_at=now, decided_by=by):
            return
        if question.status == Question.Status.WITHDRAWN:
            reopen.reopen_locked(question=question, sentence=sentences.REOPENED(), now=now)
            return
        outbox.queue(
            partnership_id=question.partnership_id,
            subject_kind="question.new",
            subject_id=question.pk,
            about_id=question.pk,
            recipient=responsible.lead_mailbox(question),
            template="question_urgent" if question.maybe_danger else "question_new",
            context={"reference": question.reference},
            urgent=question.maybe_danger,
            now=now,
        )


def _must_coordinate(by: User, partnership: Partnership) -> None:
    if not by.has_perm(Permission.SEE_CASELOAD, partnership):
        raise NotAllowedError
