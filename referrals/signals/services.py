"""Signals from practice: practitioners report to the administrators, who answer with a date.

write(partnership=, municipalities=, kind=, text=, by=, now=)   by a professional; names no person
set_aside(signal=, why=, by=, now=)                             a coordinator, with a reason
bundle(partnership=, municipality=, signals=, title=, text=, asks=, meeting_on=, by=, now=)
send(bundle=, by=, now=)                                        to the meeting of a municipality
record_answer(bundle=, answer=, answered_on=, by=, now=)        once; notifies the writers

A signal belongs to one municipality and is never shown to another (the database enforces it). The
municipality reads sent bundles, without the names of the writers; writers read their own signals.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.partnerships.models import Municipality, Partnership
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import PRACTITIONERS
from referrals.casework_base import anonymity_check, notify
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.signals import seats
from referrals.signals.models import Signal, SignalBundle
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications import outbox

ANSWERED = "signal.answered"
SENT = "signal.sent"
# The text is searched for the names in this many of the writer's latest questions.
_QUESTIONS_CHECKED = 300


def write(
    *,
    partnership: Partnership,
    municipalities: Collection[Municipality],
    kind: Signal.Kind,
    text: str,
    by: User,
    now: datetime,
) -> list[Signal]:
    """Write a signal, one row for each municipality; return the rows.

    Raises ValidationError for a text that identifies a person (also one of the writer's own
    questions), NotAllowedError for somebody who is no practitioner here, ValueError without a
    municipality or text.
    """
    if not municipalities or not text.strip():
        raise ValueError("a signal has words and a municipality")
    with transaction.atomic():
        member = require_role(by, partnership, PRACTITIONERS, now)
        check(text, by=by, partnership=partnership)
        return Signal.objects.bulk_create(
            Signal(
                partnership=partnership,
                municipality=municipality,
                kind=kind,
                text=text.strip(),
                written_by=by,
                organisation=member.organisation,
                written_at=now,
            )
            for municipality in municipalities
        )


def check(text: str, *, by: User, partnership: Partnership) -> None:
    """Raise ValidationError if the text identifies a person.

    Names are checked only against questions that the writer is assigned or logged: an error about
    another name would reveal that this person has a question.
    """
    own = (
        Question.objects.filter(Q(assigned_to=by) | Q(logged_by=by), partnership=partnership)
        .select_related("asker", "subject")
        .order_by("-received_at")[:_QUESTIONS_CHECKED]
    )
    people = [person for question in own for person in (question.asker, question.subject)]
    anonymity_check.check_for(text, [person.name for person in people])


def set_aside(*, signal: Signal, why: str, by: User, now: datetime) -> Signal:
    """Record why a signal doesn't go to the meeting; its writer is notified.

    Raises NotAllowedError, ValueError without a reason, WrongMomentError for one in a bundle.
    """
    if not why.strip():
        raise ValueError("setting aside has a reason")
    with transaction.atomic():
        require_role(by, signal.partnership, (Role.COORDINATOR,), now)
        signal = Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
        if signal.withdrawn_at is not None:
            raise WrongMomentError(_("Wie dit signaal schreef, heeft het ingetrokken."))
        if signal.bundle_id is not None or signal.aside_at is not None:
            who = _who_was_first(signal)
            raise WrongMomentError(
                _("{who} heeft met dit signaal intussen al iets gedaan.").format(who=who)
            )
        signal.aside_why = why.strip()
        signal.aside_by = by
        signal.aside_at = now
        signal.save()
        notify_writers([signal], signal.pk, now)
    return signal


def bundle(
    *,
    partnership: Partnership,
    municipality: Municipality,
    signals: Sequence[Signal],
    title: str,
    text: str,
    asks: str,
    meeting_on: date,
    by: User,
    now: datetime,
    concerns: str = SignalBundle.Concerns.POLICY,
    about_figure: str = "",
) -> SignalBundle:
    """Bundle signals of one municipality for its meeting; a draft until it is sent.

    Raises NotAllowedError, ValidationError for a text that identifies a person, WrongMomentError if
    a signal is in another bundle by now, ValueError for an empty bundle.
    """
    if not signals:
        raise ValueError("a bundle holds signals")
    with transaction.atomic():
        require_role(by, partnership, (Role.COORDINATOR,), now)
        for words in (title, text, asks):
            check(words, by=by, partnership=partnership)
        made = SignalBundle.objects.create(
            partnership=partnership,
            municipality=municipality,
            title=title.strip(),
            text=text.strip(),
            asks=asks.strip(),
            meeting_on=meeting_on,
            concerns=concerns,
            about_figure=about_figure,
            made_by=by,
            made_at=now,
        )
        free = Signal.objects.select_for_update(of=("self",)).filter(
            pk__in=[s.pk for s in signals],
            partnership=partnership,
            municipality=municipality,
            bundle__isnull=True,
            aside_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        if len(free) != len(signals):
            raise WrongMomentError(_("Een van deze signalen zit intussen in een andere bundel."))
        Signal.objects.filter(pk__in=[s.pk for s in free]).update(bundle=made)
    return made


def send(*, bundle: SignalBundle, by: User, now: datetime) -> SignalBundle:
    """Send a bundle to the meeting; it can't change any more, and the municipality may read it.

    Idempotent. Raises NotAllowedError, WrongMomentError for one that was taken apart.
    """
    with transaction.atomic():
        require_role(by, bundle.partnership, (Role.COORDINATOR,), now)
        bundle = lock_bundle(bundle)
        if bundle.sent_at is not None:
            return bundle
        if bundle.apart_at is not None:
            raise WrongMomentError(_("Deze bundel is intussen uit elkaar gehaald."))
        bundle.sent_by = by
        bundle.sent_at = now
        bundle.save()
        for officer in seats.people(bundle, now):
            _queue(bundle.partnership, SENT, bundle.pk, officer, "signals_sent", now)
    return bundle


def record_answer(
    *, bundle: SignalBundle, answer: str, answered_on: date, by: User, now: datetime
) -> SignalBundle:
    """Record the answer of the meeting and its day; notify everybody who wrote a signal in it.

    By who may answer it. Raises NotAllowedError, ValueError for an empty answer, ValidationError
    for one that identifies a person, WrongMomentError for a bundle that was not sent or was
    answered already, or for a day before sending or in the future.
    """
    if not answer.strip():
        raise ValueError("an answer has words")
    with transaction.atomic():
        bundle = lock_bundle(bundle)
        if not may_answer(by, bundle, now):
            raise NotAllowedError(_("Dit antwoord legt de gemeente of een coördinator vast."))
        if bundle.sent_at is None:
            raise WrongMomentError(_("Deze bundel is nog niet verstuurd."))
        if bundle.answer:
            who = bundle.answer_recorded_by.name if bundle.answer_recorded_by else _("Een collega")
            raise WrongMomentError(_("{who} heeft al een antwoord vastgelegd.").format(who=who))
        if answered_on > local_date(now):
            raise WrongMomentError(_("Deze dag moet nog komen."))
        if answered_on < local_date(bundle.sent_at):
            raise WrongMomentError(_("Op deze dag was de bundel nog niet verstuurd."))
        check(answer, by=by, partnership=bundle.partnership)
        bundle.answer = answer.strip()
        bundle.answered_on = answered_on
        bundle.answer_recorded_by = by
        bundle.answer_recorded_at = now
        bundle.save()
        notify_writers(bundle.signals.select_related("written_by"), bundle.pk, now)
    return bundle


def may_answer(user: User, bundle: SignalBundle, now: datetime) -> bool:
    """Whether `user` may record the answer.

    A coordinator, that municipality's officer, or its wethouder or manager where it concerns them.
    """
    return any(
        m.role == Role.COORDINATOR
        or (m.role in seats.roles_for(bundle) and m.municipality_id == bundle.municipality_id)
        for m in _memberships(user, bundle.partnership, now)
    )


def _memberships(user: User, partnership: Partnership, now: datetime) -> list[Membership]:
    return list(
        Membership.objects.active(local_date(now))
        .filter(user=user, partnership=partnership)
        .select_related("organisation")
        .order_by("granted_at", "id")
    )


def require_role(
    user: User, partnership: Partnership, roles: Collection[Role], now: datetime
) -> Membership:
    """Return the membership with one of these roles. Raises NotAllowedError."""
    for member in _memberships(user, partnership, now):
        if member.role in roles:
            return member
    raise NotAllowedError(_("U heeft hier geen rol voor."))


def lock_bundle(bundle: SignalBundle) -> SignalBundle:
    """Return a bundle with its row locked."""
    return (
        SignalBundle.objects.select_for_update(of=("self",))
        .select_related("partnership")
        .get(pk=bundle.pk)
    )


def notify_writers(signals: Collection[Signal], subject: object, now: datetime) -> None:
    """Notify each writer once, if they still have a role here and so may read the answer."""
    writers = {s.written_by_id: s for s in signals}
    for signal in writers.values():
        if _memberships(signal.written_by, signal.partnership, now):
            _queue(signal.partnership, ANSWERED, subject, signal.written_by, "signal_answered", now)


def _queue(
    partnership: Partnership, kind: str, subject: object, to: User, template: str, now: datetime
) -> None:
    outbox.queue(
        partnership_id=partnership.pk,
        subject_kind=kind,
        subject_id=subject,  # type: ignore[arg-type]  # a uuid of a bundle or of a signal
        recipient=notify.user(to),
        template=template,
        context={"path": "/signalen/"},
        now=now,
    )


def _who_was_first(signal: Signal) -> str:
    """Who set it aside or bundled it."""
    first = signal.aside_by or (signal.bundle.made_by if signal.bundle else None)
    return first.name if first else _("Een collega")
