"""Mend, end and reopen a colleague's account; what one administrator may do alone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisations.partnerships.models import Partnership
from organisations.roles import commands as role_commands
from organisations.roles.models import Duty, Membership
from welzijn.accounts.models import User
from welzijn.accounts.session_views import end_all_sessions
from welzijn.accounts.user_notices import notify_at_once
from welzijn.core.working_days import local_date

CHANGED = "colleagues.account_changed"
_SHOWN = ("organisation", "team", "neighbourhood", "municipality", "granted_by")


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role with who gave it when and, if it ended, who ended it."""

    membership: Any  # its state; the row itself may be gone
    given_by: str
    given_at: datetime
    until: date | None
    ended_by: str


def history(*, user: User, partnership: Partnership) -> list[GivenRole]:
    """Return all roles a colleague has or had here, the latest first.

    A role that ended on its first day has no row any more; the history of changes has.
    """
    events = apps.get_model("organisations", "MembershipEvent").objects.filter(
        user_id=user.pk, partnership_id=partnership.pk
    )
    ended_by, whole_day = {}, []
    for event in (
        events.filter(pgh_label__in=["update", "delete"], until__isnull=True)
        .select_related("pgh_context", *_SHOWN)
        .order_by("pgh_created_at", "pgh_id")
    ):
        context = event.pgh_context
        ended_by[event.pgh_obj_id] = (context.metadata.get("user") or "") if context else ""
        if event.pgh_label == "delete":
            whole_day.append(event)
    names = dict(User.objects.filter(pk__in=[i for i in ended_by.values() if i]).in_bulk())
    by = {row: names.get(UUID(pk)) if pk else None for row, pk in ended_by.items()}
    held = Membership.objects.filter(user=user, partnership=partnership).select_related(*_SHOWN)
    rows = [_given(one, one.until, by.get(one.pk) if one.until else None) for one in held]
    rows += [
        _given(one, local_date(one.pgh_created_at), by.get(one.pgh_obj_id)) for one in whole_day
    ]
    return sorted(rows, key=lambda one: one.given_at, reverse=True)


def _given(row: Any, until: date | None, ended_by: User | None) -> GivenRole:
    """Return one line; `row` is a membership, or its last state in the history."""
    return GivenRole(
        membership=row,
        given_by=row.granted_by.name if row.granted_by else "",
        given_at=row.granted_at,
        until=until,
        ended_by=ended_by.name if ended_by else "",
    )


def change(
    *, user: User, name: str, function: str, partnership: Partnership, by: User, now: datetime
) -> None:
    """Change a colleague's name and function, and tell them. The history records who did."""
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        if (held.name, held.function) == (name, function):
            return
        held.name, held.function = name, function
        held.save(update_fields=["name", "function"])
        if held != by:
            _notify_changed(held, partnership, now)


def unlink(*, user: User, partnership: Partnership, by: User, now: datetime) -> None:
    """Forget who a colleague is at the identity provider; the next sign-in connects anew.

    Raises ValidationError for one's own account.
    """
    if user == by:
        raise ValidationError(_("Vraag dit voor uw eigen account aan een andere beheerder."))
    with transaction.atomic():
        SocialAccount.objects.filter(user=user).delete()
        end_all_sessions(user=user, now=now)
        _notify_changed(user, partnership, now)


def end(*, user: User, partnership: Partnership, by: User, now: datetime) -> bool:
    """End a colleague's roles here and their sessions at once; return whether the account ended.

    Somebody who also works in another partnership keeps the account for it: over that wall an
    administrator here decides nothing. Raises ValidationError for one's own account.
    """
    if user == by:
        raise ValidationError(_("Uw eigen account kan alleen een andere beheerder stoppen."))
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        for membership in Membership.objects.filter(
            user=held, partnership=partnership, until__isnull=True
        ):
            role_commands.end(membership=membership, by=by, now=now)
        Duty.objects.filter(user=held, partnership=partnership, ends_at__gt=now).delete()
        elsewhere = Membership.objects.active().filter(user=held).exclude(partnership=partnership)
        ended = not elsewhere.exists()
        if ended:
            held.is_active = False
            held.save(update_fields=["is_active"])
        end_all_sessions(user=held, now=now)
    return ended


def reopen(*, user: User, by: User) -> None:
    """Let a colleague sign in again, without any role: those are given anew.

    Raises ValidationError for one's own account.
    """
    if user == by:
        raise ValidationError(_("Vraag dit voor uw eigen account aan een andere beheerder."))
    User.objects.filter(pk=user.pk, is_active=False).update(is_active=True)


def _notify_changed(user: User, partnership: Partnership, now: datetime) -> None:
    notify_at_once(
        user,
        kind=CHANGED,
        subject_id=user.pk,
        template="account_changed",
        partnership_id=partnership.pk,
        path="/accounts/mijn/",
        now=now,
    )
