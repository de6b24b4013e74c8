"""Figures of the sweeps for operators."""

from collections.abc import Mapping

from django.db.models import Count

from welzijn.monitoring.gauges import Gauge, register
from welzijn.sweeps.models import SetAside


def set_aside() -> Mapping[tuple[str, ...], float]:
    """Return how many rows each sweep could not work off."""
    rows = SetAside.objects.order_by().values_list("sweep").annotate(n=Count("id"))
    return {(sweep,): n for sweep, n in rows}


def register_gauges() -> None:
    """Register the figures of this subject."""
    help_text = "Rows that a sweep could not work off"
    register(Gauge("voordeur_rows_set_aside", help_text, ("sweep",), set_aside))
