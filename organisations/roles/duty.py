"""Who is on duty, who may be, and when nobody is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from organisations.partnerships.models import Partnership
from organisations.roles.models import Duty, Membership, Role
from welzijn.accounts.models import User
from welzijn.core.contact_details import can_receive_text
from welzijn.core.working_days import local_date
from welzijn.notifications.models import Message, Status

GAPS_AHEAD = timedelta(days=14)


def can_sign_in(users: QuerySet[User]) -> QuerySet[User]:
    """Return those whose account is active and whose invitation was accepted."""
    from allauth.socialaccount.models import SocialAccount

    linked = SocialAccount.objects.filter(user=OuterRef("pk"))
    without = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return users.filter(~without | Exists(linked), is_active=True)


def on_duty(*, partnership: Partnership, now: datetime) -> list[User]:
    """Return who is on duty now; else the triage team; else the coordinators.

    Only those who can sign in: an alarm to somebody who can't open the question reaches nobody.
    """
    duties = Duty.objects.filter(partnership=partnership, starts_at__lte=now, ends_at__gt=now)
    users = list(can_sign_in(User.objects.filter(pk__in=duties.values("user"))))
    if users:
        return users
    held = Membership.objects.active(local_date(now)).filter(partnership=partnership)
    for circle in (
        held.filter(team=partnership.triage_team, role=Role.TEAM_MEMBER),
        held.filter(role=Role.COORDINATOR),
    ):
        users = list(can_sign_in(User.objects.filter(pk__in=circle.values("user"))))
        if users:
            return users
    return []


def check(*, partnership: Partnership, user: User, starts_at: datetime, ends_at: datetime) -> None:
    """Raise ValidationError, with a sentence for the form, for who can't act on an alarm then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT duty_unfit_because(%s, %s, %s, %s)",
            [partnership.pk, user.pk, starts_at, ends_at],
        )
        reason = cursor.fetchone()[0]
    if reason == "account":
        raise ValidationError(
            _(
                "{name} kan nog niet inloggen. De uitnodiging is niet aangenomen, of het account "
                "is gestopt."
            ).format(name=user.name)
        )
    if reason:
        raise ValidationError(
            _("{name} zit niet de hele dienst in het team voor triage.").format(name=user.name)
        )
    if not _can_be_reached(user):
        raise ValidationError(
            _(
                "De laatste mail aan {name} kwam terug, en er is geen mobiel nummer. Zet eerst het "
                "adres goed."
            ).format(name=user.name)
        )


def at_the_same_time(
    *, partnership: Partnership, starts_at: datetime, ends_at: datetime
) -> list[User]:
    """Return who has duty in any part of this time, by name."""
    duties = Duty.objects.filter(
        partnership=partnership, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    return list(User.objects.filter(pk__in=duties.values("user")).order_by("name"))


def _can_be_reached(user: User) -> bool:
    if user.phone and can_receive_text(user.phone):
        return True
    latest = (
        Message.objects.filter(
            address=user.email, status__in=[Status.SENT, Status.BOUNCED, Status.FAILED]
        )
        .order_by("-created_at")
        .first()
    )
    return latest is None or latest.status == Status.SENT


def end_unfit(*, user: User, partnership: Partnership, now: datetime) -> None:
    """End a user's duties from `now` on that no role carries any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT duty_end_unfit(%s, %s, %s)", [partnership.pk, user.pk, now])


def gaps(
    *, partnership: Partnership, now: datetime, ahead: timedelta = GAPS_AHEAD
) -> Sequence[tuple[datetime, datetime]]:
    """Return the periods in the coming two weeks in which nobody is on duty."""
    end = now + ahead
    found, covered = [], now
    planned = Duty.objects.filter(
        partnership=partnership,
        starts_at__lt=end,
        ends_at__gt=now,
        user__in=can_sign_in(User.objects.all()),
    ).order_by("starts_at")
    for starts_at, ends_at in planned.values_list("starts_at", "ends_at"):
        if starts_at > covered:
            found.append((covered, starts_at))
        covered = max(covered, ends_at)
    if covered < end:
        found.append((covered, end))
    return found
