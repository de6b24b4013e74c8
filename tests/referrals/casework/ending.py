"""Closing a question, and tries to reach its resident, for tests."""

from datetime import timedelta

from intake.questions.models import Question
from referrals.casework import close, contact_moments
from referrals.casework_base.models import ContactMoment
from tests.support import factories as make
from welzijn.accounts.models import User


def closed(question: Question, by: User, **changes: object) -> Question:
    """Close it as helped; `changes` are other arguments."""
    values: dict = {
        "result": Question.Result.HELPED,
        "words": "Het is opgelost.",
        "now": make.TUESDAY,
    }
    return close.close(question=question, by=by, **{**values, **changes})


def tries(question: Question, by: User, times: int) -> None:
    """So many calls in vain, a minute apart."""
    for minute in range(times):
        contact_moments.log_contact(
            question=question,
            way=ContactMoment.Way.PHONE,
            outcome=ContactMoment.Outcome.NOT_REACHED,
            by=by,
            now=make.TUESDAY + timedelta(minutes=minute + 1),
        )
