"""Figures of what is due, for operators: counts by kind, nobody's."""

from collections.abc import Mapping

from django.db.models import Count, Q
from django.utils import timezone

from referrals.follow_ups.models import FollowUp
from welzijn.core.working_days import local_date
from welzijn.monitoring.gauges import Gauge, register


def due() -> Mapping[tuple[str, ...], float]:
    """Return how many follow-ups are due today or were before, by kind."""
    return _by_kind(Q(due_on__lte=local_date(timezone.now())))


def overdue() -> Mapping[tuple[str, ...], float]:
    """Return how many of them were due before today, by kind."""
    return _by_kind(Q(due_on__lt=local_date(timezone.now())))


def danger_unopened() -> Mapping[tuple[str, ...], float]:
    """Return how many questions with danger nobody on duty has judged yet."""
    return {(): FollowUp.objects.filter(status="open", kind=FollowUp.Kind.DUTY).count()}


def _by_kind(which: Q) -> Mapping[tuple[str, ...], float]:
    rows = (
        FollowUp.objects.filter(which, status="open")
        .order_by()
        .values_list("kind")
        .annotate(n=Count("id"))
    )
    return {(kind,): n for kind, n in rows}


def register_gauges() -> None:
    """Register the figures of this subject."""
    register(Gauge("voordeur_followups_due", "Follow-ups due by now", ("kind",), due))
    register(Gauge("voordeur_followups_overdue", "Due before today", ("kind",), overdue))
    register(
        Gauge("voordeur_danger_unopened", "Danger that nobody judged yet", (), danger_unopened)
    )
