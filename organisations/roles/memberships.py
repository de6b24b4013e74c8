"""The memberships of a user on a day, cached per request.

One page checks permissions many times: for itself, for each list and count, for the access log.
Within a request these share one query; outside one (a task, a command) each call queries. A role
that ends therefore gives no access from the next request on, and at once in the request that ends
it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from uuid import UUID

from django.utils import timezone

from organisations.roles.models import Membership
from welzijn.accounts.models import User

_cache: ContextVar[dict[tuple[UUID, date], tuple[Membership, ...]] | None] = ContextVar(
    "memberships", default=None
)


@contextmanager
def cached_memberships() -> Iterator[None]:
    """Cache memberships within this context. The middleware opens one for each request."""
    token = _cache.set({})
    try:
        yield
    finally:
        _cache.reset(token)


def clear_cache() -> None:
    """Clear the per-request cache, after a role was granted or ended."""
    cached = _cache.get()
    if cached is not None:
        cached.clear()


def memberships_of(user: User, on: date | None = None) -> Sequence[Membership]:
    """Return a user's active memberships on a day (Europe/Amsterdam; default today).

    Those of all partnerships, with their organisation, team, neighbourhood and municipality.
    Empty for an inactive account.
    """
    if not user.is_active:
        return ()
    key = (user.pk, on or timezone.localdate())
    cached = _cache.get()
    if cached is None:
        return _read(*key)
    if key not in cached:
        cached[key] = _read(*key)
    return cached[key]


def _read(user_id: UUID, on: date) -> tuple[Membership, ...]:
    return tuple(
        Membership.objects.active(on)
        .filter(user=user_id)
        .with_absent(on)
        .select_related("organisation", "team", "neighbourhood", "municipality")
        # The role that a look is logged under may not depend on the order of rows on disk.
        .order_by("granted_at", "id")
    )
