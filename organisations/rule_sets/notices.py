"""Messages about routing rules that change; they name nobody."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from organisations.rule_sets.models import RuleAnswer, RuleProposal
from welzijn.accounts.models import User
from welzijn.accounts.user_notices import notify_at_once
from welzijn.core.working_days import local_date
from welzijn.notifications import message_kinds
from welzijn.notifications.models import Message

ASKED, ANSWERED = "organisations.rules_asked", "organisations.rules_answered"
PUBLISHED = "organisations.rules_published"


def register() -> None:
    """Register the kinds of message (called by AppConfig.ready)."""
    message_kinds.register(ASKED, still_valid=still_asked, about_setup=True)
    message_kinds.register(ANSWERED, still_valid=message_kinds.always, about_setup=True)
    message_kinds.register(PUBLISHED, still_valid=message_kinds.always, about_setup=True)


def coordinators(
    partnership: Partnership, now: datetime, organisations: Iterable[UUID] | None = None
) -> list[User]:
    """Return the coordinators of a partnership, or of some of its organisations."""
    held = Membership.objects.active(local_date(now)).filter(
        partnership=partnership, role=Role.COORDINATOR
    )
    if organisations is not None:
        held = held.filter(organisation__in=list(organisations))
    return list(dict.fromkeys(m.user for m in held.select_related("user").order_by("user_id")))


def ask(proposal: RuleProposal, partnership: Partnership, now: datetime) -> None:
    """Ask the coordinators of the organisations that have not answered."""
    waiting = proposal.answers.filter(answer="").values_list("organisation_id", flat=True)
    for user in coordinators(partnership, now, waiting):
        _queue(ASKED, "rules_asked", proposal.pk, partnership, user, "rules_draft", now)


def notify_answered(proposal: RuleProposal, partnership: Partnership, now: datetime) -> None:
    """Tell who asked that somebody answered."""
    user = proposal.asked_by
    if user is None:
        return
    _queue(ANSWERED, "rules_answered", proposal.pk, partnership, user, "rules_draft", now)


def notify_published(
    rule_set_id: UUID, partnership: Partnership, by: User | None, now: datetime
) -> None:
    """Tell every coordinator of the partnership that other rules apply."""
    for user in coordinators(partnership, now):
        if user != by:
            _queue(PUBLISHED, "rules_published", rule_set_id, partnership, user, "rules", now)


def still_asked(messages: Sequence[Message], _now: datetime) -> Collection[UUID]:
    """Return the ids of messages whose proposal still waits for somebody."""
    waiting = set(
        RuleAnswer.objects.filter(
            proposal__in=[m.subject_id for m in messages],
            proposal__withdrawn_at=None,
            answer="",
        ).values_list("proposal_id", flat=True)
    )
    return {m.id for m in messages if m.subject_id in waiting}


def _queue(
    kind: str,
    template: str,
    subject_id: UUID,
    partnership: Partnership,
    user: User,
    page: str,
    now: datetime,
) -> None:
    notify_at_once(
        user,
        kind=kind,
        subject_id=subject_id,
        template=template,
        partnership_id=partnership.pk,
        path=reverse(page),
        now=now,
    )
