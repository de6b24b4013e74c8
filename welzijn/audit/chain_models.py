"""The chain over the access log and the door of retention: written by the database only.

`migrations/sql/log_chain.sql` and `evidence.sql` say how; docs/security.md says why.
"""

from django.db import models


class UnsealedEvent(models.Model):
    """A line of the access log that waits for its block; written with the line itself."""

    event_id = models.UUIDField(primary_key=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return "waits for its block"


class LogBlock(models.Model):
    """Lines of the log, sealed together. Holds hashes only: no line can be read from it."""

    number = models.BigIntegerField(primary_key=True)
    previous = models.BinaryField(help_text="the hash of the block before it; empty for the first")
    sealed_at = models.DateTimeField()
    lines = models.IntegerField()
    tags = models.BinaryField(help_text="8 bytes a line, of the hash of its id")
    leaves = models.BinaryField(help_text="32 bytes a line: the hash of what it says")
    erasures = models.IntegerField()
    erasures_hash = models.BinaryField(help_text="of the records of erasing since the last block")
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"block {self.number}"


class LogErasure(models.Model):
    """What retention emptied or deleted in one statement; sealed in the next block."""

    txid = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=8)
    lines = models.IntegerField()
    tags = models.BinaryField(help_text="8 bytes a line, as in its block")
    block = models.ForeignKey(LogBlock, models.PROTECT, null=True, related_name="erasure_records")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["cleared", "deleted"]), name="log_erasure_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.lines}"


class ErasurePermit(models.Model):
    """What the current transaction erases; gone at its commit (`protection/erasure.py`)."""

    id = models.UUIDField(primary_key=True)
    txid = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    subject = models.UUIDField()
    proof = models.UUIDField()
    before = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["txid", "subject"], name="erasure_permit_subject")]

    def __str__(self) -> str:
        return self.kind
