"""How a resident opens their own question: reference and code, slowed tries, a short session."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Protocol, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import ngettext

from intake.people import contact_preferences
from intake.questions.models import Question
from intake.resident_access import codes
from intake.resident_access.browser_access import BrowserAccess, HasCodeDigest
from intake.resident_access.models import AccessAttempt
from organisations.partnerships.models import Partnership
from welzijn.core.client_network import network_of
from welzijn.core.known_browser import KnownBrowser
from welzijn.monitoring.counters import SIGN_INS_REFUSED
from welzijn.sweeps import rows

# After five wrong tries for one reference from one network each next one has to wait: one minute,
# two, four, up to an hour. Nobody else waits for it: the right code from elsewhere opens at once,
# and in a browser that opened it before a minute is the longest.
FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_WAIT_KNOWN = timedelta(minutes=1)
KEEP_ATTEMPTS = timedelta(days=1)

QUESTION_ACCESS = BrowserAccess("volg")


class HasCode(HasCodeDigest, Protocol):
    """A row that is opened with a code; the digest is made with its primary key."""

    @property
    def pk(self) -> UUID: ...


Opened = TypeVar("Opened", bound=HasCode)


class TooManyTriesError(Exception):
    """Too many wrong tries from here; the same whether the reference exists or not."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("too many wrong tries")
        self.wait = wait

    @property
    def minutes(self) -> int:
        """The whole minutes to wait."""
        return max(1, ceil(self.wait / timedelta(minutes=1)))

    def wait_or_call(self) -> str:
        """Return the sentence for a resident: how long to wait, and the other way in."""
        return ngettext(
            "Dit is vaak achter elkaar niet gelukt. Probeer het over {n} minuut nog een keer. "
            "Of bel ons, of kom langs. Dan helpen wij u meteen.",
            "Dit is vaak achter elkaar niet gelukt. Probeer het over {n} minuten nog een keer. "
            "Of bel ons, of kom langs. Dan helpen wij u meteen.",
            self.minutes,
        ).format(n=self.minutes)


def reference_subject(partnership: Partnership, reference: str) -> bytes:
    """Return the digest of a reference as typed, under which tries and browsers are known."""
    cleaned = codes.clean_reference(reference)
    return codes.subject_digest("reference", partnership.id, cleaned)


def question_for_code(
    *,
    partnership: Partnership,
    reference: str,
    code: str,
    address: str,
    now: datetime,
    browser: KnownBrowser | None = None,
) -> Question | None:
    """Return the question of a reference and code as typed, or None; count the try either way.

    The right code confirms the contact details of who asked. What can't be a reference opens
    nothing and counts for nobody.
    Raises TooManyTriesError while the next try has to wait.
    """
    reference = codes.clean_reference(reference)
    if not reference:
        return None
    question = open_with_code(
        find=Question.objects.filter(partnership=partnership, reference=reference).first,
        subject=reference_subject(partnership, reference),
        code=code,
        address=address,
        now=now,
        browser=browser,
    )
    if question is not None:
        contact_preferences.confirm(question.asker_id, now=now)
    return question


def open_with_code(
    *,
    find: Callable[[], Opened | None],
    subject: bytes,
    code: str,
    address: str,
    now: datetime,
    browser: KnownBrowser | None = None,
) -> Opened | None:
    """Return what `find` gives if this is its code, else None; count the try either way.

    Tries are counted under `subject` (a digest of the reference or link) with the network of the
    address, or with the browser where it opened the same subject before.
    Does not reveal whether the reference exists: a wrong code and an unknown reference take the
    same path. Raises TooManyTriesError while the next try has to wait.
    """
    known = browser is not None and browser.holds(subject)
    who = browser.id if known and browser is not None else network_of(address)
    counted = codes.subject_digest("known" if known else "network", subject.hex(), who)
    longest = LONGEST_WAIT_KNOWN if known else LONGEST_WAIT
    with transaction.atomic():
        refuse_while_waiting(counted, now, longest=longest)
        opened = find()
        stored = opened.code_digest if opened is not None else bytes(32)
        matched = codes.matches(opened.pk if opened is not None else UUID(int=0), code, stored)
        count_try(counted, matched, now)
    return opened if matched else None


def refuse_while_waiting(
    subject: bytes, now: datetime, *, longest: timedelta = LONGEST_WAIT
) -> None:
    """Raises TooManyTriesError where the next try for a subject has to wait.

    Wrong tries count for a day, or until a right one. A refused try isn't counted, so that trying
    goes no slower by trying early.
    Until the caller's transaction ends nobody else tries for the same subject: of a hundred guesses
    at once each is counted before the next is looked at.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(subject[:8], signed=True)]
        )
        cursor.execute(
            "SELECT count(*), max(at) FROM intake_accessattempt t WHERE subject = %(subject)s"
            " AND at > %(since)s AND NOT succeeded AND NOT EXISTS (SELECT FROM intake_accessattempt"
            " WHERE subject = t.subject AND succeeded AND at >= t.at)",
            {"subject": subject, "since": now - KEEP_ATTEMPTS},
        )
        failed, last = cursor.fetchone() or (0, None)
    if failed >= FREE_TRIES:
        wait = min(FIRST_WAIT * 2 ** min(failed - FREE_TRIES, 10), longest)
        if now < last + wait:
            SIGN_INS_REFUSED.labels("resident", "waiting").inc()
            raise TooManyTriesError(last + wait - now)


def count_try(subject: bytes, succeeded: bool, now: datetime) -> None:
    """Write down a try under a digest; kept for a day."""
    if not succeeded:
        SIGN_INS_REFUSED.labels("resident", "wrong").inc()
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
