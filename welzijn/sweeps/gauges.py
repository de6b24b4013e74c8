"""Figures of the sweeps for operators."""

from collections.abc import Mapping

from celery import current_app
from django.db.models import Count
from django.utils import timezone

from welzijn.monitoring.gauges import Gauge, register
from welzijn.sweeps import runs
from welzijn.sweeps.models import SetAside, SweepRun


def set_aside() -> Mapping[tuple[str, ...], float]:
    """Return how many rows each sweep could not work off."""
    rows = SetAside.objects.order_by().values_list("sweep").annotate(n=Count("id"))
    return {(sweep,): n for sweep, n in rows}


def lag_seconds() -> Mapping[tuple[str, ...], float]:
    """Return how long each scheduled task is late: since its last success, less its interval.

    A task that never succeeded since it was recorded first is left out, not shown as on time.
    """
    now, every = timezone.now(), runs.intervals(current_app)
    known = SweepRun.objects.filter(task__in=every).values_list("task", "succeeded_at")
    return {(task,): max(0.0, (now - at - every[task]).total_seconds()) for task, at in known}


def register_gauges() -> None:
    """Register the figures of this subject."""
    help_text = "Rows that a sweep could not work off"
    register(Gauge("voordeur_rows_set_aside", help_text, ("sweep",), set_aside))
    late = "Seconds that a scheduled task is late: since its last success, less its interval"
    register(Gauge("voordeur_sweep_lag_seconds", late, ("task",), lag_seconds))
