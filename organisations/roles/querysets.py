"""Which memberships count, and on which day."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from organisations.roles.models import Membership  # noqa: F401 - named in quotes below


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by the day on which they hold."""

    def active(self, on: date | None = None) -> "MembershipQuerySet":
        """Those that hold on a day (Europe/Amsterdam; today when left out) for an active user."""
        day = on or timezone.localdate()
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=day),
            since__lte=day,
            user__is_active=True,
        )
