"""When each scheduled task last succeeded, for the figure of its lag."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from celery import Task
from celery.schedules import schedule
from django.apps import apps
from django.db import DatabaseError
from django.utils import timezone

_logger = logging.getLogger(__name__)
# How often a task comes whose schedule is a time of the day.
A_DAY = timedelta(days=1)


class RecordedTask(Task):
    """A task that records its success, if beat starts it."""

    abstract = True

    def on_success(self, *_args: Any) -> None:
        """Record the success; a database that is away makes no task fail."""
        if self.name in intervals(self.app):
            try:
                record(self.name, timezone.now())
            except DatabaseError as error:
                _logger.warning("run of %s not recorded: %s", self.name, type(error).__name__)


def intervals(app: Any) -> dict[str, timedelta]:
    """Return how often beat starts each task."""
    return {
        entry["task"]: _interval(entry["schedule"]) for entry in app.conf.beat_schedule.values()
    }


def _interval(when: object) -> timedelta:
    if isinstance(when, int | float):
        return timedelta(seconds=when)
    return getattr(when, "run_every", A_DAY) if type(when) is schedule else A_DAY


def record(task: str, now: datetime) -> None:
    """Note that a task succeeded at `now`."""
    # The model is looked up when it is needed: Celery loads this module before Django's models.
    apps.get_model("sweeps", "SweepRun").objects.update_or_create(
        task=task, defaults={"succeeded_at": now}
    )
