"""Forget what was set aside long ago."""

from celery import shared_task
from django.utils import timezone

from welzijn.sweeps import set_aside


@shared_task
def forget_old_failures() -> None:
    """Delete what has not failed for a month. Idempotent."""
    set_aside.forget_old(now=timezone.now())
