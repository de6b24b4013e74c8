"""Who was alerted to possible danger, when, and who opened the question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from intake.danger import alarm, help_at_hand, listening
from intake.questions.models import Question
from organisations.directory.models import Organisation, Team
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Channel

EPOCH = datetime.min.replace(tzinfo=UTC)
_KINDS = ("question.new", alarm.KIND, "duty")


@dataclass(frozen=True, slots=True)
class Alerted:
    """One message of the alarm: to whom, how, when, and what became of it."""

    name: str
    channel: str
    at: datetime
    result: str


@dataclass(frozen=True, slots=True)
class Raised:
    """A stretch of the words that raised the alarm; `like`: the nearest sentence we know."""

    sentence: str
    kind: str
    like: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard or said about danger: when, of what kind, the answer, and the words."""

    at: datetime
    kinds: str
    answer: str
    words: str
    raised_by: list[Raised]


@dataclass(frozen=True, slots=True)
class Alarm:
    """The alarm of one question, in order of time."""

    heard: list[Heard]
    alerted: list[Alerted]
    opened_by: str
    opened_at: datetime | None


def alarm_of(question: Question) -> Alarm | None:
    """Return the alarm of a question with possible danger; None, without a query, for others."""
    if not question.maybe_danger:
        return None
    messages = list(
        Message.objects.filter(
            about_id=question.pk, subject_kind__in=_KINDS, urgent=True, recipient_kind="staff"
        ).order_by("created_at", "id")
    )
    names = _names([m.recipient_key for m in messages])
    # Whoever opened it before has not read the words that raised the latest alarm.
    raised = max((m.created_at for m in messages if m.subject_kind == alarm.KIND), default=EPOCH)
    opened = (
        AccessEvent.objects.filter(
            question_id=question.pk,
            actor_kind=AccessEvent.Kind.STAFF,
            action=AccessEvent.Action.READ,
            what="question",
        )
        .select_related("actor")
        .order_by("at", "id")
        .filter(at__gte=raised)
        .first()
    )
    return Alarm(
        heard=_heard(question),
        alerted=[
            Alerted(
                name=names.get(_owner(m.recipient_key), _("collega")),
                channel=_("sms") if m.channel == Channel.SMS else _("mail"),
                at=m.sent_at or m.created_at,
                result=m.get_status_display(),
            )
            for m in messages
        ],
        opened_by=opened.actor.name if opened and opened.actor else "",
        opened_at=opened.at if opened else None,
    )


def _heard(question: Question) -> list[Heard]:
    """Return what was heard, latest first; the words of the question itself stand above it."""
    rows = question.heard_danger.select_related("entry", "question")
    return [
        Heard(
            at=row.at,
            kinds=help_at_hand.names_of(row.kinds),
            answer=row.get_answer_display(),
            words=listening.typed_words(row) if row.entry is not None else "",
            raised_by=_raised_by(listening.typed_words(row)) if row.kinds else [],
        )
        for row in rows
    ]


def _raised_by(words: str) -> list[Raised]:
    return [
        Raised(one.sentence, help_at_hand.names_of([one.kind.value]), one.like)
        for one in listening.stretches_in(words)
    ]


def _owner(key: str) -> tuple[str, str]:
    """Return the kind and id of a recipient's key; a text's key has one part more."""
    kind, _colon, rest = key.partition(":")
    return kind, rest.partition(":")[0]


def _names(keys: Iterable[str]) -> dict[tuple[str, str], str]:
    wanted: dict[str, set[UUID]] = {"user": set(), "organisation": set(), "team": set()}
    for kind, pk in map(_owner, keys):
        if kind in wanted:
            wanted[kind].add(UUID(pk))
    found: dict[tuple[str, str], str] = {}
    for kind, model in (("user", User), ("organisation", Organisation), ("team", Team)):
        if wanted[kind]:
            rows = model._default_manager.filter(pk__in=wanted[kind])
            found |= {(kind, str(row.pk)): row.name for row in rows}
    return found
