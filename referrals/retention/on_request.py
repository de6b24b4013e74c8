"""Erase one question at the request of its resident (AVG article 17), before its term is over.

The privacy officer (FG) decides beforehand whether a law obliges to keep it (a Wmo report, youth
care, the reporting code). A question that is still open has to be withdrawn first.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.follow_ups.models import FollowUp
from referrals.retention import erase
from referrals.retention.due import Group, term_of
from welzijn.core.working_days import local_date

RULE = "verzoek"


def erase_on_request(*, question: Question, now: datetime) -> None:
    """Erase an ended question from every table, with its proof, in one transaction.

    Raises WrongMomentError while it is open, while a review is due (a withheld entry, a safety
    agreement), and where its partnership has no terms.
    """
    with transaction.atomic():
        question = status.lock(question)
        if question.is_open:
            raise WrongMomentError(_("Deze vraag is nog open. Laat hem eerst intrekken."))
        waits = FollowUp.objects.filter(
            question=question,
            status=FollowUp.Status.OPEN,
            kind__in=[FollowUp.Kind.REVIEW, FollowUp.Kind.SAFETY],
        )
        if waits.exists():
            raise WrongMomentError(_("Hier moet nog iets beoordeeld worden. Doe dat eerst."))
        term = term_of(question)
        if term is None:
            raise WrongMomentError(_("Dit samenwerkingsverband heeft geen bewaartermijnen."))
        group = Group(
            partnership=question.partnership,
            organisation=question.lead,
            kind=term[0],
            years=term[1],
            before=local_date(now) + timedelta(days=1),
        )
        erase.erase_with_proof(group, [question], now=now, rule=RULE)
