"""Where a resident in danger can be reached safely, added to the question that raised the alarm."""

from datetime import datetime

from django.db import transaction

from intake.danger import alarm, listening, sentences
from intake.people.models import ContactDetail, ContactWish
from intake.questions import status
from intake.questions.models import Question, TimelineEntry
from intake.questions.sentences import Sentence
from welzijn.core.contact_details import display_phone


def save(
    *,
    question: Question,
    way: str,
    phone: str,
    where: str,
    stores: bool = True,
    now: datetime,
) -> None:
    """Store how the resident can be reached now, and tell whoever got the alarm at once.

    `way` is "phone", "sms", "none" (not at all) or "" (not said). What was chosen before may not be
    safe now, so it is the only way from here on. `stores` is False where a link alone opened the
    page: then it is told to colleagues and changes no contact details.
    """
    if not way and not where.strip():
        return
    with transaction.atomic():
        question = status.lock(question)
        if phone and stores:
            ContactDetail.objects.get_or_create(
                person_id=question.asker_id, kind=ContactDetail.Kind.PHONE, value=phone
            )
        if way and stores:
            wish, _made = ContactWish.objects.get_or_create(person_id=question.asker_id)
            wish.ways = [way] if phone else []
            wish.save(update_fields=["ways"])
        entry = listening.resident_wrote(
            question=question,
            kind=TimelineEntry.Kind.SAFETY,
            sentence=_reach_sentence(way, phone, where.strip()),
            for_resident=False,
            now=now,
        )
        alarm.notify_of_more(question, subject_id=entry.pk, now=now)


def _reach_sentence(way: str, phone: str, where: str) -> Sentence:
    if not phone:
        return (sentences.NO_CONTACT if way else sentences.WHERE)(where=where)
    kind = sentences.CALL if way == "phone" else sentences.TEXT
    return kind(phone=display_phone(phone), where=where)
