"""Give a new code by calling the number of the question; never to somebody who calls in."""

from datetime import datetime

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _lazy

from intake.questions import question_sentences, status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.resident_access import code_entry
from referrals.casework_base import acting_membership
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason


class Heard(TextChoices):
    """How the worker made sure that it is the resident."""

    PHONE = "phone", _lazy("Ik heb de inwoner zelf gebeld, op het nummer dat wij kennen")
    SPOKEN = "spoken", _lazy("De inwoner zit bij mij, en wat die vertelt past bij de vraag")


def give_code(*, question: Question, by: User, now: datetime, heard: Heard = Heard.PHONE) -> str:
    """Create a new code for a resident called on the known number, or spoken to in person.

    The old code stops working; the resident's page says who gave the new one; the act is in
    the log. It is stored nowhere. Raises NotAllowedError for somebody outside the work.
    """
    sentence, reason = {
        Heard.PHONE: (
            question_sentences.CODE_BY_PHONE(),
            Reason.CODE_BY_PHONE,
        ),
        Heard.SPOKEN: (
            question_sentences.CODE_IN_PERSON(),
            Reason.CODE_IN_PERSON,
        ),
    }[heard]
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_work(by, question, now)
        code = code_entry.renew_code(question=question)
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.CODE,
            user=by,
            organisation=acting.organisation,
            sentence=sentence,
            now=now,
        )
        access_log.record(
            access_log.event(
                now=now,
                partnership_id=question.partnership_id,
                actor=by,
                organisation_id=acting.organisation.id,
                role=acting.membership.role,
                action=AccessEvent.Action.CHANGE,
                what="code",
                question_id=question.id,
                person_id=question.asker_id,
                basis=acting.basis.kind,
                reason=reason,
            )
        )
    return code
