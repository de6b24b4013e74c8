"""The questions in somebody's own list: how they come in it, and how they are read."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from intake.questions.models import Question
from intake.resident_sign_in.models import OwnQuestion, ResidentAccount
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.sweeps import rows

KEEP_EMPTY = timedelta(days=1)  # longer than a session lasts


def link(
    *, account: ResidentAccount, question: Question, how: OwnQuestion.How, now: datetime
) -> None:
    """Put a question in the list. Idempotent; asking for it oneself outlasts a code."""
    if question.partnership_id != account.partnership_id:
        raise ValueError("a question of another partnership")
    with transaction.atomic():
        row, made = OwnQuestion.objects.get_or_create(
            account=account,
            question=question,
            defaults={"how": how, "code_mark": _mark(question), "linked_at": now},
        )
        if not made and row.how == OwnQuestion.How.CODE:
            row.how, row.code_mark = how, _mark(question)
            row.save(update_fields=["how", "code_mark"])


def unlink(*, account: ResidentAccount, question_id: UUID) -> None:
    """Take a question out of the list; the question itself stays."""
    OwnQuestion.objects.filter(account=account, question=question_id).delete()


def listed(*, account: ResidentAccount, now: datetime) -> list[Question]:
    """Return the questions in the list, the latest first; the look is in the access log."""
    with transaction.atomic():
        found = [row.question for row in _links(account) if _holds(row)]
        access_log.record(
            *(_event(account, question, AccessEvent.Action.LIST, now) for question in found)
        )
    return found


def opened(*, account: ResidentAccount, question_id: UUID, now: datetime) -> Question | None:
    """Return a question of the list that is opened without its code, or None."""
    with transaction.atomic():
        for row in _links(account, question_id):
            if _holds(row):
                access_log.record(_event(account, row.question, AccessEvent.Action.READ, now))
                return row.question
    return None


def forget_empty_accounts(*, now: datetime) -> int:
    """Delete accounts whose list is empty, once their session has ended; return how many.

    After the last question was erased or taken off, nothing of the person stays.
    """
    empty = ResidentAccount.objects.filter(
        own_questions__isnull=True, last_seen_at__lt=now - KEEP_EMPTY
    )
    return rows.work_off(
        "resident accounts",
        list(empty.values_list("pk", flat=True)),
        lambda keys: empty.filter(pk__in=keys).delete()[0],
        now=now,
        batch=1_000,
    ).done


def _links(account: ResidentAccount, question_id: UUID | None = None) -> list[OwnQuestion]:
    found = OwnQuestion.objects.filter(
        account=account, question__partnership=account.partnership_id
    ).select_related("question__lead", "question__lead_team", "question__asker__contact_wish")
    if question_id is not None:
        found = found.filter(question=question_id)
    return list(found.order_by("-linked_at"))


def _holds(row: OwnQuestion) -> bool:
    """Return whether a link still holds: one by code ends when the question gets a new code.

    Who asks for a new code may do so because somebody else knows the old one.
    """
    return row.how == OwnQuestion.How.ASKED or bytes(row.code_mark) == _mark(row.question)


def _mark(question: Question) -> bytes:
    return sha256(b"own-question:" + bytes(question.code_digest)).digest()


def _event(
    account: ResidentAccount, question: Question, action: AccessEvent.Action, now: datetime
) -> AccessEvent:
    return access_log.event(
        now=now,
        partnership_id=account.partnership_id,
        actor_kind=AccessEvent.Kind.RESIDENT,
        action=action,
        what="question",
        question_id=question.pk,
        person_id=question.asker_id,
    )
