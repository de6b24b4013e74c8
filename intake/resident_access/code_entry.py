"""How a resident opens their own question: reference and code, counted tries, a short session."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest

from intake.questions.models import Question
from intake.resident_access import codes
from intake.resident_access.browser_access import BrowserAccess, HasCodeDigest
from intake.resident_access.models import AccessAttempt
from organisations.partnerships.models import Partnership
from welzijn.sweeps import rows

# Ten wrong tries an hour for one reference, thirty for one address; then nobody gets in for a
# while, not even with the right code: who knows that the limit was hit knows nothing.
WINDOW = timedelta(hours=1)
TRIES_PER_REFERENCE = 10
TRIES_PER_ADDRESS = 30
KEEP_ATTEMPTS = timedelta(days=1)

QUESTION_ACCESS = BrowserAccess("volg")


class HasCode(HasCodeDigest, Protocol):
    """A row that is opened with a code; the digest is made with its primary key."""

    @property
    def pk(self) -> UUID: ...


Opened = TypeVar("Opened", bound=HasCode)


class TooManyTriesError(Exception):
    """The limit for this reference or address is reached; the same whether they exist or not."""


def question_for_code(
    *, partnership: Partnership, reference: str, code: str, address: str, now: datetime
) -> Question | None:
    """Return the question of a reference and code as typed, or None; count the try either way.

    Raises TooManyTriesError once the limits are reached.
    """
    reference = codes.clean_reference(reference)
    return open_with_code(
        find=Question.objects.filter(partnership=partnership, reference=reference).first,
        subject=codes.subject_digest("reference", partnership.id, reference),
        code=code,
        address=address,
        now=now,
    )


def open_with_code(
    *,
    find: Callable[[], Opened | None],
    subject: bytes,
    code: str,
    address: str,
    now: datetime,
) -> Opened | None:
    """Return what `find` gives if this is its code, else None; count the try either way.

    Tries are counted under `subject` (a digest of the reference or link) and under the address.
    Does not reveal whether the reference exists: a wrong code and an unknown reference take the
    same path. Raises TooManyTriesError once the limits are reached.
    """
    subjects = [
        (subject, TRIES_PER_REFERENCE),
        (codes.subject_digest("address", address), TRIES_PER_ADDRESS),
    ]
    with transaction.atomic():
        for counted, limit in subjects:
            refuse_after_too_many(counted, now, limit=limit)
        opened = find()
        stored = opened.code_digest if opened is not None else bytes(32)
        matched = codes.matches(opened.pk if opened is not None else UUID(int=0), code, stored)
        for counted, _limit in subjects:
            count_try(counted, matched, now)
    return opened if matched else None


def refuse_after_too_many(
    subject: bytes, now: datetime, *, limit: int = TRIES_PER_REFERENCE
) -> None:
    """Raises TooManyTriesError where a subject has failed `limit` times within WINDOW.

    Until the caller's transaction ends nobody else tries for the same subject: of a hundred guesses
    at once each is counted before the next is looked at. Lock a reference before an address.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(subject[:8], signed=True)]
        )
    failed = AccessAttempt.objects.filter(subject=subject, at__gt=now - WINDOW, succeeded=False)
    if failed.count() >= limit:
        raise TooManyTriesError


def count_try(subject: bytes, succeeded: bool, now: datetime) -> None:
    """Write down a try under a digest; kept for a day."""
    AccessAttempt.objects.create(subject=subject, at=now, succeeded=succeeded)


def remember(request: HttpRequest, question: Question, now: datetime) -> None:
    """Keep this question open in this browser; under a fresh session key."""
    QUESTION_ACCESS.grant(request, question.id, question, now)


def remembered(request: HttpRequest, partnership: Partnership, now: datetime) -> Question | None:
    """The question that this browser has open, extended by each look; None once it lapsed."""

    def find(question_id: str) -> Question | None:
        return (
            Question.objects.filter(partnership=partnership, pk=question_id)
            .select_related("asker__contact_wish")
            .first()
        )

    question = QUESTION_ACCESS.opened(request, now, find)
    if question is not None:
        QUESTION_ACCESS.extend(request, now)
    return question


def renew_code(*, question: Question) -> str:
    """Give a question a new code; the old one stops working. Returns it: it is stored nowhere.

    Every browser that had the question open with the old one is asked for the new one.
    The caller has made sure of who asks (at the desk, or by a call to the number we know).
    """
    code = codes.new_code()
    Question.objects.filter(pk=question.pk).update(code_digest=codes.digest(question.id, code))
    return code


def forget_old_attempts(*, now: datetime) -> int:
    """Delete counted tries that no limit looks at any more; gives how many."""
    old = AccessAttempt.objects.filter(at__lt=now - KEEP_ATTEMPTS)
    return rows.work_off(
        "attempts",
        list(old.values_list("pk", flat=True)),
        lambda keys: old.filter(pk__in=keys).delete()[0],
        now=now,
        batch=1_000,
    ).done
