"""Gauges that subjects register, read from the database when Prometheus asks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db import DatabaseError
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure: its name, what it says, its labels, and how it is read.

    `read` returns a value for each combination of labels; a label holds a kind or a slug, never an
    id or a text of a person.
    """

    name: str
    help: str
    labels: tuple[str, ...]
    read: Callable[[], Mapping[tuple[str, ...], float]]


_gauges: dict[str, Gauge] = {}


def register(gauge: Gauge) -> None:
    """Add a figure; call it from `AppConfig.ready`. The same name again replaces it."""
    _gauges[gauge.name] = gauge


def names() -> list[str]:
    """Return the names of all registered figures."""
    return sorted(_gauges)


class DatabaseCollector(Collector):
    """Read every registered figure; one that can't be read is left out and logged by its class."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the figures."""
        for gauge in _gauges.values():
            family = GaugeMetricFamily(gauge.name, gauge.help, labels=gauge.labels)
            try:
                values = gauge.read()
            except DatabaseError as error:
                _logger.warning("figure %s not read: %s", gauge.name, type(error).__name__)
                continue
            for labels, value in values.items():
                family.add_metric(labels, value)
            yield family
