"""Sign up for a learning session, and cancel."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organisations.learning_sessions.models import LearningSignUp
from organisations.learning_sessions.schedule import Session
from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User


class NotHeldError(Exception):
    """The session is cancelled or over; `args[0]` is a sentence for the screen."""


def sign_up(
    *,
    partnership: Partnership,
    session: Session,
    user: User,
    now: datetime,
    case: str | None = None,
) -> None:
    """Sign a user up for a session, with the case that they bring. Idempotent. NotHeldError.

    `case` None leaves what they said before; it holds no person (the form checks).
    """
    if session.off:
        raise NotHeldError(_("Deze keer gaat niet door."))
    if session.ends <= now:
        raise NotHeldError(_("Deze keer is al voorbij."))
    with transaction.atomic():
        LearningSignUp.objects.update_or_create(
            partnership=partnership,
            session=session.uid,
            user=user,
            defaults={} if case is None else {"case": case},
            create_defaults={"day": session.day, "at": now, "case": case or ""},
        )


def cancel_sign_up(*, partnership: Partnership, session: Session, user: User) -> None:
    """Cancel a user's sign-up. Idempotent."""
    LearningSignUp.objects.filter(partnership=partnership, session=session.uid, user=user).delete()


def attendees(*, partnership: Partnership, sessions: Iterable[Session]) -> dict[str, list[User]]:
    """Return who signed up for these sessions, by uid, in order of sign-up; one query."""
    found: defaultdict[str, list[User]] = defaultdict(list)
    rows = LearningSignUp.objects.filter(
        partnership=partnership, session__in=[s.uid for s in sessions]
    ).select_related("user")
    for row in rows.order_by("at", "id"):
        found[str(row.session)].append(row.user)
    return dict(found)


def cases(*, partnership: Partnership, session: Session) -> list[LearningSignUp]:
    """Return the sign-ups that bring a case, in order of sign-up."""
    rows = LearningSignUp.objects.filter(partnership=partnership, session=session.uid)
    return list(rows.exclude(case="").select_related("user").order_by("at", "id"))
