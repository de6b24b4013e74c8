"""Counted attempts to open a question with reference and code."""

from django.db import models

from welzijn.core.ids import uuid7


class AccessAttempt(models.Model):
    """An attempt to open a question with reference and code; kept one day, for the limits only.

    `subject` is a keyed digest of the reference or of the sender's address, never the value.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    succeeded = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="attempt_subject_at")]

    def __str__(self) -> str:
        return "poging"
