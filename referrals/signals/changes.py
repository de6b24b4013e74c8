"""Changes of signals and bundles until they are sent.

correct(signal=, kind=, text=, by=, now=)     the writer, until it is bundled
redact(signal=, text=, by=, now=)             a coordinator, until it is sent; the writer is told
withdraw(signal=, by=, now=)                  the writer, until it is bundled
support(signal=, by=, now=)                   a colleague who sees the same
change_bundle(bundle=, signals=, ...)         a coordinator, until it is sent
take_apart(bundle=, by=, now=)                a coordinator, until it is sent
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions.status import WrongMomentError
from organisations.roles.models import Role
from organisations.roles.permissions import PRACTITIONERS
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.signals.models import Signal, SignalBundle, SignalSupport
from referrals.signals.services import check, lock_bundle, notify_writers, require_role
from welzijn.accounts.models import User


def correct(*, signal: Signal, kind: Signal.Kind, text: str, by: User, now: datetime) -> Signal:
    """Change what the writer wrote, while it waits.

    Raises NotAllowedError for somebody else, ValidationError for a text that identifies a person,
    WrongMomentError for one that is bundled, set aside or withdrawn.
    """
    with transaction.atomic():
        signal = _locked(signal)
        _require_writer(signal, by, now)
        _require_waiting(signal)
        check(text, by=by, partnership=signal.partnership)
        signal.kind, signal.text = kind, text.strip()
        signal.edited_by, signal.edited_at = by, now
        signal.save()
    return signal


def withdraw(*, signal: Signal, by: User, now: datetime) -> Signal:
    """Withdraw a signal while it waits; it stays with its writer. Raises as `correct` does."""
    with transaction.atomic():
        signal = _locked(signal)
        _require_writer(signal, by, now)
        _require_waiting(signal)
        signal.withdrawn_at = now
        signal.save()
    return signal


def redact(*, signal: Signal, text: str, by: User, now: datetime) -> Signal:
    """Let a coordinator leave out what identifies somebody; the writer is told.

    Raises NotAllowedError, ValidationError for a text that still identifies a person,
    WrongMomentError once it is sent or withdrawn.
    """
    with transaction.atomic():
        signal = _locked(signal)
        require_role(by, signal.partnership, (Role.COORDINATOR,), now)
        if signal.withdrawn_at or (signal.bundle is not None and signal.bundle.sent_at is not None):
            raise WrongMomentError(_("Dit signaal is intussen verstuurd of ingetrokken."))
        check(text, by=by, partnership=signal.partnership)
        signal.text = text.strip()
        signal.edited_by, signal.edited_at = by, now
        signal.save()
        if signal.written_by_id != by.pk:
            notify_writers([signal], signal.pk, now)
    return signal


def support(*, signal: Signal, by: User, now: datetime) -> None:
    """Record that a colleague sees the same. Idempotent. Raises NotAllowedError for the writer."""
    with transaction.atomic():
        signal = _locked(signal)
        member = require_role(by, signal.partnership, PRACTITIONERS, now)
        if signal.written_by_id == by.pk:
            raise NotAllowedError(_("Dit signaal gaf u zelf."))
        _require_waiting(signal)
        SignalSupport.objects.get_or_create(
            signal=signal, by=by, defaults={"organisation": member.organisation, "at": now}
        )


def change_bundle(
    *,
    bundle: SignalBundle,
    signals: Sequence[Signal],
    title: str,
    text: str,
    asks: str,
    meeting_on: date,
    concerns: str,
    about_figure: str,
    by: User,
    now: datetime,
) -> SignalBundle:
    """Change a bundle that was not sent: its words, its day, whom it concerns, what is in it.

    Raises NotAllowedError, ValidationError, WrongMomentError once it is sent or where a signal is
    elsewhere by now, ValueError without signals.
    """
    if not signals:
        raise ValueError("a bundle holds signals")
    with transaction.atomic():
        require_role(by, bundle.partnership, (Role.COORDINATOR,), now)
        bundle = _draft(bundle)
        for words in (title, text, asks):
            check(words, by=by, partnership=bundle.partnership)
        wanted = [s.pk for s in signals]
        free = Signal.objects.select_for_update(of=("self",)).filter(
            pk__in=wanted,
            partnership=bundle.partnership,
            municipality=bundle.municipality,
            aside_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        if any(s.bundle_id not in (None, bundle.pk) for s in free) or len(free) != len(wanted):
            raise WrongMomentError(_("Een van deze signalen zit intussen in een andere bundel."))
        bundle.signals.exclude(pk__in=wanted).update(bundle=None)
        Signal.objects.filter(pk__in=wanted).update(bundle=bundle)
        bundle.title, bundle.text, bundle.asks = title.strip(), text.strip(), asks.strip()
        bundle.meeting_on, bundle.concerns = meeting_on, concerns
        bundle.about_figure = about_figure
        bundle.save()
    return bundle


def take_apart(*, bundle: SignalBundle, by: User, now: datetime) -> None:
    """Take a bundle apart that was not sent: its signals wait again."""
    with transaction.atomic():
        require_role(by, bundle.partnership, (Role.COORDINATOR,), now)
        bundle = _draft(bundle)
        bundle.signals.update(bundle=None)
        bundle.apart_at, bundle.apart_by = now, by
        bundle.save()


def _locked(signal: Signal) -> Signal:
    return (
        Signal.objects.select_for_update(of=("self",))
        .select_related("partnership", "bundle", "written_by")
        .get(pk=signal.pk)
    )


def _draft(bundle: SignalBundle) -> SignalBundle:
    bundle = lock_bundle(bundle)
    if bundle.sent_at is not None:
        raise WrongMomentError(_("Deze bundel is intussen verstuurd."))
    if bundle.apart_at is not None:
        raise WrongMomentError(_("Deze bundel is intussen uit elkaar gehaald."))
    return bundle


def _require_writer(signal: Signal, by: User, now: datetime) -> None:
    require_role(by, signal.partnership, PRACTITIONERS, now)
    if signal.written_by_id != by.pk:
        raise NotAllowedError(_("Alleen wie het schreef, wijzigt dit."))


def _require_waiting(signal: Signal) -> None:
    if signal.bundle_id or signal.aside_at or signal.withdrawn_at:
        raise WrongMomentError(_("Met dit signaal is intussen al iets gedaan."))
