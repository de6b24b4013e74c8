"""A resident's request for access or erasure, answered by the privacy officer (AVG 15 and 17).

receive(question=, kind=, proof=, received_on=, by=, now=)
give_access(received=, by=, member=, now=)     the parts of the download; the resident reads of it
erase(received=, by=, now=)                    an ended question, with its proof
refuse(received=, reason=, by=, now=)
"""

from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.roles.models import Membership
from referrals.privacy.models import DataRequest
from referrals.resident_portal import data_export
from referrals.resident_portal.data_export_parts import Part
from referrals.retention import on_request
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

# AVG 12(3): an answer within a month.
ANSWER_WITHIN = relativedelta(months=1)


def receive(
    *,
    question: Question,
    kind: DataRequest.Kind,
    proof: DataRequest.Proof,
    received_on: date,
    by: User,
    now: datetime,
) -> DataRequest:
    """Record a request, due within a month. Raises WrongMomentError for a day to come."""
    if received_on > local_date(now):
        raise WrongMomentError(_("Deze dag moet nog komen."))
    return DataRequest.objects.create(
        partnership_id=question.partnership_id,
        question=question,
        kind=kind,
        proof=proof,
        received_on=received_on,
        due_on=received_on + ANSWER_WITHIN,
        recorded_by=by,
    )


def give_access(
    *, received: DataRequest, by: User, member: Membership, now: datetime
) -> list[Part]:
    """Return what the resident may have, and complete the request.

    The same as their own download: nothing about others, no working notes, nothing withheld. The
    log says that the officer downloaded it. Raises WrongMomentError for one that was answered.
    """
    with transaction.atomic():
        received = _lock(received, DataRequest.Kind.ACCESS)
        parts = data_export.export_for(question=received.question, by=by, member=member, now=now)
        _answer(received, DataRequest.Status.GRANTED, by, now)
    return parts


def erase(*, received: DataRequest, by: User, now: datetime) -> None:
    """Erase the question; the request goes with it and the proof stays.

    Raises WrongMomentError as `on_request.erase_on_request`, and for one that was answered.
    """
    with transaction.atomic():
        received = _lock(received, DataRequest.Kind.ERASURE)
        _answer(received, DataRequest.Status.GRANTED, by, now)
        on_request.erase_on_request(question=received.question, now=now)


def refuse(*, received: DataRequest, reason: str, by: User, now: datetime) -> DataRequest:
    """Refuse with a reason that the resident can be told. Raises ValueError without one."""
    if not reason.strip():
        raise ValueError("a refusal has a reason")
    with transaction.atomic():
        received = _lock(received, DataRequest.Kind(received.kind))
        received.reason = reason.strip()
        _answer(received, DataRequest.Status.REFUSED, by, now)
    return received


def _lock(received: DataRequest, kind: DataRequest.Kind) -> DataRequest:
    found = (
        DataRequest.objects.select_for_update(of=("self",))
        .select_related("question__partnership", "question__lead")
        .get(pk=received.pk)
    )
    if (
        found.kind != kind
        or found.status == DataRequest.Status.REFUSED
        or (
            # A file that got lost can be made again.
            found.status == DataRequest.Status.GRANTED and kind != DataRequest.Kind.ACCESS
        )
    ):
        raise WrongMomentError(_("Dit verzoek is al beantwoord."))
    return found


def _answer(received: DataRequest, status: DataRequest.Status, by: User, now: datetime) -> None:
    received.status = status
    received.answered_by = by
    received.answered_at = now
    received.save()
