"""What becomes of the meeting's answer: promised, in the plan, done, or off; and by when.

record(bundle=, state=, by_when=, note=, by=, now=)   who may answer may say how far it is
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions.status import WrongMomentError
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.signals import services
from referrals.signals.follow_up_models import AnswerStep
from referrals.signals.models import SignalBundle
from welzijn.accounts.models import User

NEEDS_A_DAY = frozenset({AnswerStep.State.PLANNED, AnswerStep.State.IN_PLAN})


def record(
    *,
    bundle: SignalBundle,
    state: AnswerStep.State,
    by_when: date | None,
    note: str,
    by: User,
    now: datetime,
) -> AnswerStep:
    """Record how far an answer is; tell everybody who wrote a signal in it.

    Raises NotAllowedError, WrongMomentError before there is an answer, ValueError without a day
    where one is needed, ValidationError for a note that identifies a person.
    """
    if (state in NEEDS_A_DAY) != (by_when is not None):
        raise ValueError("a promise has a day, and what is over has none")
    with transaction.atomic():
        locked = SignalBundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
        if not services.may_answer(by, locked, now):
            raise NotAllowedError(_("Dit legt de gemeente of een coördinator vast."))
        if not locked.answer:
            raise WrongMomentError(_("Leg eerst het antwoord vast."))
        services.check(note, by=by, partnership=locked.partnership)
        step = AnswerStep.objects.create(
            bundle=locked,
            state=state,
            by_when=by_when,
            note=note.strip(),
            recorded_by=by,
            recorded_at=now,
        )
        services.notify_writers(locked.signals.select_related("written_by"), step.pk, now)
    return step
