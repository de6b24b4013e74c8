"""The product's Celery application, with the bench's kind of reminder made known."""

import django

from welzijn.celery import SWEEP_EVERY, app

django.setup()

from welzijn.devtools.bench.outbox import due  # noqa: E402 - its models need Django

due.ready()
# With a broker that is flushed all the time the beat is what keeps things going.
app.conf.beat_schedule["messages"]["schedule"] = SWEEP_EVERY / 15

__all__ = ["app"]
