"""The memberships of a user on a day, read once a request.

Who may see what is asked many times on one page: in permissions, in each list and count, and for
the log of looks. Within a request all of these stand on one reading. Outside one (a task, a
command) every question is asked anew. A role that was ended therefore opens nothing from the next
request on, and nothing at once for whoever ended it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from uuid import UUID

from django.utils import timezone

from organisations.roles.models import Membership
from welzijn.accounts.models import User

_kept: ContextVar[dict[tuple[UUID, date], tuple[Membership, ...]] | None] = ContextVar(
    "memberships", default=None
)


@contextmanager
def read_once() -> Iterator[None]:
    """Within this a user's memberships are read once; the middleware opens it for each request."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def forget() -> None:
    """What was read holds no longer: a role was given or ended."""
    kept = _kept.get()
    if kept is not None:
        kept.clear()


def memberships_of(user: User, on: date | None = None) -> Sequence[Membership]:
    """The memberships of `user` that hold on a day (Europe/Amsterdam; today when left out).

    At all partnerships, each with its organisation, team, neighbourhood and municipality. None for
    an account that is switched off.
    """
    if not user.is_active:
        return ()
    key = (user.pk, on or timezone.localdate())
    kept = _kept.get()
    if kept is None:
        return _read(*key)
    if key not in kept:
        kept[key] = _read(*key)
    return kept[key]


def _read(user_id: UUID, on: date) -> tuple[Membership, ...]:
    return tuple(
        Membership.objects.active(on)
        .filter(user=user_id)
        .select_related("organisation", "team", "neighbourhood", "municipality")
    )
