"""The privacy officer's own looks in the access log: they oversee others, and are seen too."""

from datetime import datetime

from django.db import transaction

from intake.questions.models import Question
from organisations.roles.models import Membership
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason


def record_look(
    *,
    officer: User,
    member: Membership,
    action: AccessEvent.Action,
    what: str,
    reason: Reason,
    now: datetime,
    question: Question | None = None,
) -> None:
    """Record that the officer looked or acted; with `question`, its asker reads it too."""
    with transaction.atomic():
        access_log.record(
            access_log.event(
                now=now,
                partnership_id=member.partnership_id,
                actor=officer,
                organisation_id=member.organisation_id,
                role=member.role,
                action=action,
                what=what,
                question_id=question.pk if question else None,
                person_id=question.asker_id if question else None,
                reason=reason,
            )
        )
