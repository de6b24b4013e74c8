"""Start and end a rehearsal, and say who may enter while it lasts.

The database holds the rest: a rehearsing partnership is closed, its messages to residents are never
sent (`notifications/migrations/sql/rehearsal.sql`), and it ends without a question.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organisations.partnerships.models import Partnership
from organisations.roles.permissions import roles_at

Wipe = Callable[[Partnership, datetime], int]
"""Removes everything that was practised; returns how many questions there were."""
Count = Callable[[Partnership], int]


def _nothing(_partnership: Partnership, _now: datetime) -> int:
    return 0


def _none(_partnership: Partnership) -> int:
    return 0


_wipe: Wipe = _nothing
_count: Count = _none


def use(wipe: Wipe, count: Count) -> None:
    """Set what wipes and what counts (called by referrals at start-up)."""
    global _wipe, _count
    _wipe, _count = wipe, count


def questions(partnership: Partnership) -> int:
    """Return how many questions a rehearsal has."""
    return _count(partnership)


def start(*, partnership: Partnership, now: datetime) -> None:
    """Begin a rehearsal. Raises ValidationError where the door is open or questions are there."""
    with transaction.atomic():
        here = Partnership.objects.select_for_update().get(pk=partnership.pk)
        if here.rehearsing_since is not None:
            return
        if here.live:
            raise ValidationError(_("De voordeur is open. Oefenen kan alleen ervoor."))
        if here.triage_team_id is None:
            raise ValidationError(_("Er is nog geen triageteam. Kies dat eerst."))
        here.rehearsing_since = now
        try:
            with transaction.atomic():
                here.save(update_fields=["rehearsing_since"])
        except IntegrityError:
            raise ValidationError(
                _("Er zijn al vragen van inwoners. Oefenen kan alleen voordat die er zijn.")
            ) from None


def wipe(*, partnership: Partnership, now: datetime) -> int:
    """Remove everything that was practised and keep rehearsing; return how many questions went."""
    with transaction.atomic():
        here = Partnership.objects.select_for_update().get(pk=partnership.pk)
        return _wipe(here, now) if here.rehearsing_since is not None else 0


def end(*, partnership: Partnership, now: datetime) -> int:
    """Remove everything that was practised and end the rehearsal, in one transaction.

    Return how many questions went. Does nothing where no rehearsal is going on.
    """
    with transaction.atomic():
        here = Partnership.objects.select_for_update().get(pk=partnership.pk)
        if here.rehearsing_since is None:
            return 0
        gone = _wipe(here, now)
        here.rehearsing_since = None
        here.save(update_fields=["rehearsing_since"])
        partnership.rehearsing_since = None
        return gone


def may_enter(user: Any, partnership: Partnership) -> bool:
    """Whether somebody may open the residents' pages: everybody of an open front door, and the
    people of a partnership that rehearses."""
    if partnership.live:
        return True
    return partnership.rehearsing_since is not None and bool(roles_at(user, partnership))
