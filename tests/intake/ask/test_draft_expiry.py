"""Drafts are deleted after an hour, counted attempts after a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.ask.models import Draft
from intake.ask.tasks import delete_expired_rows
from intake.resident_access.models import AccessAttempt
from welzijn.celery import app

pytestmark = pytest.mark.django_db


def test_only_expired_drafts_and_attempts_are_deleted() -> None:
    now = timezone.now()
    for number, age in enumerate((timedelta(minutes=59), timedelta(minutes=61))):
        Draft.objects.create(pk=bytes([number]) * 32, payload=b"x", touched_at=now - age)
    for number, age in enumerate((timedelta(hours=23), timedelta(hours=25))):
        AccessAttempt.objects.create(subject=bytes([number]) * 32, at=now - age)
    delete_expired_rows()
    assert bytes(Draft.objects.get().pk) == bytes(32)
    assert bytes(AccessAttempt.objects.get().subject) == bytes(32)


def test_the_beat_schedules_the_deletion() -> None:
    tasks = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert delete_expired_rows.name in tasks
