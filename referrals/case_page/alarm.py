"""Who was alerted to possible danger, when, and who opened the question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from intake.questions.models import Question
from organisations.directory.models import Organisation, Team
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Channel

_KINDS = ("question.new", "duty")


@dataclass(frozen=True, slots=True)
class Alerted:
    """One message of the alarm: to whom, how, when, and what became of it."""

    name: str
    channel: str
    at: datetime
    result: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """The alarm of one question, in order of time."""

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
    opened = (
        AccessEvent.objects.filter(
            question_id=question.pk,
            actor_kind=AccessEvent.Kind.STAFF,
            action=AccessEvent.Action.READ,
            what="question",
        )
        .select_related("actor")
        .order_by("at", "id")
        .first()
    )
    return Alarm(
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
