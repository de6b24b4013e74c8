"""What sweeps set aside in a partnership: told to its administrators, and shown to them.

notify(row, now)    the alarm of welzijn.sweeps.set_aside
of(partnership)   what waits for somebody, in words
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.core.working_days import Calendar, local_date
from welzijn.notifications import outbox, refusals
from welzijn.notifications.endings import ALARM_KIND
from welzijn.notifications.recipients import Recipient
from welzijn.sweeps.models import SetAside

KIND = ALARM_KIND
PATH = "/beheer/vastgelopen/"


def notify(row: SetAside, now: datetime) -> None:
    """Queue a line for each administrator; of all partnerships where the row is of none."""
    held = Membership.objects.active().filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if row.partnership_id is not None:
        held = held.filter(partnership=row.partnership_id)
    # One line for each loop and day, however many rows: the page has them all.
    event = uuid5(NAMESPACE_URL, f"{row.partnership_id} {row.sweep} {local_date(now)}")
    once = held.order_by("user_id", "partnership_id").distinct("user_id", "partnership_id")
    for membership in once.select_related("user"):
        _notify(membership.user, membership, row.sweep, event, now)


def _notify(user: User, membership: Membership, sweep: str, event: UUID, now: datetime) -> None:
    # At once, and as a text too: the mail about it is refused as well.
    all_refused = sweep == refusals.SWEEP
    outbox.queue(
        partnership_id=membership.partnership_id,
        subject_kind=KIND,
        subject_id=event,
        recipient=Recipient.user(
            user.pk, email=user.email, phone=user.phone, language=user.language
        ),
        template="mail_refused" if all_refused else "row_set_aside",
        urgent=all_refused,
        context={"path": PATH},
        # The partnership's own calendar may be what can't be read.
        days=Calendar(),
        now=now,
    )


@dataclass(frozen=True, slots=True)
class StuckRow:
    """One row in words; `row` has the count and the moments."""

    what: str
    row: SetAside


def of(partnership: Partnership) -> list[StuckRow]:
    """Return what was set aside here or in no partnership, latest failure first."""
    return [StuckRow(_in_words(row.sweep), row) for row in _rows(partnership)[:200]]


def _rows(partnership: Partnership) -> QuerySet[SetAside]:
    return SetAside.objects.filter(
        Q(partnership=partnership) | Q(partnership__isnull=True)
    ).order_by("-last_at", "id")


def _in_words(sweep: str) -> str:
    """Return the name of a loop in words for staff."""
    names = {
        "messages": _("Een bericht"),
        "mail.destination": _("De mailserver van een ontvanger"),
        "mail.refused": _("Alle mail of alle sms wordt geweigerd"),
        "mail.bounced": _("Bijna alle mail komt terug"),
        "digest.lines": _("Een regel van de dagelijkse mail"),
        "digest.stranded": _("De dagelijkse mail van een collega"),
        "calendars": _("De werkdagen van het samenwerkingsverband"),
        "partnerships": _("De instellingen van het samenwerkingsverband"),
        "follow-ups": _("De herinneringen"),
        "reminders": _("Een herinnering"),
        "clocks": _("Een wettelijke termijn"),
        "orphaned work": _("Werk van een oud-collega"),
        "abandoned conferences": _("Een MDO dat niet meer nodig is"),
        "invited residents": _("De uitnodiging van een inwoner voor een MDO"),
        "retention": _("Het wissen na de bewaartermijn"),
        "figures": _("De cijfers"),
    }
    return names.get(sweep, _("Onderhoud"))
