"""The Celery application with the benchmark's message kind registered."""

import django

from welzijn.celery import SWEEP_EVERY, app

django.setup()

from welzijn.devtools.bench.reminders import due_rows  # noqa: E402 - its models need Django

due_rows.ready()
# The broker is flushed all the time, so delivery depends on a frequent beat.
app.conf.beat_schedule["messages"]["schedule"] = SWEEP_EVERY / 15

__all__ = ["app"]
