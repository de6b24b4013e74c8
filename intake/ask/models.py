"""Drafts of questions, which only the browser that holds their key can read."""

from django.db import models


class Draft(models.Model):
    """What a resident has typed and not sent; readable only with the key in their cookie.

    The id is a digest of that key; the payload is encrypted with it. Deleted by "wis alles", by the
    quick exit, and an hour after the last step.
    """

    id = models.BinaryField(primary_key=True, max_length=32)
    payload = models.BinaryField()
    touched_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["touched_at"], name="draft_touched")]

    def __str__(self) -> str:
        return "concept"
