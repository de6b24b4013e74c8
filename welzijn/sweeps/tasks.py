"""Forget what was set aside long ago."""

from celery import shared_task
from django.utils import timezone

from welzijn.sweeps import rows, set_aside


@shared_task
def forget_old_failures() -> None:
    """Delete what has not failed for a month. Idempotent."""
    now = timezone.now()
    old = set_aside.old(now)
    rows.work_off(
        "set aside",
        list(old.values_list("pk", flat=True)),
        lambda keys: old.filter(pk__in=keys).delete()[0],
        now=now,
        batch=1_000,
    )
