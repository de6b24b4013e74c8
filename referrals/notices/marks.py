"""Read and move the mark of what a worker has seen.

of(user, partnership)                      the mark, saved or not
mark_seen(user=, partnership=, now=)       all that is asked now is no longer new
choose(user=, partnership=, ...)           how they want to hear of it
"""

from datetime import datetime

from organisations.partnerships.models import Partnership
from referrals.notices.models import NoticeMark
from welzijn.accounts.models import User
from welzijn.notifications import outbox
from welzijn.notifications.models import DigestChoice

DAILY, AT_ONCE, NONE = "dagelijks", "meteen", "niet"


def of(user: User, partnership: Partnership) -> NoticeMark:
    """Return the mark; one that was never saved has seen nothing."""
    found = NoticeMark.objects.filter(user=user, partnership=partnership).first()
    return found or NoticeMark(user=user, partnership=partnership)


def mark_seen(*, user: User, partnership: Partnership, now: datetime) -> None:
    """Make nothing new that came before `now`."""
    NoticeMark.objects.update_or_create(
        user=user, partnership=partnership, defaults={"seen_at": now}
    )


def mail_choice(user: User) -> str:
    """Return whether their mail comes daily, at once or not at all."""
    found = DigestChoice.objects.filter(recipient_key=f"user:{user.pk}").first()
    if found is None:
        return DAILY
    return AT_ONCE if found.at_once else NONE


def choose(
    *, user: User, partnership: Partnership, mail: str, in_browser: bool, now: datetime
) -> None:
    """Keep how a worker wants to hear of what is asked of them."""
    NoticeMark.objects.update_or_create(
        user=user, partnership=partnership, defaults={"in_browser": in_browser}
    )
    key = f"user:{user.pk}"
    outbox.resume_digest(key)
    if mail == NONE:
        outbox.stop_digest(key, now)
    elif mail == AT_ONCE:
        outbox.mail_at_once(key, now)
