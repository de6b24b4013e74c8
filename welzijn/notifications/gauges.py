"""Figures of the outbox for operators."""

from collections.abc import Mapping

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from welzijn.monitoring.gauges import Gauge, register
from welzijn.notifications.models import Message, Status


def waiting() -> Mapping[tuple[str, ...], float]:
    """Return how many messages wait, by channel: those whose moment has come."""
    rows = _due().order_by().values_list("channel").annotate(n=Count("id"))
    return {(channel,): n for channel, n in rows}


def oldest_seconds() -> Mapping[tuple[str, ...], float]:
    """Return how long the oldest of them waits, in seconds; 0 where none does."""
    oldest = _due().aggregate(at=Min("not_before"))["at"]
    return {(): (timezone.now() - oldest).total_seconds() if oldest else 0.0}


def _due() -> QuerySet[Message]:
    return Message.objects.filter(status=Status.WAITING, not_before__lte=timezone.now())


def register_gauges() -> None:
    """Register the figures of this subject."""
    register(Gauge("voordeur_outbox_waiting", "Messages to send", ("channel",), waiting))
    register(
        Gauge("voordeur_outbox_oldest_seconds", "Wait of the oldest of them", (), oldest_seconds)
    )
