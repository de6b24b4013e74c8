"""Signals from practice: what practitioners see reaches the administrators, who answer with a date.

write(partnership=, municipalities=, kind=, text=, by=, now=)   a professional, without a person
set_aside(signal=, why=, by=, now=)                             a coordinator, with a reason
bundle(partnership=, municipality=, signals=, title=, text=, asks=, meeting_on=, by=, now=)
send(bundle=, by=, now=)                                        to the meeting of one municipality
record_answer(bundle=, answer=, answered_on=, by=, now=)        once; who wrote a signal is told

A signal belongs to one municipality: what Asten hears, Someren does not (the database holds it).
The municipality reads bundles that were sent, without names of who wrote; a writer reads their own.
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
from referrals.signals.models import Signal, SignalBundle
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications import outbox

KIND = "signal.answered"
SENT = "signal.sent"
# A question of this long ago is hardly in anybody's mind; their names are looked for in the text.
_QUESTIONS_IN_MIND = 300


def write(
    *,
    partnership: Partnership,
    municipalities: Collection[Municipality],
    kind: Signal.Kind,
    text: str,
    by: User,
    now: datetime,
) -> list[Signal]:
    """Write a signal, to each of the municipalities a row of its own; gives them.

    Raises ValidationError for a text with a person in it (also of the writer's own questions),
    NotAllowedError for who is no practitioner here, ValueError without municipality or words.
    """
    if not municipalities or not text.strip():
        raise ValueError("a signal has words and a municipality")
    with transaction.atomic():
        member = _acting(by, partnership, PRACTITIONERS, now)
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
    """Raises ValidationError where the text gives a person away, one of the writer's own first.

    Theirs is what they help with or wrote down: whose name they don't know, they aren't told of.
    """
    own = (
        Question.objects.filter(Q(assigned_to=by) | Q(logged_by=by), partnership=partnership)
        .select_related("asker", "subject")
        .order_by("-received_at")[:_QUESTIONS_IN_MIND]
    )
    people = [person for question in own for person in (question.asker, question.subject)]
    anonymity_check.check_for(text, [person.name for person in people])


def set_aside(*, signal: Signal, why: str, by: User, now: datetime) -> Signal:
    """Say why a signal doesn't go to the meeting; who wrote it reads that.

    Raises NotAllowedError, ValueError without a reason, WrongMomentError for one in a bundle.
    """
    if not why.strip():
        raise ValueError("setting aside has a reason")
    with transaction.atomic():
        _acting(by, signal.partnership, (Role.COORDINATOR,), now)
        signal = Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
        if signal.bundle_id is not None or signal.aside_at is not None:
            raise WrongMomentError(_("Met dit signaal is intussen al iets gedaan."))
        signal.aside_why = why.strip()
        signal.aside_by = by
        signal.aside_at = now
        signal.save()
        _tell_writers([signal], signal.pk, now)
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
) -> SignalBundle:
    """Put signals of one municipality together for its meeting; a draft until it is sent.

    Raises NotAllowedError, ValidationError for a person in the text, WrongMomentError where one of
    them is in another bundle by now, ValueError for an empty bundle.
    """
    if not signals:
        raise ValueError("a bundle holds signals")
    with transaction.atomic():
        _acting(by, partnership, (Role.COORDINATOR,), now)
        for words in (title, text, asks):
            check(words, by=by, partnership=partnership)
        made = SignalBundle.objects.create(
            partnership=partnership,
            municipality=municipality,
            title=title.strip(),
            text=text.strip(),
            asks=asks.strip(),
            meeting_on=meeting_on,
            made_by=by,
            made_at=now,
        )
        free = Signal.objects.select_for_update(of=("self",)).filter(
            pk__in=[s.pk for s in signals],
            partnership=partnership,
            municipality=municipality,
            bundle__isnull=True,
            aside_at__isnull=True,
        )
        if len(free) != len(signals):
            raise WrongMomentError(_("Een van deze signalen zit intussen in een andere bundel."))
        Signal.objects.filter(pk__in=[s.pk for s in free]).update(bundle=made)
    return made


def send(*, bundle: SignalBundle, by: User, now: datetime) -> SignalBundle:
    """Send it to the meeting: from now on it stands, and the municipality's policy reads it.

    Sending twice is once. Raises NotAllowedError.
    """
    with transaction.atomic():
        _acting(by, bundle.partnership, (Role.COORDINATOR,), now)
        bundle = _lock(bundle)
        if bundle.sent_at is not None:
            return bundle
        bundle.sent_by = by
        bundle.sent_at = now
        bundle.save()
        for officer in _officers(bundle, now):
            _queue(bundle.partnership, SENT, bundle.pk, officer, "signals_sent", now)
    return bundle


def record_answer(
    *, bundle: SignalBundle, answer: str, answered_on: date, by: User, now: datetime
) -> SignalBundle:
    """Record what the meeting answered, and when; everybody who wrote a signal in it is told.

    By a coordinator or the policy of that municipality. Raises NotAllowedError, ValueError for an
    empty answer, ValidationError for a person in it, WrongMomentError for a bundle that wasn't
    sent, was answered already, or an answer of a day that is still to come.
    """
    if not answer.strip():
        raise ValueError("an answer has words")
    with transaction.atomic():
        bundle = _lock(bundle)
        if not may_answer(by, bundle, now):
            raise NotAllowedError(_("Dit antwoord legt de gemeente of een coördinator vast."))
        if bundle.sent_at is None:
            raise WrongMomentError(_("Deze bundel is nog niet verstuurd."))
        if bundle.answer:
            raise WrongMomentError(_("Er ligt al een antwoord."))
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
        _tell_writers(bundle.signals.select_related("written_by"), bundle.pk, now)
    return bundle


def may_answer(user: User, bundle: SignalBundle, now: datetime) -> bool:
    """Whether this user records the answer: a coordinator, or the policy of that municipality."""
    return any(
        m.role == Role.COORDINATOR
        or (m.role == Role.MUNICIPALITY and m.municipality_id == bundle.municipality_id)
        for m in _memberships(user, bundle.partnership, now)
    )


def _memberships(user: User, partnership: Partnership, now: datetime) -> list[Membership]:
    return list(
        Membership.objects.active(local_date(now))
        .filter(user=user, partnership=partnership)
        .select_related("organisation")
        .order_by("granted_at", "id")
    )


def _acting(
    user: User, partnership: Partnership, roles: Collection[Role], now: datetime
) -> Membership:
    """The role by which somebody does this. Raises NotAllowedError."""
    for member in _memberships(user, partnership, now):
        if member.role in roles:
            return member
    raise NotAllowedError(_("U heeft hier geen rol voor."))


def _lock(bundle: SignalBundle) -> SignalBundle:
    return (
        SignalBundle.objects.select_for_update(of=("self",))
        .select_related("partnership")
        .get(pk=bundle.pk)
    )


def _officers(bundle: SignalBundle, now: datetime) -> list[User]:
    found = (
        Membership.objects.active(local_date(now))
        .filter(
            partnership=bundle.partnership,
            role=Role.MUNICIPALITY,
            municipality=bundle.municipality,
        )
        .select_related("user")
    )
    return list(dict.fromkeys(m.user for m in found))


def _tell_writers(written: Collection[Signal], subject: object, now: datetime) -> None:
    """Once each, and only who still has a role here: nobody else reads the answer."""
    writers = {s.written_by_id: s for s in written}
    for signal in writers.values():
        if _memberships(signal.written_by, signal.partnership, now):
            _queue(signal.partnership, KIND, subject, signal.written_by, "signal_answered", now)


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
