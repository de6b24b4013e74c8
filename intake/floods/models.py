"""Counted arrivals at the public form."""

from django.db import models


class Arrival(models.Model):
    """How often something came in one minute, under a keyed digest; kept for a day.

    What is counted (questions, drafts, texts, alarms) of whom (a network, everybody) is in the
    digest only: the table names no address and no text.
    """

    id = models.BinaryField(primary_key=True, max_length=32)
    minute = models.DateTimeField()
    number = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["minute"], name="arrival_minute")]

    def __str__(self) -> str:
        return "aankomst"
