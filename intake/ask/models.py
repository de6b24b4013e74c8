"""What stands between a stranger and a question: drafts that only their browser can read, and
counted attempts at a code."""

from django.db import models


class Draft(models.Model):
    """What a resident has typed and not sent. Readable only with the key in their browser's cookie.

    The id is a digest of that key; the payload is encrypted with it. Gone after an hour without a
    step, at sending, at "wis alles" and at the quick exit.
    """

    id = models.BinaryField(primary_key=True, max_length=32)
    payload = models.BinaryField()
    touched_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["touched_at"], name="draft_touched")]

    def __str__(self) -> str:
        return "concept"
