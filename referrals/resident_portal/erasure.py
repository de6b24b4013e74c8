"""A resident who wants everything of their ended question erased now, not when its term is over.

refusal(question)        why it has to stay, as a sentence for the resident; "" where it may go
erase(question=, now=)   erase it, with the same proof as retention
"""

from datetime import datetime

from django.utils.translation import gettext as _

from intake.danger.models import HeardDanger
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.follow_ups.models import FollowUp
from referrals.meldcode.models import MeldcodeStep
from referrals.retention import on_request

# A law says how long these are kept; the privacy officer decides about an earlier end.
_BY_LAW = frozenset({Question.Kind.WMO, Question.Kind.YOUTH_CARE})
_TO_THE_LAW = frozenset({Question.Result.TO_WMO, Question.Result.TO_YOUTH_CARE})
_STILL_DUE = (FollowUp.Kind.REVIEW, FollowUp.Kind.SAFETY, FollowUp.Kind.DUTY)


def refusal(question: Question) -> str:
    """Return why a question can't be erased now; "" where the resident may have it erased."""
    if question.is_open:
        return _("Uw vraag is nog open. Trek hem eerst in. Daarna kunt u alles laten wissen.")
    if question.kind in _BY_LAW or question.result in _TO_THE_LAW:
        return _("Van de wet moeten wij deze vraag een tijd bewaren. Wij mogen hem nu niet wissen.")
    # Where there may be danger somebody may make them erase it, so a person looks first. One
    # sentence for all: whoever holds the code doesn't learn that there is a report.
    looked_at_first = (
        HeardDanger.objects.filter(question=question).exists()
        or MeldcodeStep.objects.filter(question=question).exists()
        or question.follow_ups.filter(status=FollowUp.Status.OPEN, kind__in=_STILL_DUE).exists()
    )
    if looked_at_first:
        return _("Iemand van ons moet hier eerst naar kijken. Daarom kunnen wij nu niet wissen.")
    return ""


def erase(*, question: Question, now: datetime) -> None:
    """Erase an ended question from every table, at the request of its resident.

    Raises WrongMomentError where it has to stay.
    """
    why = refusal(question)
    if why:
        raise WrongMomentError(why)
    on_request.erase_on_request(question=question, now=now)
