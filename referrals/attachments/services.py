"""Verbs of photos and PDFs at a question.

    add_by_resident(question=, given=, now=)
    add_by_staff(question=, given=, for_resident=, by=, now=)     who works on it, or logged it
    remove_by_resident(question=, attachment_id=, now=)
    remove_by_staff(question=, attachment_id=, by=, now=)

What was removed is gone at once; that it was there stays in the timeline.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from intake.attachments import sentences
from intake.attachments import services as attachments
from intake.attachments.models import Attachment
from intake.attachments.services import Examined
from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.status import WrongMomentError
from referrals.casework_base import acting_membership, notify
from referrals.follow_ups import services as follow_up_services
from welzijn.accounts.models import User

_ATTACHED = TimelineEntry.Kind.ATTACHED


def add_by_resident(
    *, question: Question, given: Sequence[Examined], now: datetime
) -> TimelineEntry:
    """Add files to an open question, and tell who is responsible.

    Raises WrongMomentError for a closed question, RefusedFileError where they don't fit.
    """
    with transaction.atomic():
        question = status.lock(question)
        follow_up_services.must_be_open(question)
        entry = attachments.store(question=question, given=given, now=now)
        notify.staff(question, entry, [notify.responsible(question)], "resident_reacted", now)
    return entry


def add_by_staff(
    *,
    question: Question,
    given: Sequence[Examined],
    for_resident: bool,
    by: User,
    now: datetime,
) -> TimelineEntry:
    """Add files to an open question; the resident hears of it where they may see them.

    Raises NotAllowedError for who neither works on the question nor logged it, WrongMomentError for
    a closed question, RefusedFileError where they don't fit.
    """
    with transaction.atomic():
        question = status.lock(question)
        organisation = acting_membership.must_work_or_have_logged(by, question, now)
        follow_up_services.must_be_open(question)
        entry = attachments.store(
            question=question,
            given=given,
            by=by,
            organisation=organisation,
            for_resident=for_resident,
            now=now,
        )
        notify.staff(
            question, entry, [notify.responsible(question)], "letter_added", now, exclude=by
        )
    return entry


def remove_by_resident(*, question: Question, attachment_id: UUID, now: datetime) -> None:
    """Destroy a file that the resident sent themselves, while the question is open.

    Removing twice is once. Raises WrongMomentError for what they can't remove.
    """
    with transaction.atomic():
        question = status.lock(question)
        follow_up_services.must_be_open(question)
        found = _own_attachment(
            question, attachment_id, source=Attachment.Source.RESIDENT, added_by=None
        )
        if found is None:
            return
        attachments.clear(found, question=question, now=now)
        timeline.by_resident(
            question=question, kind=_ATTACHED, sentence=sentences.REMOVED_BY_RESIDENT(), now=now
        )


def remove_by_staff(*, question: Question, attachment_id: UUID, by: User, now: datetime) -> None:
    """Destroy a file that this user added: it belonged to somebody else, or was a slip.

    Removing twice is once. Raises NotAllowedError, WrongMomentError for what a colleague added.
    """
    with transaction.atomic():
        question = status.lock(question)
        organisation = acting_membership.must_work_or_have_logged(
            by, question, now, at_any_time=True
        )
        found = _own_attachment(
            question, attachment_id, source=Attachment.Source.STAFF, added_by=by
        )
        if found is None:
            return
        attachments.clear(found, question=question, now=now)
        timeline.by_staff(
            question=question,
            kind=_ATTACHED,
            user=by,
            organisation=organisation,
            sentence=sentences.REMOVED_BY_STAFF()
            if found.for_resident
            else sentences.REMOVED_FOR_COLLEAGUES(),
            for_resident=found.for_resident,
            now=now,
        )


def _own_attachment(
    question: Question, attachment_id: UUID, *, source: str, added_by: User | None
) -> Attachment | None:
    """Return the file, or None where it is gone already. Raises WrongMomentError for another's."""
    found = Attachment.objects.filter(question=question, pk=attachment_id).first()
    if found is None or (found.source, found.added_by_id) != (
        source,
        added_by.pk if added_by else None,
    ):
        raise WrongMomentError(_("Alleen wie dit toevoegde, kan het weghalen."))
    return found if found.payload is not None else None
